/// A trace line: what one server wrote about taking the message over. RFC 5321 §4.4
///
/// It is kept as ranges of the source; text is made of them when it is asked for. A class, for it is handed around a lot.
public final class Received: Readable {
    // From-domain = "FROM" FWS Extended-Domain ; By-domain = CFWS "BY" FWS Extended-Domain
    // Opt-info    = [Via] [With] [ID] [For] [Additional-Registered-Clauses]
    /// The words that begin clauses, each one at the most.
    public enum Keyword: Int, Sendable, CaseIterable {
        case from, by, via, with, id, `for`
    }

    /// A word, or a comment; the range of a comment is what stands between its brackets.
    public struct Item: Sendable {
        public enum Kind: Sendable {
            case keyword, word, comment
            /// A comment that belongs to no clause: qmail writes one before the first, others after the date.
            case remark
        }

        public let kind: Kind
        public let range: ByteRange

        public var isComment: Bool { kind == .comment || kind == .remark }
    }

    /// Where the clauses stand among the items: an index for each keyword, and after its last item.
    fileprivate struct Clauses {
        private var starts = InlineArray<6, Int32>(repeating: -1)
        private var ends = InlineArray<6, Int32>(repeating: -1)

        subscript(keyword: Keyword) -> Range<Int> {
            get {
                let start = Int(starts[keyword.rawValue])
                return start < 0 ? 0..<0 : start..<max(start, Int(ends[keyword.rawValue]))
            }
            set {
                starts[keyword.rawValue] = Int32(clamping: newValue.lowerBound)
                ends[keyword.rawValue] = Int32(clamping: newValue.upperBound)
            }
        }
        func has(_ keyword: Keyword) -> Bool { starts[keyword.rawValue] >= 0 }
    }

    public let source: Source
    let charset: Charset?
    /// Keywords, words and comments, in order; not the words of the date.
    public let items: [Item]
    private let clauses: Clauses
    /// The time stamp: missing, not readable, or read.
    public let date: Result<Located<DateTime>, SyntaxError>?

    /// Whether there is such a clause.
    public func has(_ keyword: Keyword) -> Bool { clauses.has(keyword) }

    /// The indices in ``items`` of a clause and its keyword, remarks between included; empty when there is no such clause.
    public func clause(_ keyword: Keyword) -> Range<Int> { clauses[keyword] }

    /// The first word of a clause.
    public func value(_ keyword: Keyword) -> Located<String>? {
        guard let range = range(of: keyword) else { return nil }
        return text(range)
    }

    /// Where the first word of a clause stands.
    public func range(of keyword: Keyword) -> ByteRange? {
        for index in clause(keyword) where items[index].kind == .word { return items[index].range }
        return nil
    }

    public func words(_ keyword: Keyword) -> [Located<String>] { texts(.word, clause(keyword)) }

    public func comments(_ keyword: Keyword) -> [Located<String>] { texts(.comment, clause(keyword)) }

    private func texts(_ kind: Item.Kind, _ indices: Range<Int>) -> [Located<String>] {
        indices.isEmpty ? [] : indices.filter { items[$0].kind == kind }.map { text(items[$0].range) }
    }

    /// All comments, remarks included, in order.
    public var comments: [Located<String>] { items.filter(\.isComment).map { text($0.range) } }

    public func text(_ range: ByteRange) -> Located<String> {
        Located(source.headerText(range, charset: charset), at: range)
    }

    /// The words of a clause as one text.
    public func joined(_ keyword: Keyword) -> Located<String>? {
        let words = words(keyword)
        guard let first = words.first, let last = words.last else { return nil }
        return Located(
            words.map(\.value).joined(separator: " "), at: first.range.lowerBound..<last.range.upperBound)
    }

    // Time-stamp-line = "Received:" FWS Stamp <CRLF>
    // Stamp           = From-domain By-domain Opt-info [CFWS] ";" FWS date-time
    /// Reads clauses in any order, unknown words as part of the clause before them.
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        cursor.skipFolding()
        var reading = Reading()
        reading.read(cursor)
        var date = reading.date(cursor)
        if date == nil, reading.items.isEmpty {
            // A line that is nothing but a date.
            date = cursor.source.readDate(in: cursor)
            if case .failure(let error) = date { throw error }
        }
        cursor.move(to: cursor.end)
        source = cursor.source
        charset = cursor.charset
        clauses = reading.clauses
        items = reading.items
        self.date = date
    }
}

extension Source {
    /// Reads a date, with the bytes it stands at.
    fileprivate func readDate(in cursor: Cursor) -> Result<Located<DateTime>, SyntaxError>? {
        var cursor = cursor
        cursor.skipCFWS()
        var end = cursor.end
        while end > cursor.position, bytes[end - 1].isFolding { end -= 1 }
        guard end > cursor.position else { return nil }
        let range = cursor.position..<end
        return read(DateTime.self, in: range).map { Located($0, at: range) }
    }
}

/// The clauses while they are read.
private struct Reading {
    var clauses = Received.Clauses()
    var items: [Received.Item] = []
    private var open: Received.Keyword?
    /// After the last semicolon outside comments.
    private var afterSemicolon: Int?
    private var isAfterDate = false
    /// Where a word stands that could begin a date, for servers that write no semicolon.
    private var dateLike: Int?
    /// The date, when the line ends in one of the standard's form.
    private var standard: Located<DateTime>?

    mutating func read(_ cursor: Cursor) {
        items.reserveCapacity(16)
        let source = cursor.source.bytes
        let bytes = source.span
        var offset = cursor.position
        let end = cursor.end
        while offset < end {
            switch bytes[offset] {
            case .space, .tab, .carriageReturn, .lineFeed: offset += 1
            case UInt8(ascii: "("):
                let close = Self.commentEnd(bytes, offset + 1, end)
                let isRemark = open == nil || afterSemicolon != nil
                items.append(.init(kind: isRemark ? .remark : .comment, range: offset + 1..<close))
                offset = min(close + 1, end)
            case UInt8(ascii: ";"):
                offset += 1
                if afterSemicolon == nil, takeStandardDate(bytes, offset..<end) { offset = end }
                afterSemicolon = offset
            default:
                let word = offset..<Self.wordEnd(bytes, offset, end)
                offset = word.upperBound
                if afterSemicolon == nil { add(word, bytes) } else { addAfterDate(word, bytes) }
            }
        }
        endClause()
    }

    // comment = "(" *([FWS] ccontent) [FWS] ")"
    /// Where the bracket is that closes a comment, by counting; the end when none does.
    private static func commentEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var offset = bytes.commentMark(from: start, to: end)
        var depth = 1
        while offset < end {
            switch bytes[offset] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return offset }
            // A backslash, and what it quotes.
            default: offset += 1
            }
            offset = bytes.commentMark(from: offset + 1, to: end)
        }
        return end
    }

    /// A word reaches to white space, a comment, or the semicolon; `<…>` is kept whole.
    private static func wordEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        // What it begins with is part of it, be it what ends others.
        var offset = bytes[start] == UInt8(ascii: "<") ? start : start + 1
        while true {
            offset = bytes.wordEnd(from: offset, to: end)
            guard offset < end, bytes[offset] == UInt8(ascii: "<") else { return offset }
            // Paths are short: a bracket far away closes something else.
            if let close = bytes.firstOffset(of: UInt8(ascii: ">"), in: offset..<min(end, offset + 1024)) {
                offset = close
            }
            offset += 1
        }
    }

    /// Nearly every line ends in a date of the standard's form and at most one comment: its words need not be looked at.
    private mutating func takeStandardDate(_ bytes: Span<UInt8>, _ rest: ByteRange) -> Bool {
        guard let value = DateTime(standard: bytes, rest) else { return false }
        var (start, end) = (rest.lowerBound, rest.upperBound)
        while bytes[start].isFolding { start += 1 }
        while bytes[end - 1].isFolding { end -= 1 }
        standard = Located(value, at: start..<end)
        if let open = bytes.firstOffset(of: UInt8(ascii: "("), in: start..<end) {
            items.append(.init(kind: .remark, range: open + 1..<end - 1))
        }
        return true
    }

    /// Courier writes the id after the date, and some servers a clause after a semicolon in the wrong place.
    private mutating func addAfterDate(_ word: ByteRange, _ bytes: Span<UInt8>) {
        // Only in lower case: "By" and "With" begin sentences.
        if let keyword = Received.Keyword(bytes, word), ![.from, .via].contains(keyword),
            word.allSatisfy({ bytes[$0] >= 0x61 }), !clauses.has(keyword)
        {
            begin(keyword, word)
            isAfterDate = true
        } else if isAfterDate {
            // What looks like a date ends the clause.
            if Self.beginsDate(bytes, word) { isAfterDate = false } else { append(word) }
        }
    }

    private mutating func add(_ word: ByteRange, _ bytes: Span<UInt8>) {
        // A second "from" names a sender, a second "by" a person: words of the clause they stand in.
        if let keyword = Received.Keyword(bytes, word), !clauses.has(keyword), items.last?.kind != .keyword {
            begin(keyword, word)
            dateLike = nil
            return
        }
        if dateLike == nil, Self.beginsDate(bytes, word) { dateLike = word.lowerBound }
        if open != nil { append(word) }
    }

    private mutating func append(_ word: ByteRange) { items.append(.init(kind: .word, range: word)) }

    private static let weekdays: [UInt32] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map { day in
        day.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func beginsDate(_ bytes: Span<UInt8>, _ word: ByteRange) -> Bool {
        if bytes[word.lowerBound].isDigit {
            // "2026-11-20"
            return word.count >= 10 && word.prefix(4).allSatisfy { bytes[$0].isDigit }
                && bytes[word.lowerBound + 4] == UInt8(ascii: "-")
        }
        guard word.count == 3 || (word.count == 4 && bytes[word.upperBound - 1] == UInt8(ascii: ",")) else {
            return false
        }
        return weekdays.contains(word.prefix(3).reduce(0) { $0 << 8 | UInt32(bytes[$1].lowercased) })
    }

    private mutating func begin(_ keyword: Received.Keyword, _ range: ByteRange) {
        endClause()
        open = keyword
        clauses[keyword] = items.count..<items.count + 1
        items.append(.init(kind: .keyword, range: range))
    }

    private mutating func endClause() {
        if let open { clauses[open] = clauses[open].lowerBound..<items.count }
    }

    /// The date after the semicolon; SendGrid, Salesforce and others write none.
    mutating func date(_ cursor: Cursor) -> Result<Located<DateTime>, SyntaxError>? {
        if let standard { return .success(standard) }
        if let afterSemicolon {
            return cursor.source.readDate(in: cursor.inside(afterSemicolon..<cursor.end))
        }
        guard let dateLike, let date = cursor.source.readDate(in: cursor.inside(dateLike..<cursor.end)),
            case .success = date
        else { return nil }
        // The date's words are no part of the last clause.
        while let item = items.last, item.kind != .keyword, item.range.lowerBound >= dateLike { items.removeLast() }
        endClause()
        return date
    }
}

extension Received.Keyword {
    /// The keyword that a word is, in any case.
    fileprivate init?(_ bytes: Span<UInt8>, _ word: ByteRange) {
        guard word.count >= 2, word.count <= 4 else { return nil }
        var letters: UInt32 = 0
        for offset in word { letters = letters << 8 | UInt32(bytes[offset].lowercased) }
        switch letters {
        case 0x6672_6F6D: self = .from
        case 0x6279: self = .by
        case 0x7669_61: self = .via
        case 0x7769_7468: self = .with
        case 0x6964: self = .id
        case 0x666F_72: self = .for
        default: return nil
        }
    }
}

extension Field<Received> {
    public static var received: Self { Self("Received") }
    public static var xReceived: Self { Self("X-Received") }
}
