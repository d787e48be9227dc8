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
        let section: Int?
        let isEncoded: Bool
        let value: ByteRange
        let bytes: [UInt8]
    }

    // *(";" parameter)
    init(from cursor: inout Cursor) {
        var order: [String] = []
        var pieces: [String: [Piece]] = [:]
        var count = 0
        var hit: LimitHit?
        let limits = cursor.source.limits
        while !cursor.isAtEnd {
            cursor.skipCFWS()
            if cursor.skip(UInt8(ascii: ";")) { continue }
            let start = cursor.position
            guard let (name, piece) = Self.piece(&cursor) else {
                // What is no parameter is passed over, up to the next semicolon.
                cursor.take { $0 != UInt8(ascii: ";") }
                continue
            }
            count += 1
            if count > limits[.parameters] {
                hit = LimitHit(.parameters, of: limits, unread: start..<cursor.end)
                cursor.move(to: cursor.end)
                break
            }
            if pieces[name] == nil { order.append(name) }
            pieces[name, default: []].append(piece)
        }
        var all: [Parameter] = []
        for name in order { all += Self.parameters(name, pieces[name] ?? [], cursor) }
        self.all = all
        limitHit = hit
    }

    // parameter = attribute "=" value ; value = token / quoted-string
    // attribute-char section = "*" initial-section / "*" other-sections ; RFC 2231 §7
    private static func piece(_ cursor: inout Cursor) -> (String, Piece)? {
        let attribute = cursor.take { $0.isToken || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
        cursor.skipCFWS()
        guard !attribute.isEmpty, cursor.skip(UInt8(ascii: "=")) else { return nil }
        cursor.skipCFWS()
        var parts = cursor.source.bytes[attribute].split(
            separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        let name = String(decoding: parts.removeFirst().map(\.lowercased), as: UTF8.self)
        var section: Int?
        var isEncoded = false
        if let last = parts.last, last.isEmpty {
            isEncoded = true
            parts.removeLast()
        }
        if let digits = parts.first {
            // other-sections = "*" ("1" / … / "9") *DIGIT: no leading zero, and nothing else between the stars.
            let isNumber = (1...4).contains(digits.count) && digits.allSatisfy(\.isDigit)
            guard parts.count == 1, isNumber, digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
            section = Int(String(decoding: digits, as: UTF8.self))
        }
        if cursor.next == UInt8(ascii: "\"") {
            let content = cursor.takeQuotedString()
            return (
                name,
                Piece(
                    section: section, isEncoded: isEncoded, value: content, bytes: unquote(cursor.source.bytes[content])
                )
            )
        }
        // Real mail leaves quotes out around blanks and brackets: a value reaches to the semicolon.
        // A parenthesis after a blank begins a comment, elsewhere it is part of a name.
        var last: UInt8 = 0
        var value = cursor.take { byte in
            defer { last = byte }
            return byte != UInt8(ascii: ";") && !(byte == UInt8(ascii: "(") && last.isFolding)
        }
        while let last = value.last, cursor.source.bytes[last].isFolding { value = value.lowerBound..<last }
        return (
            name, Piece(section: section, isEncoded: isEncoded, value: value, bytes: Array(cursor.source.bytes[value]))
        )
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
        var result = pieces.filter { $0.section == nil && !$0.isEncoded }.map { piece in
            Parameter(
                name: name, value: Located(plainText(piece, cursor), at: piece.value), raw: piece.bytes,
                isExtended: false, isDamaged: false)
        }
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
            bytes += piece.isEncoded ? percentDecoded(value) : Array(value)
        }
        let start = pieces.map(\.value.lowerBound).min() ?? 0
        let end = pieces.map(\.value.upperBound).max() ?? start
        let decoded = charset?.decode(bytes[...])
        let text = decoded?.text ?? Charset.headerText(bytes[...], declared: cursor.charset)
        return Parameter(
            name: name, value: Located(text, at: start..<end), raw: bytes, isExtended: true,
            isDamaged: (decoded?.replacements ?? 0) > 0)
    }

    private static func percentDecoded(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var index = value.startIndex
        while index < value.endIndex {
            if value[index] == UInt8(ascii: "%"), index + 2 < value.endIndex, let high = value[index + 1].hexDigit,
                let low = value[index + 2].hexDigit
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(value[index])
                index += 1
            }
        }
        return bytes
    }
}
