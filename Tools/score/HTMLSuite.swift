import Content
import Foundation
import Mail
import Phrases

/// MimeKit's HTML tokeniser: what its tags lead to, and what its table says that character references stand for.
struct HTMLSuite: Suite {
    let name = "html"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("html-") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders.map({ $0 + "/html" }) {
            for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
                let path = "\(folder)/\(file)"
                if file == "HtmlEntities.json" {
                    try Self.entities(path, &result)
                } else if file.hasSuffix(".tokens") {
                    Self.links(String(path.dropLast(".tokens".count)), &result)
                }
            }
        }
        return result
    }

    private static func entities(_ path: String, _ result: inout SuiteResult) throws {
        guard let data = FileManager.default.contents(atPath: path),
            let table = try JSONSerialization.jsonObject(with: data) as? [String: [String: Any]]
        else { return }
        for (name, entry) in table.sorted(by: { $0.key < $1.key }) {
            let found = HTMLDocument(Array("<a href='\(name)'>".utf8)).references.first?.target
            result.total += 1
            if found == entry["characters"] as? String {
                result.passed += 1
            } else {
                result.disagreements.append("\(name): \((found ?? "nothing").printable)")
            }
        }
    }

    /// Each link of the tokens has to be among ours, in their order, and none more.
    private static func links(_ path: String, _ result: inout SuiteResult) {
        let names = ["html", "xhtml", "utf-8.html"].map { "\(path).\($0)" }
        guard let tokens = FileManager.default.contents(atPath: path + ".tokens"),
            let data = names.lazy.compactMap({ FileManager.default.contents(atPath: $0) }).first
        else { return }
        var limits = Limits()
        for name in [Limits.Name.htmlElements, .htmlAttributes, .links] { limits[name] = .max }
        let document = HTMLDocument([UInt8](data), limits: limits)
        let disputed = document.disagreements.count { !$0.isSeenByBrowsers }
        let own = document.references.dropLast(disputed).filter { !$0.attribute.isEmpty && $0.attribute != "style" }
        var wanted: [HTMLDocument.Reference] = []
        for line in String(decoding: tokens, as: UTF8.self).split(separator: "\n") where line.hasPrefix("Tag: <") {
            let tag = line.dropFirst(5).replacingOccurrences(of: "&", with: "&amp;")
            wanted += HTMLDocument(Array(tag.utf8), limits: limits).references.filter {
                !$0.attribute.isEmpty && $0.attribute != "style"
            }
        }
        func text(_ one: HTMLDocument.Reference) -> String {
            "\(one.element) \(one.attribute)=\(one.target.split(whereSeparator: \.isWhitespace).joined(separator: " "))"
        }
        let difference = wanted.map(text).difference(from: own.map(text))
        result.total += max(wanted.count, own.count)
        result.passed += max(wanted.count, own.count) - max(difference.insertions.count, difference.removals.count)
        for change in difference {
            let name = path.split(separator: "/").last ?? ""
            switch change {
            case .insert(_, let element, _):
                result.disagreements.append("\(name): not seen: \(element.cut(to: 100).printable)")
            case .remove(_, let element, _):
                result.disagreements.append("\(name): seen by us only: \(element.cut(to: 100).printable)")
            }
        }
    }
}
