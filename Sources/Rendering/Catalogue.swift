package import Checks
import Inspection
import Mail
package import Phrases

/// The checks, written down for people.
package enum Catalogue {
    /// Every check on a line, topic by topic.
    package static func list(width: Int, in language: Language = .english) -> String {
        var lines: [String] = []
        let longest = allChecks.map { $0.about.id.count }.max() ?? 0
        for topic in Topic.allCases {
            let heading = language.text(Phrase(form: topic.rawValue))
            lines.append(lines.isEmpty ? heading : "\n\(heading)")
            for about in allChecks.map(\.about) where about.topic == topic {
                let lead =
                    "  " + Layout.padded(about.id, to: longest + 2)
                    + Layout.padded(language.text(about.severity.phrase), to: 9)
                lines += paragraph(language.title(about), lead: lead, width: max(width, 80))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// All about one check, its examples included.
    package static func entry(_ about: About, width: Int, in language: Language = .english) -> String {
        let width = min(max(width, 40), 100)
        var lines = paragraph(
            language.title(about), lead: "\(language.text(about.severity.phrase))[\(about.id)]: ", width: width)
        lines += [""] + paragraph(language.why(about), lead: "", width: width)
        lines += [""] + paragraph(language.remedy(about), lead: "\(language.text("Do:")) ", width: width)
        lines += ["", language.text("See:")] + about.references.map { "  \($0.title)  \($0.url)" }
        let examples: [(Phrase, [Example])] = [("Found in:", about.triggers), ("Not found in:", about.passes)]
        for (title, examples) in examples {
            for example in examples {
                lines += ["", language.text(title)] + Self.example(example, width: width, language)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Every check, for programs.
    package static func json() -> String {
        let json: JSON = [
            "format": "backstamp-checks", "version": 1,
            "tool": ["name": .string(Tool.name), "version": .string(Tool.version)],
            "checks": .array(
                allChecks.map(\.about).map { about in
                    [
                        "id": .string(about.id), "topic": .string(about.topic.rawValue),
                        "severity": .string(about.severity.rawValue), "title": .string(about.title),
                        "why": .string(about.why), "remedy": .string(about.remedy),
                        "references": .array(
                            about.references.map { ["title": .string($0.title), "url": .string($0.url)] }),
                    ]
                }),
        ]
        return json.written(isCompact: false)
    }

    private static func example(_ example: Example, width: Int, _ language: Language) -> [String] {
        let text = example.text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        var lines = text.map { "  | " + Layout.cut(String($0).printable, to: width - 4) }
        while lines.last == "  | " { lines.removeLast() }
        let zone = example.zone.split(separator: "\n").map { "  | \($0)" }
        return lines + (zone.isEmpty ? [] : ["  \(language.text("with this DNS:"))"] + zone)
    }

    private static func paragraph(_ text: String, lead: String, width: Int) -> [String] {
        Layout.paragraph(text, lead: lead, indent: Layout.width(lead), width: width)
    }
}
