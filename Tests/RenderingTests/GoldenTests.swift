import DNS
import Foundation
import Checks
import Inspection
import Mail
import Phrases
import Rendering
import Testing

/// Every fixture gives the same report in every format, byte for byte.
struct GoldenTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../fixtures/messages").standardized

    static let cases = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { !$0.hasPrefix(".") }.sorted()

    static func report(_ name: String) async throws -> Report {
        let folder = folder.appending(path: name)
        let bytes = try [UInt8](Data(contentsOf: folder.appending(path: "message.eml")))
        let zone = try Zone(String(decoding: Data(contentsOf: folder.appending(path: "zone")), as: UTF8.self))
        let time = try #require(zone.time)
        // Lists are asked where the recording has them.
        let recorded = zone.description
        let lists = Blocklist.standard.filter { recorded.contains($0.zone.description) }
        let message = Message(Source(bytes))
        return Report(await Inspection(of: message, asking: RecordedResolver(zone), at: time, blocklists: lists))
    }

    @Test func thereAreFixtures() { #expect(Self.cases.count >= 12) }

    /// `UPDATE_GOLDENS=1` writes what is found, and fails, so that nobody forgets it.
    @Test(arguments: cases, Format.allCases)
    func isAsRecorded(_ name: String, _ format: Format) async throws {
        var appearance = Appearance()
        appearance.inputName = "message.eml"
        let written = try await Self.report(name).written(as: format, appearance)
        let ending = format == .plain ? "txt" : format.rawValue
        let golden = Self.folder.appending(path: "\(name)/report.\(ending)")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
            try Data(written.utf8).write(to: golden)
            Issue.record("recorded \(name)/report.\(ending)")
            return
        }
        let recorded = try String(decoding: Data(contentsOf: golden), as: UTF8.self)
        if written != recorded {
            let lines = zip(written.split(separator: "\n"), recorded.split(separator: "\n"))
            let first = lines.first { $0 != $1 }
            Issue.record(
                "\(name)/report.\(ending) differs: \(first.map { "now \"\($0)\", recorded \"\($1)\"" } ?? "in length")")
        }
    }

    /// Each fixture's recording answers everything that its report asks.
    @Test(arguments: cases)
    func recordingIsComplete(_ name: String) async throws {
        for (question, result) in try await Self.report(name).inspection.transcript {
            #expect(result != .failure(.notRecorded), "\(question)")
        }
    }

    /// LF and CRLF twins give the same findings: how a file is stored is no finding.
    @Test(arguments: cases)
    func lineEndsMakeNoDifference(_ name: String) async throws {
        let report = try await Self.report(name)
        let bytes = report.inspection.message.source.given
        let lf = bytes.filter { $0 != .carriageReturn }
        let crlf = lf.flatMap { $0 == .lineFeed ? [.carriageReturn, .lineFeed] : [$0] }
        let zone = report.inspection.recording
        func findings(_ bytes: [UInt8]) async -> [String] {
            let inspection = await Inspection(
                of: Message(Source(bytes)), asking: RecordedResolver(zone), at: report.inspection.now)
            return Report(inspection).entries.filter { $0.about.id != "bare-line-feed" }.map {
                "\($0.about.id): \($0.finding.message)"
            }
        }
        #expect(await findings(lf) == findings(crlf))
    }
}
