import Foundation
import Testing

/// The project's own rules, where a machine can see them.
struct HouseRulesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    private static let sources: [(path: String, text: String)] = {
        let folder = root.appending(path: "Sources").path
        let paths = ((try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []).filter {
            $0.hasSuffix(".swift")
        }.sorted()
        return paths.compactMap { path in
            (try? String(contentsOfFile: folder + "/" + path, encoding: .utf8)).map { (path, $0) }
        }
    }()

    /// Foundation would make the program four times as large and slower to start; the library `Mail` needs nothing of its kind.
    @Test func fewLibrariesAreImported() {
        #expect(Self.sources.count > 50)
        for (path, text) in Self.sources {
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count else { continue }
                #expect(words[index + 1] != "Foundation", "\(path)")
                if path.hasPrefix("Mail/") {
                    #expect(!["FoundationEssentials", "Dispatch", "Crypto"].contains(words[index + 1]), "\(path)")
                }
            }
        }
    }

    /// No trap and no regular expression; nothing unfinished.
    @Test(arguments: [
        "try!", "as!", "fatalError(", "NSRegularExpression", "Regex", "TODO", "FIXME", "@unchecked Sendable",
    ])
    func wordsThatDoNotOccur(_ word: String) {
        // The one exception says why, above its variables.
        let allowed = word == "@unchecked Sendable" ? ["DNS/UnboundResolver.swift"] : []
        let files = Self.sources.filter { $0.text.contains(word) }.map(\.path)
        #expect(files == allowed)
    }

    @Test func filesStaySmall() {
        for (path, text) in Self.sources {
            #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 350, "\(path)")
        }
    }

    /// References are written one way, so that they can be searched for: RFC 5322 §3.6.2.
    @Test func referencesHaveOneForm() {
        for (path, text) in Self.sources {
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                for part in line.components(separatedBy: "RFC ").dropFirst() where !part.hasPrefix("\\(") {
                    #expect(part.prefix { $0.isNumber }.count >= 3, "\(path):\(number + 1)")
                }
                #expect(!line.contains("RFC5") && !line.contains("RFC-"), "\(path):\(number + 1)")
            }
        }
    }

    /// The list of floors names suites in the form that the scores are printed in.
    @Test func floorsAreReadable() throws {
        let floors = try String(contentsOf: Self.root.appending(path: "Tests/floors.txt"), encoding: .utf8)
        let lines = floors.split(separator: "\n").filter { $0.hasPrefix("suite ") }
        #expect(lines.count >= 2)
        for line in lines { #expect(line.split(separator: " ").count == 3) }
    }
}
