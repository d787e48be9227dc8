import Content
import DNS
package import Inspection
import Mail
import Phrases

/// An inspection together with what the checks found, and what it comes to.
package struct Report: Sendable {
    /// A finding, and the check that made it.
    package struct Entry: Sendable {
        package let about: About
        package let finding: Finding
        /// The index among the report's entries.
        package let number: Int
    }

    /// How much evidence one finding shows; all of it is counted.
    package static let maximumEvidence = 200
    /// How many findings of one check are shown; all are counted.
    package static let maximumFindings = 20
    /// How much evidence all findings show together.
    static let maximumEvidenceInAll = 2_000

    package let inspection: Inspection
    /// The weightiest first; in one severity, in the order of the catalogue.
    package let entries: [Entry]
    /// Checks with more findings than are shown, and how many more.
    package let omitted: [(id: String, count: Int)]
    package let verdict: Verdict
    /// Checks that the user does not want to hear of.
    package let ignored: [String]
    /// Which message of the input this is about.
    package let subject: Subject
    /// What the messages around and inside of the subject come to.
    package let others: [Report]

    /// Which message it is among those of an input.
    package enum Subject: Hashable, Sendable {
        /// The input itself.
        case whole
        /// The message that the part is, with this number.
        case part(Int)
        /// What somebody has pasted into the text.
        case pasted
    }

    package init(
        _ inspection: Inspection, subject: Subject = .whole, others: [Report] = [], checks: [any Check] = allChecks,
        ignoring ignored: Set<String> = []
    ) {
        self.subject = subject
        self.others = others
        var bySeverity = [[(about: About, finding: Finding)]](repeating: [], count: Severity.allCases.count)
        var omitted: [(id: String, count: Int)] = []
        for check in checks {
            if !ignored.isEmpty, ignored.contains(check.about.id) { continue }
            let findings = check.findings(in: inspection)
            guard !findings.isEmpty else { continue }
            let about = check.about
            let rank = about.severity.rank
            for finding in findings.prefix(Self.maximumFindings) {
                bySeverity[rank].append((about, finding))
            }
            if findings.count > Self.maximumFindings {
                omitted.append((about.id, findings.count - Self.maximumFindings))
            }
        }
        var left = Self.maximumEvidenceInAll
        entries = bySeverity.reversed().joined().enumerated().map { number, entry in
            let shown = entry.finding.evidence.prefix(max(1, min(Self.maximumEvidence, left)))
            left -= shown.count
            if shown.count == entry.finding.evidence.count {
                return Entry(about: entry.about, finding: entry.finding, number: number)
            }
            return Entry(
                about: entry.about,
                finding: Finding(entry.finding.sentence, Array(shown), count: entry.finding.count), number: number)
        }
        self.inspection = inspection
        self.omitted = omitted
        self.ignored = ignored.sorted()
        verdict = Verdict(self.entries, inspection)
    }

    /// The weightiest severity found in the subject.
    package var worst: Severity? { entries.first?.about.severity }

    /// The weightiest severity found in all messages of the input.
    package var worstOfAll: Severity? { ([worst] + others.map(\.worst)).compactMap { $0 }.max() }

    /// What could not be, or was not, looked at, and why.
    package var unchecked: [Unchecked] { Unchecked.all(inspection) }
}
