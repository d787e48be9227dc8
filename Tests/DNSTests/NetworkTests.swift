import Foundation
import Mail
import Phrases
import Testing

@testable import DNS

/// The network, on loopback: NSD, which scripts/test starts, a port that refuses, and one that is silent.
struct NetworkTests {
    static let server = ProcessInfo.processInfo.environment["BACKSTAMP_TEST_RESOLVER"].flatMap { NameServer($0) }

    /// Where the server keeps the keys that it signs with.
    static let folder = ProcessInfo.processInfo.environment["BACKSTAMP_TEST_DNS"]

    private func ask(_ resolver: UnboundResolver, _ name: String, _ type: RecordType) async -> Result<
        Answer, ResolutionFailure
    > {
        do throws(ResolutionFailure) { return .success(try await resolver.answer(Question(Domain(name), type))) } catch
        {
            return .failure(error)
        }
    }

    @Test(.enabled(if: server != nil, "skipped: no name server; scripts/test starts one"))
    func answersComeFromTheServer() async throws {
        let server = try #require(Self.server)
        #expect(NameServer.whyUnreachable([server]) == nil)
        let resolver = try #require(UnboundResolver(asking: [server], isExplicit: true, budget: 60))
        async let mail = ask(resolver, "example.test", .mx)
        async let text = ask(resolver, "example.test", .txt)
        async let long = ask(resolver, "long.example.test", .txt)
        async let alias = ask(resolver, "alias.example.test", .a)
        async let reverse = ask(resolver, "25.2.0.192.in-addr.arpa", .ptr)
        async let six = ask(resolver, "mail.example.test", .aaaa)
        #expect(try await mail.get().records == [.mailExchange(preference: 10, host: Domain("mail.example.test"))])
        #expect(try await text.get().records == [.text([Array("v=spf1 mx -all".utf8), Array("second string".utf8)])])
        // Too long for a datagram: it comes over TCP.
        #expect(try await long.get().records.first.map { "\($0)".utf8.count } ?? 0 > 1400)
        #expect(try await alias.get().addresses.map(\.description) == ["192.0.2.25"])
        #expect(try await reverse.get().hosts == [Domain("mail.example.test")])
        #expect(try await six.get().addresses.map(\.description) == ["2001:db8::25"])
        #expect(try await ask(resolver, "gone.example.test", .a).get().outcome == .noSuchName)
        #expect(try await ask(resolver, "nomail.example.test", .mx).get().outcome == .noData)
    }

    /// A resolver that answers nothing costs the budget once, however many names are asked.
    @Test func silenceCostsTheBudgetOnce() async throws {
        let silent = try LoopbackSocket()
        let server = try #require(NameServer("127.0.0.1:\(silent.port)"))
        #expect(NameServer.whyUnreachable([server]) == nil)
        let resolver = try #require(UnboundResolver(asking: [server], isExplicit: true, budget: 1))
        let clock = ContinuousClock()
        let start = clock.now
        let results = await withTaskGroup(of: Result<Answer, ResolutionFailure>.self) { group in
            for index in 0..<100 { group.addTask { await ask(resolver, "n\(index).example", .a) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 100)
        #expect(results.allSatisfy { $0 == .failure(.timedOut) })
        // One after the other they would take 100 s; a loaded machine takes longer than the one second of the budget.
        #expect(clock.now - start < .seconds(50))
    }

    @Test func aPortThatRefusesIsNamedAtOnce() throws {
        let port = try LoopbackSocket().port  // Closed again: nobody is there.
        let clock = ContinuousClock()
        let start = clock.now
        let reason = NameServer.whyUnreachable([try #require(NameServer("127.0.0.1:\(port)"))])?.description
        #expect(reason == "the resolver 127.0.0.1:\(port) refuses connections")
        #expect(clock.now - start < .milliseconds(100))
    }

    @Test func configurationsAreRead() {
        let servers = NameServer.configured(
            in:
                "# x\nsearch example.com\nnameserver 192.0.2.1\nnameserver 2001:db8::1\nnameserver fe80::1%eth0\nnameserver 192.0.2.2\n"
        )
        #expect(servers.map(\.description) == ["192.0.2.1", "2001:db8::1", "fe80::1%eth0"])
        #expect(
            NameServer.whyUnreachable(NameServer.configured(in: "")) == "no resolver is configured in /etc/resolv.conf")
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("192.0.2.1:5353", "192.0.2.1:5353"), ("[2001:db8::1]:53", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]:5353", "[2001:db8::1]:5353"), ("dns.example", nil), ("192.0.2.1:0", nil), ("192.0.2.1:x", nil),
        ("192.0.2.1#dns.example", nil),
        ("", nil),
    ])
    func serversAreNamed(_ text: String, _ expected: String?) { #expect(NameServer(text)?.description == expected) }
}
