import Foundation
import Checks
import Inspection
import Mail

/// A message with LF and the same with CRLF line ends give the same tree and the same findings.
struct Twins: Suite {
    let name = "twins"
    let isOverAll = true

    func takes(_ folder: String) -> Bool {
        ["phish-pot", "spam-", "mime-", "sa-corpus", "dsn-", "attack-"].contains { folder.hasPrefix($0) }
    }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        defer { Corpus.cleanUp() }
        var result = SuiteResult()
        for file in try folders.flatMap({ try Corpus.messages($0) }) {
            guard let data = FileManager.default.contents(atPath: file) else { continue }
            var unix = [UInt8](data)
            // Without a bare CR the two are the same text.
            unix = unix.enumerated().filter { index, byte in
                byte != .carriageReturn || index + 1 >= unix.count || unix[index + 1] != .lineFeed
            }.map(\.element)
            guard !unix.contains(.carriageReturn) else { continue }
            let dos = unix.flatMap { $0 == .lineFeed ? [.carriageReturn, .lineFeed] : [$0] }
            result.total += 1
            let (first, second) = (Self.summary(unix), Self.summary(dos))
            if first == second {
                result.passed += 1
            } else {
                let differing = zip(first, second).first { $0 != $1 }
                result.disagreements.append("\(file): \(differing?.0 ?? "") with LF, \(differing?.1 ?? "") with CRLF")
            }
        }
        return result
    }

    /// The parts and the findings, without what counts bytes.
    private static func summary(_ bytes: [UInt8]) -> [String] {
        let message = Message(Source(bytes))
        let report = Report(Inspection(of: message, at: Example.time))
        let parts = message.parts.map { part in
            "\(part.contentType.mediaType) \(part.depth) \(part.fields.count) \(part.children.count)"
        }
        let ends: Set = ["bare-line-feed", "bare-carriage-return", "overlong-line", "beyond-scanners"]
        return parts + report.entries.map(\.about.id).filter { !ends.contains($0) }
    }
}
