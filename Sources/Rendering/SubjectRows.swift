import Content
import Checks
import Inspection
import Mail
import Phrases

/// What another message of the same input comes to.
struct OtherRow {
    /// `The message around it: "Fwd: Invoice" from ann@example.com`
    let title: Phrase
    let kind: Verdict.Kind
    let sentence: Phrase
    /// Its warnings and alarms that the report has not told already.
    let warnings: [(severity: Severity, message: Phrase)]
}

extension Rows {
    /// Which message of the input this is about; `nil` when there is one only.
    var subjectLine: Phrase? {
        guard !report.others.isEmpty || report.subject != .whole else { return nil }
        return switch report.subject {
        case .whole: "This is about the message itself; another one stands inside."
        case .part(let part): "This is about the message inside (part \(part)): \(title(report))."
        case .pasted: "This is about the message that is pasted into the text: \(title(report))."
        }
    }

    /// For programs: `whole`, `part 3`, `pasted`.
    var subjectName: String {
        switch report.subject {
        case .whole: "whole"
        case .part(let part): "part \(part)"
        case .pasted: "pasted"
        }
    }

    var others: [OtherRow] {
        let told = Set(report.entries.map(\.finding.sentence))
        return report.others.map { other in
            let name: Phrase =
                switch other.subject {
                case .whole: "The message around it"
                case .part(let part): "The message inside (part \(part))"
                case .pasted: "The message in the text"
                }
            return OtherRow(
                title: "\(name): \(title(other))", kind: other.verdict.kind,
                sentence: other.verdict.sentence,
                warnings: other.entries.filter { $0.about.severity >= .warning && !told.contains($0.finding.sentence) }
                    .prefix(5).map { ($0.about.severity, $0.finding.sentence) })
        }
    }

    /// `"Invoice" from ann@example.com`
    private func title(_ report: Report) -> Phrase {
        let message = report.inspection.message
        let subject = message.values(.subject).first.map { line($0.value.text.value.defanged, 80) }
        let author: Phrase = report.inspection.identities.author.map { Phrase(line($0.value.spec, 100)) } ?? "nobody"
        guard let subject, !subject.description.isEmpty else { return "no subject from \(author)" }
        return "\"\(subject)\" from \(author)"
    }
}
