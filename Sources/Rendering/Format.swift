package import Checks
package import Phrases
import Inspection
package import Templates

/// How a report can be written down.
package enum Format: String, CaseIterable, Sendable {
    case plain, json, html
    /// For tickets and chats.
    case markdown
    /// What to look for elsewhere, defanged: domains, URLs, addresses, digests.
    case ioc
    /// The same as a bundle of STIX 2.1.
    case stix
    /// For builds: results with their places, test cases, annotations of lines.
    case sarif, junit, github

    /// The endings of files that ask for it.
    var endings: [String] {
        switch self {
        case .plain: ["txt"]
        case .json: ["json"]
        case .html: ["html", "htm"]
        case .markdown: ["md"]
        case .sarif: ["sarif"]
        case .ioc, .stix, .junit, .github: []
        }
    }

    /// The media type under which the HTTP interface gives it; `nil` where it does not.
    package var mediaType: String? {
        switch self {
        case .json: "application/json"
        case .html: "text/html"
        case .markdown: "text/markdown"
        case .plain: "text/plain"
        case .ioc, .stix, .sarif, .junit, .github: nil
        }
    }

    /// Whether the reports of several messages are one document.
    package var isOneRun: Bool { self == .sarif || self == .junit }

    /// The endings of files that ask for a format.
    package static let endings = allCases.flatMap { format in format.endings.map { (ending: $0, format: format) } }

    /// The format that a file's name asks for by its ending.
    package init?(fileName: String) {
        let ending = Self.ending(of: fileName)?.lowercased()
        guard let format = Self.endings.first(where: { $0.ending == ending })?.format else { return nil }
        self = format
    }

    /// What stands behind the last dot of a file's name; `nil` when there is nothing, or nothing before it.
    package static func ending(of path: String) -> String? {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard let ending = parts.last, !ending.isEmpty, parts.dropLast().contains(where: { !$0.isEmpty }) else {
            return nil
        }
        return String(ending)
    }
}

/// How what the verbs for domains and single methods find can be written down.
package enum ResultFormat: String, CaseIterable, Sendable { case plain, json, html }

/// How a report is to look.
package struct Appearance: Sendable {
    /// Columns of the terminal.
    package var width = 80
    package var isColored = false
    /// Only the verdict.
    package var isQuiet = false
    /// Everything, with the reasons behind each check and the source.
    package var isVerbose = false
    /// Each hop on its own, those inside one system too.
    package var showsAllHops = false
    /// Each JSON report on one line.
    package var isCompact = false
    /// What the input is called: a path, or nothing for standard input.
    package var inputName: String?
    /// For builds: findings at or above it are failures.
    package var threshold = Severity.warning
    package var language = Language.english
    /// What pages are made of.
    package var templates = Templates.builtIn

    package init() {}
}

extension Report {
    /// The report in a format. The same report and appearance give the same bytes.
    package func written(as format: Format, _ appearance: Appearance = Appearance()) -> String {
        switch format {
        case .plain: PlainRenderer(self, appearance).render()
        case .json: JSONRenderer(self, appearance).render()
        case .html: HTMLRenderer(self, appearance).render()
        case .markdown: MarkdownRenderer(self, appearance).render()
        case .ioc: IndicatorRenderer(report: self).plain()
        case .stix: IndicatorRenderer(report: self).stix(appearance)
        case .sarif, .junit, .github:
            BuildRun([(self, appearance.inputName ?? "stdin")], threshold: appearance.threshold).written(as: format)
        }
    }
}

/// The name and version that reports carry.
package enum Tool {
    package static let name = "backstamp"
    package static let version = "0.1.0"
}
