/// `name=value` pairs after a media type or a disposition. RFC 2045 §5.1, RFC 2231
public struct Parameters: Sendable {
    public struct Parameter: Sendable {
        /// In lower case, without RFC 2231's `*` and section numbers.
        public let name: String
        /// Decoded.
        public let value: Located<String>
        /// The bytes of a boundary are compared as they stand, so they are kept.
        public let raw: [UInt8]
        /// Whether it was written in RFC 2231's extended form, which mail programs prefer when both are there.
        public let isExtended: Bool
        /// Whether the value is not in the charset it names.
        public let isDamaged: Bool
    }

    public let all: [Parameter]
    public let limitHit: LimitHit?

    /// The value most readers take: the extended form if there is one, else the first.
    public subscript(name: String) -> Located<String>? { parameter(name)?.value }

    func parameter(_ name: String) -> Parameter? {
        all.first { $0.name == name && $0.isExtended && !$0.isDamaged } ?? all.first { $0.name == name }
    }

    /// One `attribute[*section][*]=value` as it stands.
    private struct Piece {
        let name: String
        let section: Int?
        let isEncoded: Bool
        let value: ByteRange
        let bytes: [UInt8]

        var isPlain: Bool { section == nil && !isEncoded }
    }

    // *(";" parameter)
    init(from cursor: inout Cursor) {
        var pieces: [Piece] = []
        var hit: LimitHit?
        let limits = cursor.source.limits
        while !cursor.isAtEnd {
            cursor.skipCFWS()
            if cursor.skip(UInt8(ascii: ";")) { continue }
            let start = cursor.position
            guard let piece = Self.piece(&cursor) else {
                // What is no parameter is passed over, up to the next semicolon.
                cursor.take { $0 != UInt8(ascii: ";") }
                continue
            }
            if pieces.count >= limits[.parameters] {
                hit = LimitHit(.parameters, of: limits, unread: start..<cursor.end)
                cursor.move(to: cursor.end)
                break
            }
            pieces.append(piece)
        }
        if pieces.allSatisfy(\.isPlain) {
            all = pieces.map { Self.plain($0, cursor) }
        } else {
            var order: [String] = []
            var byName: [String: [Piece]] = [:]
            for piece in pieces {
                if byName[piece.name] == nil { order.append(piece.name) }
                byName[piece.name, default: []].append(piece)
            }
            all = order.flatMap { Self.parameters($0, byName[$0] ?? [], cursor) }
        }
        limitHit = hit
    }

    // parameter = attribute "=" value ; value = token / quoted-string
    // attribute-char section = "*" initial-section / "*" other-sections ; RFC 2231 §7
    private static func piece(_ cursor: inout Cursor) -> Piece? {
        let attribute = cursor.take { $0.isToken || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
        cursor.skipCFWS()
        guard !attribute.isEmpty, cursor.skip(UInt8(ascii: "=")) else { return nil }
        cursor.skipCFWS()
        var section: Int?
        var isEncoded = false
        var nameEnd = attribute.upperBound
        if let star = cursor.source.bytes.firstOffset(of: UInt8(ascii: "*"), in: attribute) {
            nameEnd = star
            var rest = star + 1..<attribute.upperBound
            // attribute "*", attribute "*1", attribute "*1*"
            if rest.isEmpty {
                isEncoded = true
            } else {
                if cursor.source.bytes[rest.upperBound - 1] == UInt8(ascii: "*") {
                    isEncoded = true
                    rest = rest.dropLast(1)
                }
                // other-sections = "*" ("1" / … / "9") *DIGIT: no leading zero, and nothing else between the stars.
                let digits = cursor.source.bytes[rest]
                let isNumber = (1...4).contains(digits.count) && digits.allSatisfy(\.isDigit)
                guard isNumber, digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
                section = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            }
        }
        let name = cursor.source.lowered(attribute.lowerBound..<nameEnd)
        if cursor.next == UInt8(ascii: "\"") {
            let content = cursor.takeQuotedString()
            return Piece(
                name: name, section: section, isEncoded: isEncoded, value: content,
                bytes: unquote(cursor.source.bytes[content]))
        }
        // Real mail leaves quotes out around blanks and brackets: a value reaches to the semicolon.
        // A parenthesis after a blank begins a comment, elsewhere it is part of a name.
        var last: UInt8 = 0
        var value = cursor.take { byte in
            defer { last = byte }
            return byte != UInt8(ascii: ";") && !(byte == UInt8(ascii: "(") && last.isFolding)
        }
        while let last = value.last, cursor.source.bytes[last].isFolding { value = value.lowerBound..<last }
        return Piece(
            name: name, section: section, isEncoded: isEncoded, value: value, bytes: Array(cursor.source.bytes[value]))
    }

    private static func unquote(_ content: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in content {
            if !isEscaped, byte == UInt8(ascii: "\\") {
                isEscaped = true
                continue
            }
            isEscaped = false
            if byte != .carriageReturn, byte != .lineFeed { bytes.append(byte) }
        }
        return bytes
    }

    private static func parameters(_ name: String, _ pieces: [Piece], _ cursor: Cursor) -> [Parameter] {
        var result = pieces.filter(\.isPlain).map { plain($0, cursor) }
        if let single = pieces.first(where: { $0.section == nil && $0.isEncoded }) {
            result.append(extended(name, [single], cursor))
        }
        // Sections in the order of their numbers, up to the first that is missing. What follows a section that was there
        // before was put there to be joined by some readers only.
        var bySection: [Int: Piece] = [:]
        for piece in pieces {
            guard let section = piece.section else { continue }
            if bySection[section] != nil { break }
            bySection[section] = piece
        }
        var joined: [Piece] = []
        while let piece = bySection[joined.count] { joined.append(piece) }
        if !joined.isEmpty { result.append(extended(name, joined, cursor)) }
        return result
    }

    private static func plain(_ piece: Piece, _ cursor: Cursor) -> Parameter {
        Parameter(
            name: piece.name, value: Located(plainText(piece, cursor), at: piece.value), raw: piece.bytes,
            isExtended: false, isDamaged: false)
    }

    /// A plain value; encoded words in it are against RFC 2047 §5 (3), and most programs write and read them.
    private static func plainText(_ piece: Piece, _ cursor: Cursor) -> String {
        let raw = cursor.source.bytes[piece.value]
        if raw.contains(UInt8(ascii: "\\")) { return Charset.headerText(piece.bytes[...], declared: cursor.charset) }
        return EncodedWord.decoding(cursor, piece.value)
    }

    // extended-initial-value = [charset] "'" [language] "'" extended-other-values
    private static func extended(_ name: String, _ pieces: [Piece], _ cursor: Cursor) -> Parameter {
        var charset: Charset?
        var bytes: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
            var value = piece.bytes[...]
            if index == 0, piece.isEncoded {
                let parts = value.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
                if parts.count == 3 {
                    charset = Charset(label: parts[0])
                    value = parts[2]
                } else if parts.count == 2, let named = Charset(label: parts[0]) {
                    // The language's quote was left out.
                    charset = named
                    value = parts[1]
                }
            }
            bytes += piece.isEncoded ? value.percentDecoded : Array(value)
        }
        let start = pieces.map(\.value.lowerBound).min() ?? 0
        let end = pieces.map(\.value.upperBound).max() ?? start
        let decoded = charset?.decode(bytes[...])
        // Without a charset readers take encoded words for what they are, even here.
        let text = decoded?.text ?? Source(exactly: bytes).decodedText(0..<bytes.count, charset: cursor.charset)
        return Parameter(
            name: name, value: Located(text, at: start..<end), raw: bytes, isExtended: true,
            isDamaged: (decoded?.replacements ?? 0) > 0)
    }
}
