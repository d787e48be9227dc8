/// A reading position inside a ``Source``. All grammars are written as methods that advance one.
public struct Cursor: Sendable {
    public let source: Source
    public private(set) var position: Int
    public let end: Int
    /// What raw 8-bit bytes mean when they are not UTF-8: the charset that the message declares, if any.
    public let charset: Charset?

    public init(_ source: Source, in range: ByteRange, charset: Charset? = nil) {
        let range = range.clamped(to: 0..<source.bytes.count)
        self.source = source
        self.position = range.lowerBound
        self.end = range.upperBound
        self.charset = charset
    }

    public var next: UInt8? { position < end ? source.bytes[position] : nil }
    public var isAtEnd: Bool { position >= end }

    /// A cursor over a part of the same source.
    func inside(_ range: ByteRange) -> Cursor { Cursor(source, in: range.clamped(to: 0..<end), charset: charset) }

    mutating func move(to offset: Int) { position = min(max(offset, position), end) }

    public mutating func advance() { if position < end { position += 1 } }

    @discardableResult
    public mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Takes the longest run of bytes that satisfy `predicate`.
    @discardableResult
    public mutating func take(while predicate: (UInt8) -> Bool) -> ByteRange {
        let start = position
        while position < end, predicate(source.bytes[position]) { position += 1 }
        return start..<position
    }

    public mutating func expect(_ byte: UInt8) throws(SyntaxError) {
        guard skip(byte) else { throw error("'\(Character(Unicode.Scalar(byte)))'") }
    }

    public func error(_ expected: String) -> SyntaxError {
        SyntaxError(expected: expected, range: position..<min(position + 1, end))
    }

    /// Reads a value and remembers which bytes it took.
    public mutating func read<Value: Readable>() throws(SyntaxError) -> Located<Value> {
        let start = position
        let value = try Value(from: &self)
        return Located(value, at: start..<position)
    }

    /// The bytes of `range`, unfolded, as text: UTF-8 if they are that, else in ``charset`` or windows-1252.
    public func text(_ range: ByteRange) -> String { source.headerText(range, charset: charset) }

    public func located(_ range: ByteRange) -> Located<String> { Located(text(range), at: range) }
}

extension Cursor {
    // FWS = ([*WSP CRLF] 1*WSP) / obs-FWS
    public mutating func skipFolding() { take(while: \.isFolding) }

    // CFWS = (1*([FWS] comment) [FWS]) / FWS
    /// Skips white space and comments. RFC 5322 §3.2.2
    public mutating func skipCFWS() {
        while let byte = next {
            if byte.isFolding {
                position += 1
            } else if byte == UInt8(ascii: "(") {
                _ = takeComment()
            } else {
                break
            }
        }
    }

    /// Takes white space and comments; the content of each comment comes back.
    mutating func takeCFWS() -> [ByteRange] {
        var comments: [ByteRange] = []
        skipFolding()
        while next == UInt8(ascii: "(") {
            comments.append(takeComment())
            skipFolding()
        }
        return comments
    }

    // comment = "(" *([FWS] ccontent) [FWS] ")"
    /// Takes a comment and what is nested in it, by counting; one that never closes reaches to the end.
    mutating func takeComment() -> ByteRange {
        advance()
        let start = position
        var depth = 1
        while position < end {
            switch source.bytes[position] {
            case UInt8(ascii: "\\"): position = min(position + 2, end)
            case UInt8(ascii: "("):
                depth += 1
                position += 1
            case UInt8(ascii: ")"):
                depth -= 1
                position += 1
                if depth == 0 { return start..<position - 1 }
            default: position += 1
            }
        }
        return start..<end
    }

    // quoted-string = [CFWS] DQUOTE *([FWS] qcontent) [FWS] DQUOTE [CFWS]
    /// Takes a quoted string, whose quotes are not in the range that comes back; one that never closes reaches to
    /// the end.
    mutating func takeQuotedString() -> ByteRange {
        advance()
        let start = position
        while position < end {
            switch source.bytes[position] {
            case UInt8(ascii: "\\"): position = min(position + 2, end)
            case UInt8(ascii: "\""):
                position += 1
                return start..<position - 1
            default: position += 1
            }
        }
        return start..<end
    }

    /// The text of a quoted string's content: quoted pairs resolved, folds undone. RFC 5322 §3.2.4
    func unquoted(_ range: ByteRange) -> String {
        guard source.bytes[range].contains(UInt8(ascii: "\\")) else { return text(range) }
        var bytes: [UInt8] = []
        var position = range.lowerBound
        while position < range.upperBound {
            if source.bytes[position] == UInt8(ascii: "\\"), position + 1 < range.upperBound { position += 1 }
            bytes.append(source.bytes[position])
            position += 1
        }
        return Charset.headerText(bytes[...], declared: charset)
    }
}

extension Source {
    /// Header bytes as text: folds undone, UTF-8 if they are that, else in `charset` or windows-1252.
    public func headerText(_ range: ByteRange, charset: Charset? = nil) -> String {
        Charset.headerText(bytes[range.clamped(to: 0..<bytes.count)], declared: charset)
    }
}
