package import DNS
import Inspection
import Inspection
package import Mail
package import Phrases

/// One thing that a check has to say about one message.
package struct Finding: Sendable {
    /// What is: one sentence about this message that stands alone, without a full stop.
    package let sentence: Phrase
    /// What it rests on; the first piece is the main one.
    package let evidence: [Evidence]
    /// How many places there are in all; more than `evidence` shows when they are many.
    package let count: Int

    /// The sentence in English.
    package var message: String { sentence.description }

    package init(_ sentence: Phrase, _ evidence: Evidence...) { self.init(sentence, evidence) }

    package init(_ sentence: Phrase, _ evidence: [Evidence], count: Int? = nil) {
        self.sentence = sentence
        self.evidence = evidence
        self.count = count ?? evidence.count
    }
}

/// What a finding rests on: bytes of the message, an answer from DNS, or that something is not there.
package enum Evidence: Hashable, Sendable {
    /// A range of the message's source as it is read.
    case bytes(ByteRange, label: Phrase)
    case answer(Answer, label: Phrase)
    /// What is missing from the header section.
    case absence(Phrase)

    package static func at<Value>(_ located: Located<Value>, _ label: Phrase) -> Self {
        .bytes(located.range, label: label)
    }
}

/// How rare a thing is in honest mail.
package enum Severity: String, Comparable, CaseIterable, Sendable {
    /// Honest mail has it daily.
    case note
    /// In at most 10 % of honest messages.
    case caution
    /// In at most 2 %.
    case warning
    /// In at most 0.5 %.
    case alarm

    /// The weightier, the greater.
    var rank: Int {
        switch self {
        case .note: 0
        case .caution: 1
        case .warning: 2
        case .alarm: 3
        }
    }
    package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// A clause of a specification, or another page that says why.
package struct Reference: Hashable, Sendable {
    package let title: String
    package let url: String

    package static func rfc(_ number: Int, _ section: String) -> Self {
        Self(
            title: "RFC \(number) §\(section)", url: "https://www.rfc-editor.org/rfc/rfc\(number)#section-\(section)")
    }

    package static func page(_ title: String, _ url: String) -> Self { Self(title: title, url: url) }
}

extension Client {
    /// The address as evidence, when it stands in the message.
    func addressEvidence(_ label: Phrase) -> [Evidence] { addressRange.map { [.bytes($0, label: label)] } ?? [] }
}
