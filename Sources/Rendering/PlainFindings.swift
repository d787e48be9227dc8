import Content
import DNS
import Checks
import Inspection
import Mail
import Phrases

extension PlainRenderer {
    func finding(_ entry: Report.Entry) -> [String] {
        let about = entry.about
        let language = appearance.language
        let lead = "\(text(about.severity.phrase))[\(about.id)]: "
        var result = Layout.paragraph(text(entry.finding.sentence), lead: lead, indent: 4, width: width)
        if let first = result.first {
            result[0] = styled(String(lead.dropLast(2)), style(about.severity)) + first.dropFirst(lead.count - 2)
        }
        let shown = appearance.isVerbose ? Report.maximumEvidence : 3
        for evidence in entry.finding.evidence.prefix(shown) { result += self.evidence(evidence, about.severity) }
        let more = entry.finding.count - min(shown, entry.finding.evidence.count)
        if more > 0, !entry.finding.evidence.isEmpty {
            result.append("   = " + text("and \(more) more {1:place|places}"))
        }
        if appearance.isVerbose || about.severity > .note {
            result += paragraph(language.why(about), lead: "   = \(text("why")): ")
        }
        result += paragraph(language.remedy(about), lead: "   = \(text("do")): ")
        result += paragraph(about.references.map(\.title).joined(separator: ", "), lead: "   = \(text("see")): ")
        return result
    }

    private func evidence(_ evidence: Evidence, _ severity: Severity) -> [String] {
        let source = report.inspection.message.source
        switch evidence {
        case .answer(let answer, let label):
            return paragraph(
                text("\(label): \(words: answer.question.description) \(Rows.words(answer))"), lead: "   = DNS: ")
        case .absence(let what):
            let end = source.inputRange(of: report.inspection.message.header).upperBound
            let line = lines.position(of: max(0, end - 1)).line
            return ["  --> \(text("line \(line), end of the header")): \(text(what))"]
        case .bytes(let range, let label):
            let excerpt = Excerpt(source.inputRange(of: range), in: source, lines, columns: max(20, width - 10))
            let number = String(excerpt.line)
            let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number
            let blank = String(repeating: " ", count: gutter.count)
            let carets = String(repeating: "^", count: max(1, Layout.width(excerpt.marked)))
            let indent = String(repeating: " ", count: Layout.width(excerpt.before))
            return [
                "\(gutter) | \(excerpt.before)\(excerpt.marked)\(excerpt.after)",
                "\(blank) | \(indent)\(styled(carets, style(severity))) \(text(label))",
            ]
        }
    }

    /// The source with a line of carets under each line that evidence stands in.
    var source: [String] {
        let view = SourceView(report, lines, in: appearance.language)
        var result = [heading("The source, marked")]
        for row in view.rows {
            switch row {
            case .gap(let count):
                result.append(
                    "      " + text("… \(count) {1:line|lines} without evidence …"))
            case .rest(let bytes): result.append("      " + text("… \(bytes) more {1:byte is|bytes are} not shown …"))
            case .line(let number, let pieces):
                let gutter = String(repeating: " ", count: max(0, 5 - String(number).count)) + "\(number) | "
                let shown = pieces.map { $0.text.replacing("\t", with: " ") }
                result.append(gutter + shown.joined())
                guard pieces.contains(where: { !$0.marks.isEmpty }) else { continue }
                var carets = ""
                var ids: [String] = []
                for (piece, text) in zip(pieces, shown) {
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
}
