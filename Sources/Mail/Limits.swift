/// How much of a message is read before the rest is kept unread.
///
/// A limit that is hit is reported as a ``LimitHit``; it never makes reading fail.
public struct Limits: Sendable {
    public enum Name: Int, CaseIterable, Sendable {
        /// Bytes of one input.
        case input
        /// Parts within parts.
        case nesting
        /// Messages that stand encoded in others, one in the other.
        case encodedMessages
        /// Parts of one message, at all depths.
        case parts
        /// Header fields of one header section.
        case fields
        /// Bytes of one field that are parsed.
        case fieldSize
        /// Addresses of one field.
        case addresses
        /// Parameters of one field.
        case parameters
        /// Bytes of one body that are decoded.
        case decodedBody
        /// Bytes of HTML that are read, in one part.
        case html
        /// Elements within elements.
        case htmlDepth
        /// Elements of one HTML part.
        case htmlElements
        /// Attributes of one tag.
        case htmlAttributes
        /// Links of one message.
        case links
        /// Entries of one archive, those of archives inside of it counted.
        case archiveEntries
        /// Bytes that are unpacked of one archive, or of one document.
        case archiveBytes
        /// How many times as large as an archive what is unpacked of it may be, from 1 MiB on.
        case archiveRatio
        /// Pixels of one picture that is searched for codes.
        case pixels

        /// What users call it: `field-size`.
        public var id: String {
            switch self {
            case .input: "input"
            case .nesting: "nesting"
            case .encodedMessages: "encoded-messages"
            case .parts: "parts"
            case .fields: "fields"
            case .fieldSize: "field-size"
            case .addresses: "addresses"
            case .parameters: "parameters"
            case .decodedBody: "decoded-body"
            case .html: "html"
            case .htmlDepth: "html-depth"
            case .htmlElements: "html-elements"
            case .htmlAttributes: "html-attributes"
            case .links: "links"
            case .archiveEntries: "archive-entries"
            case .archiveBytes: "archive-bytes"
            case .archiveRatio: "archive-ratio"
            case .pixels: "pixels"
            }
        }

        fileprivate var standard: Int {
            switch self {
            case .nesting: 64
            case .encodedMessages: 3
            case .parts, .fields: 10_000
            case .fieldSize: 256 << 10
            case .addresses, .links: 5_000
            case .parameters, .htmlAttributes: 128
            case .input, .decodedBody: 64 << 20
            case .html: 16 << 20
            case .htmlDepth: 250
            case .htmlElements: 50_000
            case .archiveEntries: 1_000
            case .archiveBytes: 25 << 20
            case .archiveRatio: 100
            case .pixels: 25_000_000
            }
        }
    }

    private var values = Name.allCases.map(\.standard)

    public init() {}

    public subscript(name: Name) -> Int {
        get { values[name.rawValue] }
        set { values[name.rawValue] = newValue }
    }
}

/// A limit that was hit, and what was left unread because of it.
public struct LimitHit: Hashable, Sendable {
    public let name: Limits.Name
    public let limit: Int
    /// The bytes that were not read.
    public let unread: ByteRange

    public init(_ name: Limits.Name, of limits: Limits, unread: ByteRange) {
        self.name = name
        self.limit = limits[name]
        self.unread = unread
    }
}
