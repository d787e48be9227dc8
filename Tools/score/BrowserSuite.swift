import Content
import Foundation
import Mail
import Phrases

/// The addresses that a browser finds in the HTML of real mail, and those that we find. Chromium parses it with `DOMParser` in an empty
/// page, without a network: nothing is loaded and nothing runs.
struct BrowserSuite: Suite {
    let name = "browser-links"
    let isOverAll = true

    func takes(_ folder: String) -> Bool { folder.hasPrefix("phish-pot") || folder.hasPrefix("sa-corpus") }

    private struct Page {
        let file: String
        let html: [UInt8]
        let links: [String]
    }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        defer { Corpus.cleanUp() }
        var result = SuiteResult()
        guard let browser = Self.browser else {
            result.remarks.append("skipped browser-links: there is no Chromium")
            return result
        }
        var pages: [Page] = []
        for file in try folders.flatMap({ try Corpus.messages($0) }) {
            guard let given = FileManager.default.contents(atPath: file) else { continue }
            let message = Message(Source([UInt8](given)))
            for part in message.parts where part.isLeaf && part.contentType.mediaType == "text/html" {
                let html = part.decodedText().utf8
                pages.append(Page(file: file, html: html, links: Self.ours(html)))
            }
        }
        var classes: [String: Int] = [:]
        var start = 0
        while start < pages.count {
            var end = start
            var size = 0
            while end < pages.count, size < 6_000_000 {
                size += pages[end].html.count
                end += 1
            }
            let batch = Array(pages[start..<end])
            let theirs = try Self.theirs(batch.map(\.html), browser)
            guard theirs.count == batch.count else {
                throw Trouble("Chromium answered for \(theirs.count) of \(batch.count) pages")
            }
            for (page, found) in zip(batch, theirs) {
                result.add(page.links, found, page.file, &classes)
            }
            start = end
        }
        let percent = result.total == 0 ? 0 : Double(result.passed * 10_000 / result.total) / 100
        result.remarks.append("browser-links \(pages.count) pages, \(percent) % of addresses agree")
        for (kind, count) in classes.sorted(by: { $0.value > $1.value }) {
            result.remarks.append("  \(count) × \(kind)")
        }
        return result
    }

    private static let attributes: Set<String> = ["href", "src", "action", "background"]
    private static let elements = [
        "a", "area", "base", "link", "img", "iframe", "form", "body", "table", "td", "th", "tr", "input", "embed",
        "script", "frame",
    ]

    /// `a href http://…`, as often as it is there.
    private static func ours(_ html: [UInt8]) -> [String] {
        let document = HTMLDocument(html)
        // What libxml2 alone sees stands at the end, and is no browser's.
        let disputed = document.disagreements.count { !$0.isSeenByBrowsers }
        return document.references.dropLast(disputed).compactMap { one in
            guard !one.isConditional, attributes.contains(one.attribute), elements.contains(one.element) else {
                return nil
            }
            return "\(one.element) \(one.attribute) \(one.target)"
        }
    }

    private static var browser: String? {
        ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Asks the browser for the same of each document.
    private static func theirs(_ documents: [[UInt8]], _ browser: String) throws -> [[String]] {
        let texts = documents.map { String(decoding: $0, as: UTF8.self) }
        let json = String(decoding: try JSONEncoder().encode(texts), as: UTF8.self).replacing("<", with: "\\u003c")
        let names = elements.map { "'\($0)'" }.joined(separator: ",")
        let script = """
            const all = JSON.parse(document.getElementById('d').textContent), out = [];
            const names = new Set([\(names)]);
            for (const text of all) {
              const page = new DOMParser().parseFromString(text, 'text/html'), found = [];
              for (const one of page.querySelectorAll('[href],[src],[action],[background]')) {
                if (!names.has(one.localName) || one.namespaceURI !== 'http://www.w3.org/1999/xhtml') continue;
                for (const name of ['href', 'src', 'action', 'background'])
                  if (one.hasAttribute(name)) found.push(one.localName + ' ' + name + ' ' + one.getAttribute(name));
              }
              out.push(found);
            }
            document.getElementById('d').remove();
            document.body.textContent = '~' + btoa(unescape(encodeURIComponent(JSON.stringify(out)))) + '~';
            """
        let file = NSTemporaryDirectory() + "backstamp-browser-\(getpid()).html"

        defer { try? FileManager.default.removeItem(atPath: file) }
        let page =
            "<!doctype html><meta charset=utf-8><body><script type='application/json' id=d>\(json)</script><script>\(script)</script>"
        try page.write(toFile: file, atomically: true, encoding: .utf8)
        let profile = file + "-profile"
        defer { try? FileManager.default.removeItem(atPath: profile) }
        let alone = getuid() == 0 ? ["-n"] : ["-r", "-n"]
        let run = Run(
            "/usr/bin/unshare",
            alone + [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--user-data-dir=\(profile)",
                "--dump-dom", "file://" + file,
            ], seconds: 120)
        let text = String(decoding: run.output, as: UTF8.self)
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count == 3, let data = Data(base64Encoded: String(parts[1])) else {
            throw Trouble("Chromium gave no answer (status \(run.status))")
        }
        return try JSONDecoder().decode([[String]].self, from: data)
    }
}

extension SuiteResult {
    /// Counts what both have, and sorts what one of them has alone into classes.
    fileprivate mutating func add(_ ours: [String], _ theirs: [String], _ file: String, _ classes: inout [String: Int])
    {
        var counts: [String: Int] = [:]
        for link in theirs { counts[link, default: 0] += 1 }
        var both = 0
        for link in ours {
            if let count = counts[link], count > 0 {
                counts[link] = count - 1
                both += 1
            } else {
                note(link, "ours alone", file, &classes)
            }
        }
        let known = Set(ours)
        for (link, count) in counts {
            let whose = known.contains(link) ? "the browser's tree has it again" : "the browser's alone"
            for _ in 0..<count { note(link, whose, file, &classes) }
        }
        passed += both
        total += max(ours.count, theirs.count)
    }

    private mutating func note(_ link: String, _ whose: String, _ file: String, _ classes: inout [String: Int]) {
        let words = link.split(separator: " ").prefix(2).joined(separator: " ")
        classes["\(whose): \(words)", default: 0] += 1
        if disagreements.count < 400 { disagreements.append("\(file): \(whose): \(link.cut(to: 120).printable)") }
    }
}
