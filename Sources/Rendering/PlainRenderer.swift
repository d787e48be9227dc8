import Content
import DNS
import Checks
import Delivery
import Inspection
import Mail
import Phrases

/// For terminals and text files.
struct PlainRenderer {
    let report: Report
    let appearance: Appearance
    let rows: Rows
    let lines: LineMap
    let width: Int

    init(_ report: Report, _ appearance: Appearance) {
        self.report = report
        self.appearance = appearance
        rows = Rows(report: report)
        lines = LineMap(report.inspection.message.source)
        width = min(max(appearance.width, 40), 400)
    }

    func render() -> String {
        if appearance.isQuiet { return "\(verdictLine)\n" }
        let sections = [
            verdict, identities, route, authentication, blocklists, contents, findings,
            appearance.isVerbose ? source : [],
            unchecked, appearance.isVerbose ? dns : [],
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    // MARK: Style

    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case yellow = "33"
        case cyan = "36"
        case alarm = "1;31"
        case warning = "1;33"
    }

    func styled(_ text: String, _ style: Style) -> String {
        appearance.isColored ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    func style(_ severity: Severity) -> Style {
        switch severity {
        case .alarm: .alarm
        case .warning: .warning
        case .caution: .yellow
        case .note: .cyan
        }
    }

    func text(_ phrase: Phrase) -> String { appearance.language.text(phrase) }

    func heading(_ phrase: Phrase) -> String { styled(text(phrase), .bold) }

    /// A paragraph whose first line begins with `lead` and whose others are indented as far.
    func paragraph(_ text: String, lead: String) -> [String] {
        Layout.paragraph(text, lead: lead, indent: Layout.width(lead), width: width)
    }

    /// A heading with a sentence right after it.
    private func titled(_ phrase: Phrase, _ rest: String) -> [String] {
        let title = text(phrase)
        var lines = Layout.paragraph(title + rest, lead: "", indent: 2, width: width)
        if let first = lines.first, first.hasPrefix(title) {
            lines[0] = styled(title, .bold) + first.dropFirst(title.count)
        }
        return lines
    }

    // MARK: Sections

    private var verdictWord: String { text(report.verdict.kind.phrase).uppercased() }

    private var styledWord: String {
        let style: Style =
            switch report.verdict.kind {
            case .forged: .alarm
            case .suspicious: .warning
            case .unusual: .yellow
            case .nothingFound, .cannotSay: .bold
            }
        return styled(verdictWord, style)
    }

    private var verdictLine: String { styledWord + "  " + text(report.verdict.sentence) }

    private var verdict: [String] {
        let verdict = report.verdict
        var result = paragraph(text(verdict.sentence), lead: verdictWord + "  ")
        if let first = result.first { result[0] = styledWord + first.dropFirst(verdictWord.count) }
        for (index, entry) in verdict.reasons.enumerated() {
            result += paragraph(text(entry.finding.sentence), lead: "  \(index + 1). ")
        }
        if let subject = rows.subjectLine {
            let hint = if case .part = report.subject { " " + text("--outer tells of the one around it.") } else { "" }
            result += [""] + paragraph(text(subject) + hint, lead: "")
        }
        for other in rows.others {
            result += [""] + paragraph(text(other.title), lead: "")
            let word = text(other.kind.phrase).uppercased()
            result += paragraph(text(other.sentence), lead: "  \(word)  ")
            for warning in other.warnings {
                result += paragraph(text(warning.message), lead: "  \(text(warning.severity.phrase)): ")
            }
        }
        result.append("")
        result.append(heading("What to do"))
        for advice in verdict.advice { result += paragraph(text(advice), lead: "  - ") }
        return result
    }

    private var identities: [String] {
        var result = [heading("Who it says it is from")]
        for row in rows.identities {
            let (value, words) = (text(row.value), text(row.remark))
            let remark = words.isEmpty ? "" : "  (\(words))"
            let lead = "  " + Layout.padded(row.label, to: 12)
            if Layout.width(lead + value + remark) <= width {
                result.append(lead + value + styled(remark, .dim))
            } else {
                result += paragraph(value, lead: lead)
                if !remark.isEmpty { result.append(String(repeating: " ", count: 14) + styled("(\(words))", .dim)) }
            }
        }
        return result
    }

    private var route: [String] {
        var result = titled("Where it has been", ": \(text(rows.routeSummary))")
        guard report.inspection.isSent else { return result }
        var isAboveLine = true
        let hops = rows.hops(all: appearance.showsAllHops || appearance.isVerbose)
        for row in hops {
            if row.isOurs, isAboveLine {
                isAboveLine = false
                if row.number != hops.first?.number {
                    result.append(styled("  ── " + text("above this line: claims that anyone can write"), .dim))
                }
                result += paragraph(text(rows.trustLine), lead: "  ── ").map { styled($0, .dim) }
            }
            let mark = row.isOurs ? " " : "?"
            let number = String(repeating: " ", count: max(0, 2 - row.number.count)) + row.number
            let lead = "\(mark) \(number)  "
            result += paragraph("\(text(row.from)) → \(text(row.by))", lead: lead)
            let bar = row.share > 0 ? String(repeating: "▇", count: max(1, Int(row.share * 12))) : ""
            let details = [
                text(row.time), bar, text(row.delay) + (row.isSlowest ? " (\(text("slowest leg")))" : ""),
                text(row.transmission),
            ]
            result += paragraph(details.filter { !$0.isEmpty }.joined(separator: "  "), lead: "      ").map {
                styled($0, .dim)
            }
            if appearance.isVerbose, !row.remark.isEmpty {
                result += paragraph(text(row.remark), lead: "      ").map { styled($0, .dim) }
            }
            if !row.reverse.isEmpty, row.isHandOver || appearance.isVerbose {
                result += paragraph(text(row.reverse), lead: "      ").map { styled($0, .dim) }
            }
        }
        if isAboveLine { result += paragraph(text(rows.trustLine), lead: "  ── ").map { styled($0, .dim) } }
        if report.inspection.trace.hops.count > Rows.maximum {
            result.append("  " + text("… and \(report.inspection.trace.hops.count - Rows.maximum) more {1:hop|hops}"))
        }
        for note in rows.routeNotes { result += paragraph(text(note), lead: "  · ") }
        return result
    }

    private var authentication: [String] {
        let rows = self.rows
        guard report.inspection.isSent else { return [] }
        var result: [String] = []
        if let verified = rows.verified {
            result = titled("Authentication", rows.authenticationSentence.map { ": \(text($0))" } ?? "")
            for row in verified { result += method(row.method, text(row.result), text(row.detail)) }
            if let basis = rows.basis { result += paragraph("\(text(basis)).", lead: "  ") }
        } else {
            result = titled("Authentication", ": " + text("not verified"))
        }
        let claims = rows.claims
        if claims.isEmpty { result.append("  " + text("No receiver's results are in the message.")) }
        for group in claims {
            result += paragraph("\(text("Claimed by")) \(text(group.writer)):", lead: "  ")
            for row in group.rows {
                result += method(
                    row.method, row.result.description,
                    text(row.detail) + (row.difference.map { " — \(text($0))" } ?? ""))
            }
        }
        return result
    }

    private var blocklists: [String] {
        let rows = self.rows.listings
        guard !rows.isEmpty else { return [] }
        var result = titled("Blocklists", ": " + text("opinions, each one sign among others"))
        for row in rows {
            result += paragraph(
                "\(row.subject): \(text(row.detail))", lead: "  " + Layout.padded(text(row.result), to: 15) + " ")
        }
        return result
    }

    private func method(_ name: Words, _ result: String, _ detail: String) -> [String] {
        paragraph(
            "\(Layout.padded(result, to: 9)) \(detail)", lead: "  " + Layout.padded(name.description, to: 8) + " ")
    }

    private var contents: [String] {
        let inspection = report.inspection
        guard !inspection.message.isHeaderOnly else {
            return [heading("What it contains") + ": " + text("only a header section, no body")]
        }
        var result = [heading("What it contains")]
        for part in rows.parts {
            result += paragraph(text(part.text), lead: "  " + String(repeating: "  ", count: min(part.depth, 12)))
        }
        let more = inspection.message.parts.count - rows.parts.count
        if more > 0 { result.append("  " + text("… and \(more) more {1:part|parts}")) }
        if !rows.beginning.isEmpty {
            result.append("  " + text("It begins:"))
            for line in rows.beginning {
                result.append("    " + styled(Layout.cut(line.description, to: width - 4), .dim))
            }
        }
        let links = rows.links
        if !links.isEmpty {
            result.append("  \(text("Links, made unclickable")):")
            for link in links.prefix(appearance.isVerbose ? Rows.maximum : 10) {
                result.append(
                    "    " + Layout.cut("\(text(link.shown))\(link.count > 1 ? " ×\(link.count)" : "")", to: width - 4))
                result.append("      → " + Layout.cut(text(link.target), to: width - 8))
            }
            let rest = links.count - (appearance.isVerbose ? Rows.maximum : 10)
            if rest > 0 { result.append("    " + text("… and \(rest) more")) }
        }
        let loads = rows.loads
        if !loads.isEmpty {
            let hosts = loads.prefix(8).map { $0.count == 1 ? "\($0.host)" : "\($0.host) ×\($0.count)" }
            let more = loads.count > 8 ? " " + text("and \(loads.count - 8) more {1:host|hosts}") : ""
            result += paragraph(
                "\(text("Would load, when shown, from")): \(hosts.joined(separator: ", "))\(more)", lead: "  ")
        }
        if let inputs = rows.inputs { result += paragraph("\(text("Asks for")): \(text(inputs))", lead: "  ") }
        for calendar in rows.calendars { result += paragraph("\(text("Invitation")): \(text(calendar))", lead: "  ") }
        if !rows.attachments.isEmpty {
            result.append("  \(text("Attachments")):")
            for file in rows.attachments {
                result += paragraph("\(text(file.name)), \(text(file.type)), \(text(file.size))", lead: "    ")
                for detail in file.details { result += paragraph(text(detail), lead: "      ") }
                result += ["      SHA-256 \(file.digests.sha256)"]
                if appearance.isVerbose {
                    result += ["      SHA-1 \(file.digests.sha1)", "      MD5 \(file.digests.md5)"]
                }
            }
        }
        return result
    }

    private var findings: [String] {
        guard !report.entries.isEmpty else { return [heading("Findings") + ": " + text("none")] }
        var result: [String] = []
        for entry in report.entries {
            if !result.isEmpty { result.append("") }
            result += finding(entry)
        }
        for (id, count) in report.omitted { result.append(text("… and \(count) more of \(term: id)")) }
        return [heading("Findings")] + result
    }

    private var dns: [String] {
        guard !rows.questions.isEmpty else { return [] }
        return [heading("DNS questions that were asked") + ": \(text(rows.budget))"]
            + rows.questions.flatMap { paragraph("\($0.question): \(text($0.outcome))", lead: "  ") }
    }

    private var unchecked: [String] {
        guard !report.unchecked.isEmpty else { return [] }
        return [heading("Not checked")]
            + report.unchecked.flatMap { item in
                paragraph(
                    "\(text(item.what)): \(item.isInconclusive ? text("could not check") + ": " : "")\(text(item.why))",
                    lead: "  - ")
            }
    }
}
