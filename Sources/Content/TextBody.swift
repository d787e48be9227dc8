public import Mail

/// A text part with its transfer encoding and charset undone.
public struct TextBody: Sendable {
    public let part: Part
    /// Well-formed UTF-8.
    public let utf8: [UInt8]
    /// The charset the text was read in.
    public let charset: Charset
    /// How many places could not be read in it, and became U+FFFD.
    public let replacements: Int
    /// Whether the part names a charset that is not known.
    public let isUnknownCharset: Bool
    public let body: DecodedBody

    public var text: String { String(decoding: utf8, as: UTF8.self) }

    /// Reads the part in the charset it declares. Without one, or with one that is not known, a body that is UTF-8 is
    /// read as that, any other as windows-1252.
    public init(_ part: Part) {
        self.part = part
        let body = part.decoded()
        let declared = part.charset
        isUnknownCharset = declared != nil && declared?.charset == nil
        charset = declared?.charset ?? (Self.isUTF8(body.bytes) ? .utf8 : .windows1252)
        // "us-ascii" is read as windows-1252; what is UTF-8 all the same was mislabelled.
        let decoded = charset.decode(body.bytes[...])
        utf8 = decoded.utf8
        replacements = decoded.replacements
        self.body = body
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// The bytes of the message that each of these stretches of ``utf8`` came from.
    public func places(of ranges: [ByteRange]) -> [ByteRange] {
        guard !ranges.isEmpty else { return [] }
        let mapped = part.decoded(mapped: true)
        let (_, map) = charset.decodeMapped(mapped.bytes[...])
        return ranges.map { range in mapped.map.encoded(map.encoded(range)) }
    }
}
