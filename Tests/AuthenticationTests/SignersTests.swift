import Authentication
import DNS
import Foundation
import Mail
import Phrases
import Testing

/// OpenDKIM and dkimpy sign and seal, their keys at a real name server, and we verify; and the reverse: what they make of the fixtures.
@Suite(.enabled(if: signersFolder != nil, "skipped: nothing is signed; scripts/test runs scripts/signers"))
struct SignersTests {
    private static func messages(_ name: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = try #require(signersFolder) + "/" + name
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { file in
            (file, [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))))
        }
    }

    private static func resolver() throws -> RememberingResolver {
        let server = try #require(
            ProcessInfo.processInfo.environment["BACKSTAMP_TEST_RESOLVER"].flatMap { NameServer($0) })
        return RememberingResolver(try #require(UnboundResolver(asking: [server], isExplicit: true, budget: 60)))
    }

    private static let now = DateTime(seconds: Int(Date().timeIntervalSince1970) + 60)

    @Test func whatTheySignVerifies() async throws {
        let resolver = try Self.resolver()
        let messages = try Self.messages("signed")
        for signer in [
            "opendkim-rsa-simple-simple", "opendkim-rsa-relaxed-relaxed", "dkimpy-rsa-simple-relaxed",
            "dkimpy-ed25519-relaxed-simple",
        ] {
            #expect(messages.count { $0.name.hasPrefix(signer) } >= 14)
        }
        for (name, bytes) in messages {
            let first = try #require(
                await DKIM.verify(Message(Source(exactly: bytes)), asking: resolver, at: Self.now).first)
            #expect(first.result == .pass, "\(name): \(first.reason)")
            // A byte more at the end, or a field changed, is noticed, and where.
            let longer = await DKIM.verify(
                Message(Source(exactly: bytes + Array("x\r\n".utf8))), asking: resolver, at: Self.now)
            #expect(longer.first?.result == .fail && longer.first?.header.rawValue == "intact", "\(name)")
        }
    }

    @Test func whatTheySealVerifies() async throws {
        let resolver = try Self.resolver()
        let messages = try Self.messages("sealed")
        #expect(messages.count >= 14)
        for (name, bytes) in messages {
            let chain = await ARC.verify(Message(Source(exactly: bytes)), asking: resolver, at: Self.now)
            #expect(chain.result == .pass && chain.instances.count == 2, "\(name): \(chain.reason)")
            let longer = await ARC.verify(
                Message(Source(exactly: bytes + Array("x\r\n".utf8))), asking: resolver, at: Self.now)
            #expect(longer.result == .fail, "\(name)")
        }
    }

    /// Their verdict on each signature of our fixtures is ours.
    @Test func theySayOfOurCasesWhatWeSay() async throws {
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../fixtures/messages")
            .standardized.path
        let file = try #require(signersFolder) + "/verdicts"
        let verdicts = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: " ").map(String.init)
        }
        #expect(verdicts.count >= 8)
        for verdict in verdicts where verdict.count == 4 {
            let zone = try Zone(String(contentsOfFile: "\(fixtures)/\(verdict[0])/zone", encoding: .utf8))
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(fixtures)/\(verdict[0])/message.eml")))
            let found = await DKIM.verify(
                Message(Source(exactly: bytes)), asking: RecordedResolver(zone), at: try #require(zone.time))
            let own = found.first { $0.signature?.domain.value == Domain(verdict[2]) }
            #expect((own?.result == .pass) == (verdict[3] == "pass"), "\(verdict)")
        }
    }
}

private let signersFolder = ProcessInfo.processInfo.environment["BACKSTAMP_TEST_DNS"]
