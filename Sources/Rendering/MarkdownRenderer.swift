import Content
import DNS
import Checks
import Inspection
import Mail
import Phrases

/// A report for tickets and chats: CommonMark in which nothing of the message is markup.
struct MarkdownRenderer {
    private let report: Report
    private let appearance: Appearance
    private let rows: Rows
    private let lines: LineMap

    init(_ report: Report, _ appearance: Appearance) {
        self.report = report
        self.appearance = appearance
        rows = Rows(report: report)
        lines = LineMap(report.inspection.message.source)
    }

    func render() -> String {
        let verdict = report.verdict
        var blocks: [String] = []
        blocks.append(
            "## \(text(verdict.kind.phrase)): \(escaped(verdict.sentence))")
        blocks.append(
            verdict.reasons.enumerated().map {
                "\($0 + 1). \(escaped($1.finding.sentence))"
            }.joined(
                separator: "\n"))
        blocks += [rows.subjectLine].compactMap { $0 }.map(escaped)
        blocks += rows.others.map { other in
            ([
                "\(escaped(other.title)): **\(text(other.kind.phrase))**. \(escaped(other.sentence))"
            ]
                + other.warnings.map { "- \(text($0.severity.phrase)): \(escaped($0.message))" }).joined(
                    separator: "\n")
        }
        blocks.append("**\(text("What to do"))**")
        blocks.append(verdict.advice.map { "- \(escaped($0))" }.joined(separator: "\n"))
        blocks.append("### \(text("Who it says it is from"))")
        blocks.append(
            table(
                ["Field", "Value", "Beside the sender", "Line"],
                rows.identities.map { [$0.label, text($0.value), text($0.remark), line($0.range)] }))
        blocks.append("### \(text("Where it has been"))")
        blocks.append(escaped(rows.routeSummary))
        let hops = report.inspection.isSent ? rows.hops(all: appearance.showsAllHops) : []
        if !hops.isEmpty {
            blocks.append(
                table(
                    ["Hop", "", "From", "By", "Time (UTC)", "Delay", "With", "Line"],
                    hops.map {
                        [
                            $0.number, text($0.isOurs ? "observed" : "claimed"), text($0.from), text($0.by),
                            text($0.time), text($0.delay), text($0.transmission), line($0.range),
                        ]
                    }))
        }
        blocks.append(rows.routeNotes.map { "- \(escaped($0))" }.joined(separator: "\n"))
        if report.inspection.isSent {
            blocks.append("### \(text("Authentication"))")
            blocks.append(rows.authenticationSentence.map { escaped($0) + "." } ?? "")
            if let verified = rows.verified {
                blocks.append(
                    table(
                        ["Verified now", "Result", "For, and why", "Line"],
                        verified.map { ["\($0.method)", text($0.result), text($0.detail), line($0.range)] }))
            } else {
                blocks.append(text("Not verified: DNS was not asked."))
            }
            for group in rows.claims {
                blocks.append(
                    table(
                        ["Claimed by \(group.writer)", "Claimed result", "For", "Found otherwise", "Line"],
                        group.rows.map {
                            [
                                "\($0.method)", "\($0.result)", text($0.detail), text($0.difference ?? ""),
                                line($0.range),
                            ]
                        }))
            }
        }
        if !rows.links.isEmpty {
            blocks.append("### \(text("Links, made unclickable"))")
            blocks.append(
                table(
                    ["Shown", "Leads to", "Times"], rows.links.map { [text($0.shown), text($0.target), "\($0.count)"] })
            )
        }
        if !rows.attachments.isEmpty {
            blocks.append("### \(text("Attachments"))")
            blocks.append(
                table(
                    ["Name", "Type", "Size", "SHA-256"],
                    rows.attachments.map { [text($0.name), text($0.type), text($0.size), $0.digests.sha256] }))
        }
        blocks.append("### \(text("Findings"))")
        blocks += report.entries.isEmpty ? [text("None.")] : report.entries.map(finding)
        blocks += report.omitted.map { text("… and \($0.count) more of \(term: $0.id)") }
        blocks.append("### \(text("Not checked"))")
        blocks.append(
            report.unchecked.map {
                "- \(escaped($0.what)): \(escaped($0.isInconclusive ? "could not check: \($0.why)" : $0.why))"
            }
            .joined(separator: "\n"))
        blocks.append("\(Tool.name) \(Tool.version), \(text("\(report.inspection.now)"))")
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private func text(_ phrase: Phrase) -> String { appearance.language.text(phrase) }
    /// A phrase in which nothing is markup.
    private func escaped(_ phrase: Phrase) -> String { Self.escaped(text(phrase)) }

    private func line(_ range: ByteRange?) -> String {
        range.map { String(lines.position(of: report.inspection.message.source.inputRange(of: $0).lowerBound).line) }
            ?? ""
    }

    private func finding(_ entry: Report.Entry) -> String {
        let shown = entry.finding.evidence.prefix(3).map { evidence -> String in
            switch evidence {
            case .bytes(let range, let label):
                let source = report.inspection.message.source
                let excerpt = Excerpt(source.inputRange(of: range), in: source, lines, columns: 100)
                return
                    "  - \(excerpt.line):\(excerpt.column) \(escaped(label)): \(Self.escaped(excerpt.marked))"
            case .answer(let answer, let label):
                return "  - \(escaped("\(label): \(words: answer.question.description) \(Rows.words(answer))"))"
            case .absence(let what): return "  - \(escaped(what))"
            }
        }
        let about = entry.about
        let more = entry.finding.count - shown.count
        return
            ([
                "- **\(text(about.severity.phrase))** \(escaped(entry.finding.sentence)) (`\(about.id)`)"
            ] + shown
            + (more > 0 && !shown.isEmpty
                ? ["  - " + text("… and \(more) more {1:place|places}")] : []) + [
                "  - \(text("Do:")) \(Self.escaped(appearance.language.remedy(about)))"
            ]).joined(separator: "\n")
    }

    private func table(_ head: [Phrase], _ rows: [[String]]) -> String {
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
