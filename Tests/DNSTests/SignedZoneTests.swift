import Mail
import Phrases
import Testing

@testable import DNS

/// Signed and falsified zones, and aliases, at the NSD that scripts/test starts.
@Suite(.enabled(if: NetworkTests.folder != nil, "skipped: no name server; scripts/test starts one"))
struct SignedZoneTests {
    private func resolver(trusting zone: String = "secure.test") throws -> UnboundResolver {
        let folder = try #require(NetworkTests.folder)
        let server = try #require(NetworkTests.server)
        return try #require(
            UnboundResolver(
                asking: [server], isExplicit: true, budget: 60, trusting: .init(zone: zone, file: "\(folder)/anchors")))
    }

    private func ask(_ resolver: UnboundResolver, _ name: String, _ type: RecordType = .txt) async -> Result<
        Answer, ResolutionFailure
    > {
        do throws(ResolutionFailure) { return .success(try await resolver.answer(Question(Domain(name), type))) } catch
        {
            return .failure(error)
        }
    }

    /// The five outcomes and the states of DNSSEC stay apart.
    @Test(arguments: [
        ("mail.secure.test", RecordType.a, "192.0.2.80 secure"),
        ("near1.secure.test", .txt, "\"v=spf1 a:mail.secure.test -all\" secure"),
        ("gone.secure.test", .a, "NXDOMAIN secure"), ("mail.secure.test", .mx, "no data secure"),
        ("plain.secure.test", .txt, "\"v=spf1 ip4:192.0.2.82 -all\" insecure"),
        ("gone.plain.secure.test", .a, "NXDOMAIN insecure"), ("mail.example.test", .a, "192.0.2.25 insecure"),
        ("bogus.test", .txt, "the answer's DNSSEC signatures are wrong"),
        ("mail.bogus.test", .a, "the answer's DNSSEC signatures are wrong"),
        // In a circle, and further than the library follows.
        ("around.secure.test", .a, "the resolver reported a failure (SERVFAIL)"),
        ("far1.secure.test", .a, "the resolver reported a failure (SERVFAIL)"),
        ("far17.secure.test", .a, "192.0.2.81 secure"),
    ])
    func statesAreKept(_ name: String, _ type: RecordType, _ expected: String) async throws {
        let found =
            switch await ask(try resolver(), name, type) {
            case .failure(let failure): failure.reason.description
            case .success(let answer):
                switch answer.outcome {
                case .noSuchName: "NXDOMAIN \(answer.security.rawValue)"
                case .noData: "no data \(answer.security.rawValue)"
                case .records(let records):
                    records.map(\.description).joined(separator: " ") + " " + answer.security.rawValue
                }
            }
        #expect(found == expected)
    }

    /// Where the anchor's own zone comes unsigned, so may everything: not signed, or stripped on the way.
    @Test func withoutAnAnswerAboutTheAnchorNothingIsProvenUnsigned() async throws {
        let resolver = try resolver(trusting: "nowhere.test")
        #expect(try await ask(resolver, "mail.example.test", .a).get().security == .unknown)
        #expect(try await ask(resolver, "mail.secure.test", .a).get().security == .secure)
    }

    @Test func longAnswersComeOverTCP() async throws {
        let answer = try await ask(try resolver(), "big.secure.test").get()
        #expect(answer.security == .secure && (answer.texts.first?.count ?? 0) > 4000)
    }
}
