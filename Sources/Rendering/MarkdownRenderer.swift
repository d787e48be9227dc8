import Content
import DNS
import Inspection
import Mail

/// A report for tickets and chats: CommonMark in which nothing of the message is markup.
struct MarkdownRenderer {
    private let report: Report
    private let appearance: Appearance
    private let rows: Rows
    private let lines: LineMap

    init(_ report: Report, _ appearance: Appearance) {
        self.report = report
        self.appearance = appearance
        rows = Rows(report: report, language: appearance.language)
        lines = LineMap(report.inspection.message.source)
    }

    func render() -> String {
        let verdict = report.verdict
        var blocks: [String] = []
        blocks.append(
            "## \(text(verdict.kind.rawValue.replacing("-", with: " "))): \(Self.escaped(text(verdict.sentence)))")
        blocks.append(
            verdict.reasons.enumerated().map {
                "\($0 + 1). \(Self.escaped(appearance.language.text($1.finding.sentence)))"
            }.joined(
                separator: "\n"))
        blocks += [rows.subjectLine].compactMap { $0 }.map(Self.escaped)
        blocks += rows.others.map { other in
            ([
                "\(Self.escaped(other.title)): **\(text(other.kind.rawValue.replacing("-", with: " ")))**. \(Self.escaped(other.sentence))"
            ]
                + other.warnings.map { "- \($0.severity.rawValue): \(Self.escaped($0.message))" }).joined(
                    separator: "\n")
        }
        blocks.append("**\(text("What to do"))**")
        blocks.append(verdict.advice.map { "- \(Self.escaped(text($0)))" }.joined(separator: "\n"))
        blocks.append("### \(text("Who it says it is from"))")
        blocks.append(
            table(
                ["Field", "Value", "Beside the sender", "Line"],
                rows.identities.map { [$0.label, $0.value, $0.remark, line($0.place)] }))
        blocks.append("### \(text("Where it has been"))")
        blocks.append(Self.escaped(rows.routeSummary))
        let hops = report.inspection.isSent ? rows.hops(all: appearance.showsAllHops) : []
        if !hops.isEmpty {
            blocks.append(
                table(
                    ["Hop", "", "From", "By", "Time (UTC)", "Delay", "With", "Line"],
                    hops.map {
                        [
                            $0.number, text($0.isOurs ? "observed" : "claimed"), $0.from, $0.by, $0.time, $0.delay,
                            $0.transmission, line($0.place),
                        ]
                    }))
        }
        blocks.append(rows.routeNotes.map { "- \(Self.escaped($0))" }.joined(separator: "\n"))
        if report.inspection.isSent {
            blocks.append("### \(text("Authentication"))")
            blocks.append(rows.authenticationSentence.map { Self.escaped($0) + "." } ?? "")
            if let verified = rows.verified {
                blocks.append(
                    table(
                        ["Verified now", "Result", "For, and why", "Line"],
                        verified.map { [$0.method, $0.result, $0.detail, line($0.place)] }))
            } else {
                blocks.append(text("Not verified: DNS was not asked."))
            }
            for group in rows.claims {
                blocks.append(
                    table(
                        ["\(text("Claimed by")) \(group.writer)", "Claimed result", "For", "Found otherwise", "Line"],
                        group.rows.map { [$0.method, $0.result, $0.detail, $0.difference ?? "", line($0.place)] }))
            }
        }
        if !rows.links.isEmpty {
            blocks.append("### \(text("Links, made unclickable"))")
            blocks.append(
                table(["Shown", "Leads to", "Times"], rows.links.map { [$0.shown, $0.target, "\($0.count)"] }))
        }
        if !rows.attachments.isEmpty {
            blocks.append("### \(text("Attachments"))")
            blocks.append(
                table(
                    ["Name", "Type", "Size", "SHA-256"],
                    rows.attachments.map { [$0.name, $0.type, $0.size, $0.digests.sha256] }))
        }
        blocks.append("### \(text("Findings"))")
        blocks += report.entries.isEmpty ? [text("None.")] : report.entries.map(finding)
        blocks += report.omitted.map { text("… and \($0.count) more of \($0.id)") }
        blocks.append("### \(text("Not checked"))")
        blocks.append(
            report.unchecked.map {
                "- \(Self.escaped(text($0.what))): \($0.isInconclusive ? text("could not check") + ": " : "")\(Self.escaped(text($0.why)))"
            }
            .joined(separator: "\n"))
        blocks.append("\(Tool.name) \(Tool.version), \(appearance.language.moment(report.inspection.now))")
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private func text(_ english: String) -> String { appearance.language.text(english) }

    private func line(_ place: ByteRange?) -> String {
        place.map { String(lines.position(of: report.inspection.message.source.place(of: $0).lowerBound).line) } ?? ""
    }

    private func finding(_ entry: Report.Entry) -> String {
        let shown = entry.finding.evidence.prefix(3).map { evidence -> String in
            switch evidence {
            case .bytes(let range, let label):
                let source = report.inspection.message.source
                let excerpt = Excerpt(source.place(of: range), in: source, lines, columns: 100)
                return
                    "  - \(excerpt.line):\(excerpt.column) \(Self.escaped(text(label).printableLine)): \(Self.escaped(excerpt.marked))"
            case .answer(let answer, let label):
                return "  - \(Self.escaped("\(label): \(answer.question) \(Rows.words(answer))".printableLine))"
            case .absence(let what): return "  - \(Self.escaped(text(what)))"
            }
        }
        let about = entry.about
        let more = entry.finding.places - shown.count
        return
            ([
                "- **\(text(about.severity.rawValue))** \(Self.escaped(appearance.language.text(entry.finding.sentence))) (`\(about.id)`)"
            ] + shown
            + (more > 0 && !shown.isEmpty
                ? ["  - " + text(more == 1 ? "… and 1 more place" : "… and \(more) more places")] : []) + [
                "  - \(text("Do:")) \(Self.escaped(appearance.language.remedy(about)))"
            ]).joined(separator: "\n")
    }

    private func table(_ head: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        func row(_ cells: [String]) -> String { "| " + cells.map(Self.escaped).joined(separator: " | ") + " |" }
        return ([row(head.map(text)), "|" + String(repeating: " --- |", count: head.count)] + rows.map(row)).joined(
            separator: "\n")
    }

    /// Every character that could be markup is escaped; CommonMark 0.31 §2.4 lets any ASCII punctuation be. So is the dot of
    /// "www." and of a number at the beginning: programs that show Markdown make links and lists of them.
    static func escaped(_ text: String) -> String {
        let scalars = Array(text.printableLine.unicodeScalars)
        let lead = scalars.prefix { $0.properties.numericType != nil }.count
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            let isMarkup =
                switch scalar {
                case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "!", "|", "~", "&", "$", "^", "@": true
                case ":": scalars[index...].starts(with: "://".unicodeScalars)
                case ".":
                    index == lead || String(String.UnicodeScalarView(scalars[..<index].suffix(3))).lowercased() == "www"
                case "-", "+", "=", ")": index == 0 || index == lead
                default: false
                }
            if isMarkup { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
