import Content
import DNS
import Inspection
import Mail

/// For terminals and text files.
struct PlainRenderer {
    let report: Report
    let appearance: Appearance
    let rows: Rows
    private let lines: LineMap
    private let width: Int

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

    private enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case yellow = "33"
        case cyan = "36"
        case alarm = "1;31"
        case warning = "1;33"
    }

    private func styled(_ text: String, _ style: Style) -> String {
        appearance.isColored ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    private func style(_ severity: Severity) -> Style {
        switch severity {
        case .alarm: .alarm
        case .warning: .warning
        case .caution: .yellow
        case .note: .cyan
        }
    }

    private func heading(_ text: String) -> String { styled(text, .bold) }

    /// A paragraph whose first line begins with `lead` and whose others are indented as far.
    private func paragraph(_ text: String, lead: String) -> [String] {
        Layout.paragraph(text, lead: lead, indent: Layout.width(lead), width: width)
    }

    /// A heading with a sentence right after it.
    private func titled(_ title: String, _ rest: String) -> [String] {
        var lines = Layout.paragraph(title + rest, lead: "", indent: 2, width: width)
        if let first = lines.first, first.hasPrefix(title) { lines[0] = heading(title) + first.dropFirst(title.count) }
        return lines
    }

    // MARK: Sections

    private var verdictWord: String { report.verdict.kind.rawValue.replacing("-", with: " ").uppercased() }

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

    private var verdictLine: String { styledWord + "  " + report.verdict.sentence }

    private var verdict: [String] {
        let verdict = report.verdict
        var result = paragraph(verdict.sentence, lead: verdictWord + "  ")
        if let first = result.first { result[0] = styledWord + first.dropFirst(verdictWord.count) }
        for (index, entry) in verdict.reasons.enumerated() {
            result += paragraph(entry.finding.message, lead: "  \(index + 1). ")
        }
        if let subject = rows.subjectLine {
            let hint = if case .part = report.subject { " --outer tells of the one around it." } else { "" }
            result += [""] + paragraph(subject + hint, lead: "")
        }
        for other in rows.others {
            result += [""] + paragraph(other.title, lead: "")
            let word = other.kind.rawValue.replacing("-", with: " ").uppercased()
            result += paragraph(other.sentence, lead: "  \(word)  ")
            for warning in other.warnings {
                result += paragraph(warning.message, lead: "  \(warning.severity.rawValue): ")
            }
        }
        result.append("")
        result.append(heading("What to do"))
        for advice in verdict.advice { result += paragraph(advice, lead: "  - ") }
        return result
    }

    private var identities: [String] {
        var result = [heading("Who it says it is from")]
        for row in rows.identities {
            let remark = row.remark.isEmpty ? "" : "  (\(row.remark))"
            let lead = "  " + Layout.padded(row.label, to: 12)
            let text = row.value + remark
            if Layout.width(lead + text) <= width {
                result.append(lead + row.value + styled(remark, .dim))
            } else {
                result += paragraph(row.value, lead: lead)
                if !remark.isEmpty {
                    result.append(String(repeating: " ", count: 14) + styled("(\(row.remark))", .dim))
                }
            }
        }
        return result
    }

    private var route: [String] {
        var result = titled("Where it has been", ": \(rows.routeSummary)")
        guard report.inspection.isSent else { return result }
        var isAboveLine = true
        let hops = rows.hops(all: appearance.showsAllHops || appearance.isVerbose)
        for row in hops {
            if row.isOurs, isAboveLine {
                isAboveLine = false
                if row.number != hops.first?.number {
                    result.append(styled("  ── above this line: claims that anyone can write", .dim))
                }
                result += paragraph(rows.trustLine, lead: "  ── ").map { styled($0, .dim) }
            }
            let mark = row.isOurs ? " " : "?"
            let number = String(repeating: " ", count: max(0, 2 - row.number.count)) + row.number
            let lead = "\(mark) \(number)  "
            result += paragraph("\(row.from) → \(row.by)", lead: lead)
            let bar = row.share > 0 ? String(repeating: "▇", count: max(1, Int(row.share * 12))) : ""
            let details = [row.time, bar, row.delay + (row.isSlowest ? " (slowest leg)" : ""), row.transmission]
            result += paragraph(details.filter { !$0.isEmpty }.joined(separator: "  "), lead: "      ").map {
                styled($0, .dim)
            }
            if appearance.isVerbose, !row.remark.isEmpty {
                result += paragraph(row.remark, lead: "      ").map { styled($0, .dim) }
            }
            if !row.reverse.isEmpty, row.isHandOver || appearance.isVerbose {
                result += paragraph(row.reverse, lead: "      ").map { styled($0, .dim) }
            }
        }
        if isAboveLine { result += paragraph(rows.trustLine, lead: "  ── ").map { styled($0, .dim) } }
        if report.inspection.trace.hops.count > Rows.maximum {
            result.append("  … and \(report.inspection.trace.hops.count - Rows.maximum) more hops")
        }
        for note in rows.routeNotes { result += paragraph(note, lead: "  · ") }
        return result
    }

    private var authentication: [String] {
        let rows = self.rows
        guard report.inspection.isSent else { return [] }
        var result: [String] = []
        if let verified = rows.verified {
            result = titled("Authentication", rows.authenticationSentence.map { ": \($0)" } ?? "")
            for row in verified { result += method(row.method, row.result, row.detail) }
            if let basis = rows.basis { result += paragraph("\(basis).", lead: "  ") }
        } else {
            result = titled("Authentication", ": not verified")
        }
        let claims = rows.claims
        if claims.isEmpty { result.append("  No receiver's results are in the message.") }
        for group in claims {
            result += paragraph("Claimed by \(group.writer):", lead: "  ")
            for row in group.rows {
                result += method(row.method, row.result, row.detail + (row.difference.map { " — \($0)" } ?? ""))
            }
        }
        return result
    }

    private var blocklists: [String] {
        let rows = self.rows.listings
        guard !rows.isEmpty else { return [] }
        var result = titled("Blocklists", ": opinions, each one sign among others")
        for row in rows {
            result += paragraph("\(row.subject): \(row.detail)", lead: "  " + Layout.padded(row.result, to: 15) + " ")
        }
        return result
    }

    private func method(_ name: String, _ result: String, _ detail: String) -> [String] {
        paragraph("\(Layout.padded(result, to: 9)) \(detail)", lead: "  " + Layout.padded(name, to: 8) + " ")
    }

    private var contents: [String] {
        let inspection = report.inspection
        guard !inspection.message.isHeaderOnly else {
            return [heading("What it contains") + ": only a header section, no body"]
        }
        var result = [heading("What it contains")]
        for part in rows.parts {
            result += paragraph(part.text, lead: "  " + String(repeating: "  ", count: min(part.depth, 12)))
        }
        let more = inspection.message.parts.count - rows.parts.count
        if more > 0 { result.append("  … and \(more) more parts") }
        if !rows.beginning.isEmpty {
            result.append("  It begins:")
            for line in rows.beginning { result.append("    " + styled(Layout.cut(line, to: width - 4), .dim)) }
        }
        let links = rows.links
        if !links.isEmpty {
            result.append("  Links, made unclickable:")
            for link in links.prefix(appearance.isVerbose ? Rows.maximum : 10) {
                result.append(
                    "    " + Layout.cut("\(link.shown)\(link.count > 1 ? " ×\(link.count)" : "")", to: width - 4))
                result.append("      → " + Layout.cut(link.target, to: width - 8))
            }
            let rest = links.count - (appearance.isVerbose ? Rows.maximum : 10)
            if rest > 0 { result.append("    … and \(rest) more") }
        }
        let loads = rows.loads
        if !loads.isEmpty {
            let hosts = loads.prefix(8).map { $0.count == 1 ? $0.host : "\($0.host) ×\($0.count)" }
            let more = loads.count > 8 ? " and \(loads.count - 8) more hosts" : ""
            result += paragraph("Would load, when shown, from: \(hosts.joined(separator: ", "))\(more)", lead: "  ")
        }
        if !rows.inputs.isEmpty { result += paragraph("Asks for: \(rows.inputs.joined(separator: ", "))", lead: "  ") }
        for calendar in rows.calendars { result += paragraph("Invitation: \(calendar)", lead: "  ") }
        if !rows.attachments.isEmpty {
            result.append("  Attachments:")
            for file in rows.attachments {
                result += paragraph("\(file.name), \(file.type), \(file.size)", lead: "    ")
                for detail in file.details { result += paragraph(detail, lead: "      ") }
                result += ["      SHA-256 \(file.digests.sha256)"]
                if appearance.isVerbose {
                    result += ["      SHA-1 \(file.digests.sha1)", "      MD5 \(file.digests.md5)"]
                }
            }
        }
        return result
    }

    private var findings: [String] {
        guard !report.entries.isEmpty else { return [heading("Findings") + ": none"] }
        var result: [String] = []
        for entry in report.entries {
            if !result.isEmpty { result.append("") }
            result += finding(entry)
        }
        for (id, count) in report.omitted { result.append("… and \(count) more of \(id)") }
        return [heading("Findings")] + result
    }

    private func finding(_ entry: Report.Entry) -> [String] {
        let about = entry.about
        let lead = "\(about.severity.rawValue)[\(about.id)]: "
        var result = Layout.paragraph(entry.finding.message, lead: lead, indent: 4, width: width)
        if let first = result.first {
            result[0] = styled(String(lead.dropLast(2)), style(about.severity)) + first.dropFirst(lead.count - 2)
        }
        let shown = appearance.isVerbose ? Report.maximumPlaces : 3
        for evidence in entry.finding.evidence.prefix(shown) { result += self.evidence(evidence, about.severity) }
        let more = entry.finding.places - min(shown, entry.finding.evidence.count)
        if more > 0, !entry.finding.evidence.isEmpty {
            result.append("   = and \(more) more place\(more == 1 ? "" : "s")")
        }
        if appearance.isVerbose || about.severity > .note { result += paragraph(about.why, lead: "   = why: ") }
        result += paragraph(about.remedy, lead: "   = do: ")
        result += paragraph(about.references.map(\.title).joined(separator: ", "), lead: "   = see: ")
        return result
    }

    private func evidence(_ evidence: Evidence, _ severity: Severity) -> [String] {
        let source = report.inspection.message.source
        switch evidence {
        case .answer(let answer, let label):
            return paragraph("\(label): \(answer.question) \(Rows.words(answer))", lead: "   = DNS: ")
        case .absence(let what):
            let end = source.place(of: report.inspection.message.header).upperBound
            return ["  --> line \(lines.position(of: max(0, end - 1)).line), end of the header: \(what)"]
        case .bytes(let range, let label):
            let excerpt = Excerpt(source.place(of: range), in: source, lines, columns: max(20, width - 10))
            let number = String(excerpt.line)
            let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number
            let blank = String(repeating: " ", count: gutter.count)
            let carets = String(repeating: "^", count: max(1, Layout.width(excerpt.marked)))
            let indent = String(repeating: " ", count: Layout.width(excerpt.before))
            return [
                "\(gutter) | \(excerpt.before)\(excerpt.marked)\(excerpt.after)",
                "\(blank) | \(indent)\(styled(carets, style(severity))) \(label.printable)",
            ]
        }
    }

    /// The source with a line of carets under each line that evidence stands in.
    private var source: [String] {
        let view = SourceView(report, lines)
        var result = [heading("The source, marked")]
        for row in view.rows {
            switch row {
            case .gap(let count): result.append("      … \(count) line\(count == 1 ? "" : "s") without evidence …")
            case .rest(let bytes): result.append("      … \(bytes) more bytes are not shown …")
            case .line(let number, let pieces):
                let gutter = String(repeating: " ", count: max(0, 5 - String(number).count)) + "\(number) | "
                let text = pieces.map { $0.text.replacing("\t", with: " ") }
                result.append(gutter + text.joined())
                guard pieces.contains(where: { !$0.marks.isEmpty }) else { continue }
                var carets = ""
                var ids: [String] = []
                for (piece, text) in zip(pieces, text) {
                    carets += String(repeating: piece.marks.isEmpty ? " " : "^", count: Layout.width(text))
                    for mark in piece.marks {
                        let id = report.entries[view.marks[mark].entry].about.id
                        if !ids.contains(id) { ids.append(id) }
                    }
                }
                while carets.hasSuffix(" ") { carets.removeLast() }
                result.append("      | " + styled(carets, .yellow) + " " + ids.joined(separator: ", "))
            }
        }
        return result
    }

    private var dns: [String] {
        guard !rows.questions.isEmpty else { return [] }
        return [heading("DNS questions asked") + ": \(rows.budget)"]
            + rows.questions.flatMap { paragraph("\($0.question): \($0.outcome)", lead: "  ") }
    }

    private var unchecked: [String] {
        guard !report.unchecked.isEmpty else { return [] }
        return [heading("Not checked")]
            + report.unchecked.flatMap { item in
                paragraph(
                    "\(item.what): \(item.isInconclusive ? "could not check: " : "")\(item.why)".printable, lead: "  - "
                )
            }
    }
}
