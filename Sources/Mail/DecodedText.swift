import CUchardet

/// A text part with its transfer encoding and charset undone.
public struct DecodedText: Sendable {
    public let part: Part
    public let body: DecodedBody
    /// Well-formed UTF-8.
    public let utf8: [UInt8]
    /// What the part declares: the label, and the charset if the label is known.
    public let declared: (label: Located<String>, charset: Charset?)?
    /// The charset the text was read in.
    public let used: Charset
    /// What the bytes look like, where what is declared does not tell: there is no label, it is not known, or the bytes are
    /// not of that charset.
    public let guessed: Charset?
    /// How many places could not be read in the charset used, and became U+FFFD.
    public let replacements: Int
    /// The library that it takes to read the text, or to say what it is in, and that is not there.
    public let missing: Library?

    public var text: String { String(decoding: utf8, as: UTF8.self) }

    /// Reads the part in the charset it declares. Without one that is known, or when its bytes are not of that charset, a body
    /// that is UTF-8 is read as that, any other in the charset it looks like, or else as windows-1252.
    init(_ part: Part, mapped: Bool) {
        self.part = part
        let body = part.decoded(mapped: mapped)
        self.body = body
        declared = part.charset
        let bytes = body.bytes
        let isPlain = bytes[...].isASCII
        // A label of ASCII is read as windows-1252, as the web does; it promises no 8-bit bytes and no escapes.
        let isASCIILabel =
            declared.map { $0.label.value.utf8.equalsASCII("us-ascii") || $0.label.value.isEmpty } ?? true
        guard let label = declared?.charset, !isASCIILabel || (isPlain && !bytes.contains(0x1B)) else {
            var cannotGuess = false
            let guess = Charset.guess(bytes, isMissing: &cannotGuess)
            used = guess ?? declared?.charset ?? (isPlain ? .utf8 : .windows1252)
            guessed = guess
            let decoded = used.decode(bytes)
            (utf8, replacements) = (decoded.utf8, decoded.replacements)
            missing = decoded.isUnread ? .icu : cannotGuess ? .uchardet : nil
            return
        }
        // Text in a charset of one byte a character is never UTF-8 by accident.
        if !isPlain, label.isSingleByte, bytes[...].isUTF8 {
            (used, guessed, utf8, replacements, missing) = (.utf8, .utf8, bytes, 0, nil)
            return
        }
        let decoded = label.decode(bytes)
        // What is guessed is taken only when it explains every byte.
        var cannotGuess = false
        let guess = decoded.replacements > 0 ? Charset.guess(bytes, isMissing: &cannotGuess) : nil
        if let guess, guess != label {
            let other = guess.decode(bytes)
            if other.replacements == 0 {
                (used, guessed, utf8, replacements) = (guess, guess, other.utf8, 0)
                missing = other.isUnread ? .icu : nil
                return
            }
        }
        (used, guessed, utf8, replacements) = (label, guess, decoded.utf8, decoded.replacements)
        missing = decoded.isUnread ? .icu : cannotGuess ? .uchardet : nil
    }

    /// Leads from stretches of a text in UTF-8 to the bytes of the message that they came from.
    public struct RangeMap: Sendable {
        fileprivate let source: Source
        /// What undid the transfer encoding, and the charset where that changed the bytes.
        fileprivate let encoding: OffsetMap
        fileprivate let charset: OffsetMap?

        public func messageRange(of range: ByteRange) -> ByteRange {
            source.outermost(encoding.encoded(charset?.encoded(range) ?? range))
        }
    }

    /// The map of ``utf8``. Most often the text is read once more to make it.
    public func rangeMap() -> RangeMap {
        let mapped = body.notes.isMapped ? body : part.decoded(mapped: true)
        let isIdentity = used.isIdentity(mapped.bytes[...], decoded: utf8.count, replacements: replacements)
        return RangeMap(
            source: part.source, encoding: mapped.map,
            charset: isIdentity ? nil : used.decodeMapped(mapped.bytes[...]).map)
    }

    /// The bytes of the message that each of these stretches of ``utf8`` came from.
    public func ranges(of ranges: [ByteRange]) -> [ByteRange] {
        guard !ranges.isEmpty else { return [] }
        let map = rangeMap()
        return ranges.map(map.messageRange(of:))
    }
}

extension Part {
    /// The text of the part in UTF-8, with what it took to read it; `mapped` when ranges of it will be asked for.
    public func decodedText(mapped: Bool = false) -> DecodedText { DecodedText(self, mapped: mapped) }
}

extension Charset {
    /// What bytes look like: `nil` for ASCII, and when there is no telling.
    public static func guess(_ bytes: [UInt8]) -> Charset? {
        var isMissing = false
        return guess(bytes, isMissing: &isMissing)
    }

    /// The same; `isMissing` becomes true when the library that could tell is not there.
    public static func guess(_ bytes: [UInt8], isMissing: inout Bool) -> Charset? {
        // The charsets of ISO 2022 are 7-bit, and full of escapes.
        let plain = min(bytes[...].asciiPrefix, bytes.firstOffset(of: 0x1B, in: 0..<bytes.count) ?? bytes.count)
        guard plain < bytes.count else { return nil }
        if bytes[plain] != 0x1B, bytes[...].isUTF8 { return .utf8 }
        // The surroundings of 8-bit bytes are enough to tell languages apart, and the library is slow.
        var sample: [UInt8] = []
        var position = plain
        while position < bytes.count, sample.count < 2048 {
            let end = min(bytes.count, position + (bytes[plain] == 0x1B ? 2048 : 96))
            sample += bytes[max(0, position - 32)..<end]
            position = end + bytes[end...].asciiPrefix
        }
        var name = [CChar](repeating: 0, count: 64)
        let isFound = sample.withUnsafeBufferPointer { buffer in
            backstamp_guess_charset(buffer.baseAddress, buffer.count, &name, name.count) != 0
        }
        guard isFound else {
            isMissing = backstamp_uchardet_is_there() == 0
            return nil
        }
        return Charset(label: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)))
    }
}
