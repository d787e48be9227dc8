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
        rows = Rows(report: report)
        lines = LineMap(report.inspection.message.source)
    }

    func render() -> String {
        let verdict = report.verdict
        var text: [String] = []
        text.append("## \(verdict.kind.rawValue.replacing("-", with: " ")): \(Self.escaped(verdict.sentence))")
        text.append(
            verdict.reasons.enumerated().map { "\($0 + 1). \(Self.escaped($1.finding.message))" }.joined(
                separator: "\n"))
        text += [rows.subjectLine].compactMap { $0 }.map(Self.escaped)
        text += rows.others.map { other in
            ([
                "\(Self.escaped(other.title)): **\(other.kind.rawValue.replacing("-", with: " "))**. \(Self.escaped(other.sentence))"
            ]
                + other.warnings.map { "- \($0.severity.rawValue): \(Self.escaped($0.message))" }).joined(
                    separator: "\n")
        }
        text.append("**What to do**")
        text.append(verdict.advice.map { "- \(Self.escaped($0))" }.joined(separator: "\n"))
        text.append("### Who it says it is from")
        text.append(
            table(
                ["Field", "Value", "Beside the sender", "Line"],
                rows.identities.map { [$0.label, $0.value, $0.remark, line($0.place)] }))
        text.append("### Where it has been")
        text.append(Self.escaped(rows.routeSummary))
        let hops = report.inspection.isSent ? rows.hops(all: appearance.showsAllHops) : []
        if !hops.isEmpty {
            text.append(
                table(
                    ["Hop", "", "From", "By", "Time (UTC)", "Delay", "With", "Line"],
                    hops.map {
                        [
                            $0.number, $0.isOurs ? "observed" : "claimed", $0.from, $0.by, $0.time, $0.delay,
                            $0.transmission, line($0.place),
                        ]
                    }))
        }
        text.append(rows.routeNotes.map { "- \(Self.escaped($0))" }.joined(separator: "\n"))
        if report.inspection.isSent {
            text.append("### Authentication")
            text.append(rows.authenticationSentence.map { Self.escaped($0) + "." } ?? "")
            if let verified = rows.verified {
                text.append(
                    table(
                        ["Verified now", "Result", "For, and why", "Line"],
                        verified.map { [$0.method, $0.result, $0.detail, line($0.place)] }))
            } else {
                text.append("Not verified: DNS was not asked.")
            }
            for group in rows.claims {
                text.append(
                    table(
                        ["Claimed by \(group.writer)", "Claimed result", "For", "Found otherwise", "Line"],
                        group.rows.map { [$0.method, $0.result, $0.detail, $0.difference ?? "", line($0.place)] }))
            }
        }
        if !rows.links.isEmpty {
            text.append("### Links, made unclickable")
            text.append(
                table(["Shown", "Leads to", "Times"], rows.links.map { [$0.shown, $0.target, "\($0.count)"] }))
        }
        if !rows.attachments.isEmpty {
            text.append("### Attachments")
            text.append(
                table(
                    ["Name", "Type", "Size", "SHA-256"],
                    rows.attachments.map { [$0.name, $0.type, $0.size, $0.digests.sha256] }))
        }
        text.append("### Findings")
        text += report.entries.isEmpty ? ["None."] : report.entries.map(finding)
        text += report.omitted.map { "… and \($0.count) more of \($0.id)" }
        text.append("### Not checked")
        text.append(
            report.unchecked.map {
                "- \(Self.escaped($0.what)): \($0.isInconclusive ? "could not check: " : "")\(Self.escaped($0.why))"
            }
            .joined(separator: "\n"))
        text.append("\(Tool.name) \(Tool.version), \(report.inspection.now)")
        return text.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

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
                    "  - line \(excerpt.line), column \(excerpt.column), \(Self.escaped(label.printableLine)): \(Self.escaped(excerpt.marked))"
            case .answer(let answer, let label):
                return "  - \(Self.escaped("\(label): \(answer.question) \(Rows.words(answer))".printableLine))"
            case .absence(let what): return "  - \(Self.escaped(what))"
            }
        }
        let about = entry.about
        let more = entry.finding.places - shown.count
        return
            ([
                "- **\(about.severity.rawValue)** \(Self.escaped(entry.finding.message)) (`\(about.id)`)"
            ] + shown + (more > 0 && !shown.isEmpty ? ["  - … and \(more) more places"] : []) + [
                "  - Do: \(Self.escaped(about.remedy))"
            ]).joined(separator: "\n")
    }

    private func table(_ head: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        func row(_ cells: [String]) -> String { "| " + cells.map(Self.escaped).joined(separator: " | ") + " |" }
        return ([row(head), "|" + String(repeating: " --- |", count: head.count)] + rows.map(row)).joined(
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
