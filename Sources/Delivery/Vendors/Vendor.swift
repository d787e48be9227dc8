package import Mail
package import Phrases

/// What one family of spam filters writes into the header of what it has looked at.
package protocol Vendor: Sendable {
    /// The filter's name.
    var name: String { get }
    /// The fields that it writes; the verdicts stand in their order.
    var fields: [HeaderField.Name] { get }
    /// Those of them that are worth a word where the filter is not the receiver's.
    var fieldsToDoubt: [HeaderField.Name] { get }
    /// Fields as it writes them, and what is to be read.
    var samples: [VendorSample] { get }
    /// What one of its fields says; `nil` when that is nothing of its kind.
    func read(_ field: HeaderField, _ message: Message) -> VendorVerdict?
    /// Whether the servers of a domain write the field at any place, and take it off what comes from outside.
    func owns(_ field: HeaderField, in message: Message, at home: Domain) -> Bool
}

extension Vendor {
    package var fieldsToDoubt: [HeaderField.Name] { [] }
    package func owns(_: HeaderField, in _: Message, at _: Domain) -> Bool { false }
}

/// What a filter wrote about a message in one field. Whether it is to be believed, the field does not tell.
package struct VendorVerdict: Sendable {
    /// A number in the vendor's own scale, which is comparable with no other's.
    package struct Score: Sendable, Equatable {
        package let value: Double
        /// From where on the filter takes a message for spam, or refuses it; `nil` where the field does not say.
        package let threshold: Double?
    }

    package let vendor: any Vendor
    package let field: HeaderField
    /// What the field is called.
    package let name: HeaderField.Name
    /// Whether the filter took the message for spam; `nil` when the field does not say.
    package let isSpam: Bool?
    package let score: Score?
    /// What else the field says, in its order.
    package let notes: [VendorNote]
    /// How many more it says.
    package let notesLeftOut: Int
    /// The verdict in a few words.
    package let summary: Phrase

    init(
        _ vendor: any Vendor, _ text: VendorText, isSpam: Bool?, score: Score? = nil,
        notes: VendorNotes = VendorNotes(),
        summary: Phrase? = nil
    ) {
        (self.vendor, field, name, self.isSpam, self.score) = (vendor, text.field, text.name, isSpam, score)
        (self.notes, notesLeftOut) = (notes.all, notes.leftOut)
        self.summary = summary ?? text.beginning
    }
}

/// One thing that a filter says, and what it means.
package struct VendorNote: Sendable {
    /// How the meaning is known.
    package enum Certainty: String, Sendable {
        /// The vendor says so.
        case documented
        /// Many messages say so.
        case reverseEngineered = "reverse-engineered"
        case guess
    }

    package let key: Words
    package let value: Words
    /// What it means; `nil` when that is not known, or the value says it.
    package let meaning: Phrase?
    package let certainty: Certainty
    /// Where key and value stand.
    package let range: ByteRange
}

/// The notes of a field while it is read; only so many are kept, for anyone can write fields.
struct VendorNotes {
    private(set) var all: [VendorNote] = []
    private(set) var leftOut = 0

    private static let limit = 256

    mutating func add(
        _ key: String, _ value: String, _ meaning: Phrase? = nil, _ certainty: VendorNote.Certainty = .documented,
        at range: ByteRange
    ) {
        guard all.count < Self.limit else {
            leftOut += 1
            return
        }
        all.append(
            VendorNote(
                key: Words(key, limit: 64), value: Words(value, limit: 256), meaning: meaning, certainty: certainty,
                range: range))
    }
}

/// A field, and what is to be read in it.
package struct VendorSample: Sendable {
    package let field: String
    package let isSpam: Bool?
    package let score: VendorVerdict.Score?
    /// Keys and values, with an asterisk before those whose meaning is known: `*SFV:SPM`.
    package let notes: [String]

    init(_ field: String, isSpam: Bool? = nil, score: Double? = nil, of threshold: Double? = nil, notes: [String] = [])
    {
        (self.field, self.isSpam, self.notes) = (field, isSpam, notes)
        self.score = score.map { VendorVerdict.Score(value: $0, threshold: threshold) }
    }
}
