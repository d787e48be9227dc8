package import Checks
import Inspection
import Mail
package import Phrases
package import Templates

/// The page to paste into, and what came of it.
package struct Page: Sendable {
    /// What the user chose, as given.
    package struct Options: Sendable {
        package var asksDNS = false
        package var asksBlocklists = false
        package var trust = ""
        package var protect = ""

        package init() {}

        /// Those that are hidden until somebody opens them must be seen once they are used.
        var areUsed: Bool { asksDNS || asksBlocklists || !trust.isEmpty || !protect.isEmpty }
    }

    private let templates: Templates
    package let language: Language
    private let token: String
    /// Messages to try, by id and title.
    private let samples: [(id: String, title: Phrase)]

    package var options = Options()
    /// What was pasted.
    package var text = ""
    /// One sentence for the user.
    package var notice: Phrase = ""
    package var report: Report?
    /// The names that DNS would be asked about, or was.
    package var names: [String] = []

    package init(_ templates: Templates, in language: Language, token: String, samples: [(id: String, title: Phrase)]) {
        self.templates = templates
        self.language = language
        self.token = token
        self.samples = samples
    }

    /// What the browser may do with the page: its own style and script, and asking where it came from. CSP 3
    package static func policy(_ templates: Templates) -> String {
        let styles = [templates[.style], templates[.pageStyle]].map { "'sha256-\(HTMLRenderer.hash($0))'" }
        let script = "'sha256-\(HTMLRenderer.hash(templates[.pageScript]))'"
        return
            "default-src 'none'; style-src \(styles.joined(separator: " ")); script-src \(script); connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    }

    /// Texts that the script shows.
    private static let scriptTexts: [Phrase] = [
        "Inspecting …", "Paste the source of a message, or choose a file.", "Copied.",
        "The browser does not let this page write to the clipboard.",
        "Names, addresses, hosts and tokens are replaced in the file.",
    ]

    package func written() -> String {
        var appearance = Appearance()
        appearance.templates = templates
        appearance.language = language
        let words = JSON.object(Self.scriptTexts.map { ($0.form, .string(language.text($0))) })
        // A policy in the page itself cannot say who may frame it.
        let policy = Self.policy(templates).replacing("; frame-ancestors 'none'", with: "")
        let value: TemplateValue = [
            "language": .text(language.id), "policy": .text(policy), "version": .text(Tool.version),
            "style": .text(templates[.style]), "pageStyle": .text(templates[.pageStyle]),
            "pageScript": .text(templates[.pageScript]), "token": .text(token),
            "scriptWords": .text(words.written(isCompact: true)),
            "languages": .list(
                Language.all.map {
                    ["id": .text($0.id), "name": .text($0.name), "isCurrent": .flag($0 == language)]
                }),
            "options": [
                "isOpen": .flag(options.areUsed), "dns": .flag(options.asksDNS), "dnsbl": .flag(options.asksBlocklists),
                "trust": .text(options.trust), "protect": .text(options.protect),
            ],
            "text": .text(text), "notice": .optional(language.text(notice)), "names": .list(names.map { .text($0) }),
            "hasNames": .flag(!names.isEmpty), "hasReport": .flag(report != nil),
            "title": .optional(report.map { language.text($0.verdict.sentence) } ?? ""),
            "body": .text(report.map { HTMLRenderer($0, appearance).body() } ?? ""),
            "samples": .list(samples.map { ["id": .text($0.id), "title": .text(language.text($0.title))] }),
        ]
        return value.filling(language.template(templates[.page]))
    }

    /// Everything that the page's script wants of one report, as JSON.
    package func bundle(_ appearance: Appearance) -> String {
        guard let report else { return "{}\n" }
        let bundle: JSON = [
            "html": .string(report.written(as: .html, appearance)),
            "json": .string(report.written(as: .json, appearance)),
            "summary": .string(summary(report)), "notice": .string(language.text(notice)),
            "text": text.isEmpty ? .null : .string(text), "names": .array(names.map { .string($0) }),
        ]
        return bundle.written(isCompact: true)
    }

    /// What one would write to a colleague: the verdict, its reasons, what to do.
    private func summary(_ report: Report) -> String {
        let verdict = report.verdict
        let reasons = verdict.reasons.enumerated().map { "\($0 + 1). \(language.text($1.finding.sentence))" }
        let advice = ["", "\(language.text("What to do")):"] + verdict.advice.map { "- \(language.text($0))" }
        return ([language.text(verdict.sentence)] + reasons + advice).joined(separator: "\n") + "\n"
    }
}
