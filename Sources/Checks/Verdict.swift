import Delivery
import Inspection
import Mail
package import Phrases

/// What the report concludes.
package struct Verdict: Sendable {
    /// A closed list; the raw value is the id in JSON.
    package enum Kind: String, CaseIterable, Sendable {
        case forged
        case suspicious
        case unusual
        case nothingFound = "nothing-found"
        case cannotSay = "cannot-say"
    }

    package let kind: Kind
    package let sentence: Phrase
    /// The findings that it rests on, the weightiest first; three at most.
    package let reasons: [Report.Entry]
    /// Why more could not be said; empty for most messages.
    package let missing: [Phrase]
    /// What to do now, in order.
    package let advice: [Phrase]
}

extension Verdict {
    /// What of a message decides its verdict.
    struct Grounds {
        /// Findings by topic and severity; syntax never makes a message suspicious by itself.
        var alarms: Set<Topic> = []
        var warnings: [Topic] = []
        var cautions: [Topic] = []
        /// What would have decided and was not to be had.
        var missing: [Phrase] = []
        /// Whether there is a header section: without one there is nobody to be judged.
        var isMessage = true

        func count(_ topics: [Topic], in list: [Topic]) -> Int { list.count { topics.contains($0) } }
    }

    /// One row of the table: the first row that applies gives the verdict.
    struct Rule: Sendable {
        let name: String
        let kind: Kind
        let applies: @Sendable (Grounds) -> Bool
    }

    /// Topics that say who is behind a message.
    private static let origin: [Topic] = [.identity, .trace, .authentication, .domain]

    static let rules: [Rule] = [
        Rule(name: "no message", kind: .cannotSay) { !$0.isMessage },
        Rule(name: "an alarm about the origin", kind: .forged) { !$0.alarms.isDisjoint(with: origin) },
        Rule(name: "three warnings, two of them about the origin", kind: .forged) {
            $0.warnings.count { $0 != .syntax } >= 3 && $0.count(origin, in: $0.warnings) >= 2
        },
        Rule(name: "an alarm about the content", kind: .suspicious) { !$0.alarms.isEmpty },
        Rule(name: "a warning that is not about syntax", kind: .suspicious) { $0.warnings.contains { $0 != .syntax } },
        Rule(name: "three cautions that are not about syntax", kind: .suspicious) {
            $0.cautions.count { $0 != .syntax } >= 3
        },
        Rule(name: "a warning or a caution", kind: .unusual) { !$0.warnings.isEmpty || !$0.cautions.isEmpty },
        Rule(name: "what would decide is missing", kind: .cannotSay) { !$0.missing.isEmpty },
        Rule(name: "nothing found", kind: .nothingFound) { _ in true },
    ]

    static func kind(_ grounds: Grounds) -> Kind { rules.first { $0.applies(grounds) }?.kind ?? .cannotSay }

    init(_ entries: [Report.Entry], _ inspection: Inspection) {
        var grounds = Grounds()
        for entry in entries {
            switch entry.about.severity {
            case .alarm: grounds.alarms.insert(entry.about.topic)
            case .warning: grounds.warnings.append(entry.about.topic)
            case .caution: grounds.cautions.append(entry.about.topic)
            case .note: break
            }
        }
        grounds.missing = Self.missing(inspection)
        grounds.isMessage = !inspection.message.fields.isEmpty
        let kind = Self.kind(grounds)
        self.kind = kind
        missing = grounds.missing
        sentence = Self.sentence(kind, grounds.missing)
        reasons = kind == .nothingFound || kind == .cannotSay ? [] : Self.reasons(entries)
        advice = Self.advice(kind)
    }

    /// Entries come sorted by severity; what is about syntax speaks last, and notes only of identity.
    private static func reasons(_ entries: [Report.Entry]) -> [Report.Entry] {
        var (weighty, others, notes): ([Int], [Int], [Int]) = ([], [], [])
        for index in entries.indices {
            let isSyntax = entries[index].about.topic == .syntax
            if entries[index].about.severity > .note {
                if isSyntax { others.append(index) } else { weighty.append(index) }
            } else if entries[index].about.topic == .identity {
                notes.append(index)
            }
        }
        return (weighty + others + notes).prefix(3).map { entries[$0] }
    }

    private static func missing(_ inspection: Inspection) -> [Phrase] {
        var missing: [Phrase] = []
        if inspection.message.fields.isEmpty {
            let isUTF16 = [[0xFF, 0xFE], [0xFE, 0xFF]].contains { inspection.message.source.bytes.starts(with: $0) }
            let what: Phrase =
                isUTF16
                ? "the input is UTF-16 text, which no message is: save the source as it was sent"
                : "there is no header section: this may be no message"
            return [what]
        }
        if inspection.message.isHeaderOnly { missing.append("there is only a header, no body") }
        if !inspection.isSent { missing.append("the message has not been sent yet: it has no Received field") }
        let results = inspection.transcript.map(\.result)
        if inspection.isOffline
            || (!results.isEmpty && results.allSatisfy { if case .failure = $0 { true } else { false } })
        {
            missing.append("DNS was not asked, or did not answer")
        } else if let author = inspection.identities.authorDomain?.value, let facts = inspection.domains[author],
            case .unknown = facts.reception
        {
            missing.append("DNS did not say whether \(author) exists")
        }
        return missing
    }

    private static func sentence(_ kind: Kind, _ missing: [Phrase]) -> Phrase {
        switch kind {
        case .forged: "There are strong signs that this message is not from whom it says."
        case .suspicious: "Something about this message is suspicious: ask the sender another way before you act on it."
        case .unusual: "This message is odd in ways that honest messages can be, too."
        case .nothingFound: "No signs of forgery were found; that is no proof that the message is honest."
        case .cannotSay: "It cannot be said whether this message is honest: \(Phrase.joined(missing, by: "; "))."
        }
    }

    private static func advice(_ kind: Kind) -> [Phrase] {
        let already: Phrase = """
            If you already clicked, answered or paid: change the password that you typed, call your bank, and tell \
            whoever looks after your computer.
            """
        return switch kind {
        case .forged:
            [
                "Do not click, answer, open or pay anything in it.", "Report it to your mail provider, then delete it.",
                already,
            ]
        case .suspicious:
            [
                "Ask the sender in another way, by a number or address that you had before.",
                "Until then do not click, answer, open or pay anything in it.", already,
            ]
        case .unusual:
            [
                "If it asks for money, passwords or haste, ask the sender in another way first.", already,
            ]
        case .nothingFound:
            ["Judge what it asks of you as you would any message.", already]
        case .cannotSay:
            [
                "Inspect the complete source of the message, with DNS, as your mailbox has it.",
                "If it asks for money, passwords or haste, ask the sender in another way first.", already,
            ]
        }
    }
}
