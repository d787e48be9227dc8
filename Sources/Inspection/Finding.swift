public import DNS
public import Mail

/// One thing that a check has to say about one message.
public struct Finding: Sendable {
    /// What is: one sentence about this message that stands alone, without a full stop.
    public let sentence: Sentence
    /// What it rests on; the first piece is the main one.
    public let evidence: [Evidence]
    /// How many places there are in all; more than `evidence` shows when they are many.
    public let places: Int

    /// The sentence in English.
    public var message: String { sentence.description }

    public init(_ sentence: Sentence, _ evidence: Evidence...) { self.init(sentence, evidence) }

    public init(_ sentence: Sentence, _ evidence: [Evidence], places: Int? = nil) {
        self.sentence = sentence
        self.evidence = evidence
        self.places = places ?? evidence.count
    }
}

/// What a finding rests on: bytes of the message, an answer from DNS, or that something is not there.
public enum Evidence: Hashable, Sendable {
    /// A range of the message's source as it is read.
    case bytes(ByteRange, label: String)
    case answer(Answer, label: String)
    /// What is missing from the header section.
    case absence(String)

    public static func at<Value>(_ located: Located<Value>, _ label: String) -> Self {
        .bytes(located.range, label: label)
    }
}

/// How rare a thing is in honest mail.
public enum Severity: String, Comparable, CaseIterable, Sendable {
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
    public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// A clause of a specification, or another page that says why.
public struct Reference: Hashable, Sendable {
    public let title: String
    public let url: String

    public static func rfc(_ number: Int, _ section: String) -> Self {
        Self(
            title: "RFC \(number) §\(section)", url: "https://www.rfc-editor.org/rfc/rfc\(number)#section-\(section)")
    }

    public static func page(_ title: String, _ url: String) -> Self { Self(title: title, url: url) }
}
