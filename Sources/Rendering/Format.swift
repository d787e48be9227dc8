public import Inspection
public import Templates

/// How a report can be written down.
public enum Format: String, CaseIterable, Sendable {
    case plain, json, html
    /// For tickets and chats.
    case markdown
    /// What to look for elsewhere, defanged: domains, URLs, addresses, digests.
    case ioc
    /// The same as a bundle of STIX 2.1.
    case stix
    /// For builds: results with their places, test cases, annotations of lines.
    case sarif, junit, github

    /// The endings of files that ask for a format.
    public static let endings: [(ending: String, format: Format)] = [
        ("txt", .plain), ("json", .json), ("html", .html), ("htm", .html), ("md", .markdown), ("sarif", .sarif),
    ]

    /// The format that a file's name asks for by its ending.
    public init?(fileName: String) {
        let ending = Self.ending(of: fileName)?.lowercased()
        guard let format = Self.endings.first(where: { $0.ending == ending })?.format else { return nil }
        self = format
    }

    /// What stands behind the last dot of a file's name; `nil` when there is nothing, or nothing before it.
    public static func ending(of path: String) -> String? {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard let ending = parts.last, !ending.isEmpty, parts.dropLast().contains(where: { !$0.isEmpty }) else {
            return nil
        }
        return String(ending)
    }
}

/// How a report is to look.
public struct Appearance: Sendable {
    /// Columns of the terminal.
    public var width = 80
    public var isColored = false
    /// Only the verdict.
    public var isQuiet = false
    /// Everything, with the reasons behind each check and the source.
    public var isVerbose = false
    /// Each hop on its own, those inside one system too.
    public var showsAllHops = false
    /// Each JSON report on one line.
    public var isCompact = false
    /// What the input is called: a path, or nothing for standard input.
    public var inputName: String?
    /// For builds: findings at or above it are failures.
    public var threshold = Severity.warning
    public var language = Language.english
    /// What pages are made of.
    public var templates = Templates.builtIn

    public init() {}
}

extension Report {
    /// The report in a format. The same report and appearance give the same bytes.
    public func written(as format: Format, _ appearance: Appearance = Appearance()) -> String {
        switch format {
        case .plain: PlainRenderer(self, appearance).render()
        case .json: JSONRenderer(self, appearance).render()
        case .html: HTMLRenderer(self, appearance).render()
        case .markdown: MarkdownRenderer(self, appearance).render()
        case .ioc: IndicatorRenderer(report: self).plain()
        case .stix: IndicatorRenderer(report: self).stix(appearance)
        case .sarif: run(appearance).sarif()
        case .junit: run(appearance).junit()
        case .github: run(appearance).github()
        }
    }
}

extension Report {
    private func run(_ appearance: Appearance) -> BuildRun {
        BuildRun([(self, appearance.inputName ?? "stdin")], threshold: appearance.threshold)
    }
}

extension Format {
    /// Whether the reports of several messages are one document.
    public var isOneRun: Bool { self == .sarif || self == .junit }
}

/// The name and version that reports carry.
public enum Tool {
    public static let name = "backstamp"
    public static let version = "0.1.0"
}
