import Content
import DNS
import Mail

/// An inspection together with what the checks found, and what it comes to.
public struct Report: Sendable {
    /// A finding, and the check that made it.
    public struct Entry: Sendable {
        public let about: About
        public let finding: Finding
    }

    /// How many places one finding shows; all are counted.
    public static let maximumPlaces = 200
    /// How many findings of one check are shown; all are counted.
    public static let maximumFindings = 20
    /// How many places all findings show together.
    static let maximumPlacesInAll = 2_000

    public let inspection: Inspection
    /// The weightiest first; in one severity, in the order of the catalogue.
    public let entries: [Entry]
    /// Checks with more findings than are shown, and how many more.
    public let omitted: [(id: String, count: Int)]
    public let verdict: Verdict
    /// Checks that the user does not want to hear of.
    public let ignored: [String]
    /// Which message of the input this is about.
    public let subject: Subject
    /// What the messages around and inside of the subject come to.
    public let others: [Report]

    /// The place of a message among those of an input.
    public enum Subject: Hashable, Sendable {
        /// The input itself.
        case whole
        /// The message that the part is, with this number.
        case part(Int)
        /// What somebody has pasted into the text.
        case pasted
    }

    public init(
        _ inspection: Inspection, subject: Subject = .whole, others: [Report] = [], checks: [any Check] = allChecks,
        ignoring ignored: Set<String> = []
    ) {
        self.subject = subject
        self.others = others
        var bySeverity = [[Entry]](repeating: [], count: Severity.allCases.count)
        var omitted: [(id: String, count: Int)] = []
        for check in checks {
            if !ignored.isEmpty, ignored.contains(check.about.id) { continue }
            let findings = check.findings(in: inspection)
            guard !findings.isEmpty else { continue }
            let about = check.about
            let rank = about.severity.rank
            for finding in findings.prefix(Self.maximumFindings) {
                bySeverity[rank].append(Entry(about: about, finding: finding))
            }
            if findings.count > Self.maximumFindings {
                omitted.append((about.id, findings.count - Self.maximumFindings))
            }
        }
        var left = Self.maximumPlacesInAll
        entries = bySeverity.reversed().joined().map { entry in
            let shown = entry.finding.evidence.prefix(max(1, min(Self.maximumPlaces, left)))
            left -= shown.count
            if shown.count == entry.finding.evidence.count { return entry }
            return Entry(
                about: entry.about,
                finding: Finding(entry.finding.sentence, Array(shown), places: entry.finding.places))
        }
        self.inspection = inspection
        self.omitted = omitted
        self.ignored = ignored.sorted()
        verdict = Verdict(self.entries, inspection)
    }

    /// The weightiest severity found in the subject.
    public var worst: Severity? { entries.first?.about.severity }

    /// The weightiest severity found in all messages of the input.
    public var worstOfAll: Severity? { ([worst] + others.map(\.worst)).compactMap { $0 }.max() }

    /// What could not be, or was not, looked at, and why.
    public var unchecked: [Unchecked] { Unchecked.all(inspection) }
}
