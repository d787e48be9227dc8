import DNS
import Foundation
import Checks
import Inspection
import Mail
import Phrases
import Rendering
import Testing

/// What must be survived: hostile files, and every message of the project cut off anywhere.
struct SurvivalTests {
    private static let folder = GoldenTests.folder.deletingLastPathComponent().appending(path: "malformed")

    static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { !$0.hasPrefix(".") }.sorted()

    private func survives(_ bytes: [UInt8]) async {
        let message = Message(Source(bytes))
        let report = Report(Inspection(of: message, at: Example.time))
        for entry in report.entries {
            for case .bytes(let range, _) in entry.finding.evidence {
                let given = message.source.inputRange(of: range)
                #expect(given.lowerBound >= 0 && given.upperBound <= bytes.count, "\(entry.about.id)")
            }
        }
        var verbose = Appearance()
        verbose.isVerbose = true
        // A message without any name in it has no indicators.
        for format in Format.allCases {
            #expect(!report.written(as: format, verbose).isEmpty || format == .ioc || format == .github)
        }
    }

    @Test(arguments: files)
    func hostileFiles(_ name: String) async throws {
        await survives([UInt8](try Data(contentsOf: Self.folder.appending(path: name))))
    }

    @Test func thereAreHostileFiles() { #expect(Self.files.count >= 15) }

    /// Every 97th prefix, so that the cuts fall on all kinds of places and the test stays quick.
    @Test(arguments: GoldenTests.cases)
    func truncations(_ name: String) async throws {
        let bytes = [UInt8](try Data(contentsOf: GoldenTests.folder.appending(path: "\(name)/message.eml")))
        for end in stride(from: 1, to: bytes.count, by: 97) { await survives(Array(bytes[..<end])) }
    }

    /// Any split of fields and repairs is the input again.
    @Test(arguments: files + GoldenTests.cases.map { "../messages/\($0)/message.eml" })
    func nothingIsLost(_ name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: name).standardized))
        let source = Source(bytes)
        let message = Message(source)
        var read: [UInt8] = []
        var position = 0
        for field in message.fields {
            read += source.bytes[position..<field.range.upperBound]
            position = field.range.upperBound
        }
        read += source.bytes[position..<message.header.upperBound] + source.bytes[message.body]
        #expect(read == source.bytes)
        var given: [UInt8] = []
        position = 0
        for repair in source.repairs {
            given += read[position..<repair.read.lowerBound] + bytes[repair.given]
            position = repair.read.upperBound
        }
        #expect(given + read[position...] == bytes)
    }
}
