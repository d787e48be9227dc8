import Authentication
import DNS
import Foundation
import Mail
import Phrases
import Testing

/// The verifiers at a real name server: signed and falsified zones, aliases in rows and in circles, answers over TCP, silence.
@Suite(.enabled(if: folder != nil, "skipped: no name server; scripts/test starts one"))
struct RealZoneTests {
    private static func resolver() throws -> UnboundResolver {
        let server = try #require(
            ProcessInfo.processInfo.environment["BACKSTAMP_TEST_RESOLVER"].flatMap { NameServer($0) })
        let anchors = try #require(folder) + "/anchors"
        return try #require(
            UnboundResolver(
                asking: [server], isExplicit: true, budget: 60, trusting: .init(zone: "secure.test", file: anchors)))
    }

    @Test(arguments: [
        ("secure.test", "192.0.2.80", "pass"), ("secure.test", "192.0.2.81", "fail"),
        ("big.secure.test", "203.0.113.9", "pass"), ("plain.secure.test", "192.0.2.82", "pass"),
        ("looping.secure.test", "192.0.2.80", "temperror: the resolver reported a failure (SERVFAIL)"),
        ("bogus.test", "192.0.2.83", "temperror: the answer's DNSSEC signatures are wrong"),
        ("bogus.test", "192.0.2.84", "temperror: the answer's DNSSEC signatures are wrong"),
        ("gone.secure.test", "192.0.2.80", "none"), ("mail.secure.test", "192.0.2.80", "none"),
    ])
    func policies(_ domain: String, _ client: String, _ expected: String) async throws {
        let request = SPF.Request(
            client: try #require(IPAddress(client)), mailFrom: "a@\(domain)", hello: "mail.secure.test")
        let found = await SPF.evaluate(request, asking: try Self.resolver())
        #expect(found.result.rawValue + (found.trouble.map { ": \($0.reason)" } ?? "") == expected)
    }

    @Test(arguments: [
        ("secure.test", "fail"), ("deep.below.secure.test", "fail"), ("plain.secure.test", "fail"),
        ("bogus.test", "temperror: the answer's DNSSEC signatures are wrong"), ("example.test", "none"),
    ])
    func authors(_ domain: String, _ expected: String) async throws {
        let found = await DMARC.evaluate(author: Domain(domain), [], asking: try Self.resolver())
        #expect(found.result.rawValue + (found.trouble.map { ": \($0.reason)" } ?? "") == expected)
    }

    /// Whoever does not answer makes nothing fail.
    @Test func silenceIsNoFail() async throws {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, size) == 0 && getsockname(descriptor, generic, &size) == 0
            }
        }
        try #require(isBound)
        let server = try #require(NameServer("127.0.0.1:\(UInt16(bigEndian: address.sin_port))"))
        let resolver = try #require(UnboundResolver(asking: [server], isExplicit: true, budget: 1))
        let client = try #require(IPAddress("192.0.2.80"))
        let policy = await SPF.evaluate(
            SPF.Request(client: client, mailFrom: "a@secure.test", hello: "x"), asking: resolver)
        #expect(policy.result == .temperror && policy.trouble == .timedOut)
        let text =
            "DKIM-Signature: v=1; a=rsa-sha256; d=secure.test; s=s; h=from; bh=AAAA; b=BBBB\r\nFrom: <a@secure.test>\r\n\r\n"
        let moment = DateTime(seconds: 1_795_165_200)
        let signature = await DKIM.verify(Message(Source(exactly: Array(text.utf8))), asking: resolver, at: moment)
            .first
        #expect(signature?.result == .temperror && signature?.trouble == .timedOut)
        let author = await DMARC.evaluate(author: Domain("secure.test"), [], asking: resolver)
        #expect(author.result == .temperror && author.trouble == .timedOut)
    }
}

private let folder = ProcessInfo.processInfo.environment["BACKSTAMP_TEST_DNS"]
