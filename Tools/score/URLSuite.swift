import Content
import Foundation
import Mail
import Phrases

/// eml_parser's samples of addresses in text: those that it finds, and no others.
struct URLSuite: Suite {
    let name = "mime-govcert"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("mime-govcert") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            guard let samples = FileManager.default.contents(atPath: folder + "/regexes_url_samples.txt"),
                let matches = FileManager.default.contents(atPath: folder + "/regexes_url_matches.txt")
            else { continue }
            func lines(_ data: Data) -> [String] {
                String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init).filter {
                    !$0.hasPrefix("#")
                }
            }
            var wanted = lines(matches)
            for line in lines(samples) {
                result.total += 1
                let found = TextLinks.all(in: Array(line.utf8)).map(\.target)
                let expected = wanted.contains(line) ? [line] : []
                if let index = wanted.firstIndex(of: line) { wanted.remove(at: index) }
                if found == expected {
                    result.passed += 1
                } else {
                    result.disagreements.append("\(line.printable): \(found.joined(separator: " ").printable)")
                }
                if let address = found.first.flatMap({ WebAddress($0) }), address.host.isEmpty {
                    result.remarks.append("no browser takes \(line.printable)")
                }
            }
        }
        return result
    }
}
