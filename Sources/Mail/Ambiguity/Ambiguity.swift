public import Phrases

/// A place that common readers read differently. ``Part`` and the fields follow one documented rule; this names the others, and what
/// a reader that follows them shows.
///
/// What passes one reader's checks and is shown otherwise by another is how messages deceive: J. Chen, V. Paxson, J. Jiang,
/// "Composition Kills", USENIX Security 2020; J. Zhang et al., "Inbox Invasion", CCS 2024.
public struct Ambiguity: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Who is shown as the author.
        case author
        /// Whether a line is a field, and which one.
        case field
        /// Where the header section ends.
        case headerEnd = "header-end"
        /// What kind of body it is.
        case mediaType = "media-type"
        /// How the body is encoded.
        case transferEncoding = "transfer-encoding"
        /// What divides a multipart, and where.
        case boundary
        /// What a file is called.
        case fileName = "file-name"
        /// Where the encoded data end, or what they are.
        case data
    }

    /// One way to read the place.
    public struct Reading: Hashable, Sendable {
        /// The rule that leads to it: "the last of several".
        public let rule: Phrase
        /// What it shows: the message's own words, or what is to be said of them.
        public let shows: Phrase
    }

    public let kind: Kind
    /// The bytes of the message that are read differently.
    public let range: ByteRange
    /// What is ambiguous, as a sentence begins: "the author".
    public let subject: Phrase
    /// Ours first, and then at least one that differs.
    public let readings: [Reading]

    /// `nil` when all readings show the same.
    init?(_ kind: Kind, _ subject: Phrase, at range: ByteRange, _ readings: [Reading]) {
        var distinct: [Reading] = []
        for reading in readings where !distinct.contains(where: { $0.shows == reading.shows }) {
            distinct.append(reading)
        }
        guard distinct.count > 1 else { return nil }
        self.kind = kind
        self.range = range
        self.subject = subject
        self.readings = distinct
    }
}

extension Ambiguity.Reading {
    init(_ rule: Phrase, _ shows: Phrase) {
        self.rule = rule
        self.shows = shows
    }

    /// What it shows is the message's own text.
    init(_ rule: Phrase, text: String) {
        self.rule = rule
        shows = Phrase(Words(text))
    }
}

extension Message {
    /// Every place where common readers differ, in the order of the message; at most 500 of them.
    public var ambiguities: [Ambiguity] {
        var all = AuthorReadings(self).ambiguities + HeaderReadings(self).ambiguities
        // Bodies lie within bodies: what is looked at stays in proportion to the message.
        var budget = 8 * source.bytes.count + (1 << 20)
        for part in parts where all.count < 500 {
            all += FieldReadings(part).ambiguities
            if part.body.count < budget {
                budget -= part.body.count
                all += BoundaryReadings(part, isDivided: !part.delimiters.isEmpty).ambiguities
            }
            all += FileNameReadings(part).ambiguities
            all += DataReadings(part).ambiguities
        }
        return all.prefix(500).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }
}

extension Part {
    /// The fields of this name, which is in lower case.
    func fields(ascii name: StaticString) -> [HeaderField] {
        fields.filter { $0.isNamed(ascii: name, in: source.bytes) }
    }

    /// A field's value on one line, without the blanks around it.
    func trimmedText(_ range: ByteRange) -> String {
        String(source.decodedText(range, charset: charset?.charset).drop { $0 == " " || $0 == "\t" })
    }
}
