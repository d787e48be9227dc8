/// A trace line: what one server wrote about taking the message over. RFC 5321 §4.4
public struct Received: Readable {
    /// `from mail.example.com (mail.example.com [192.0.2.1])`: a keyword, and what follows it.
    public struct Clause: Sendable {
        public enum Item: Sendable {
            case word(Located<String>)
            case comment(Located<String>)
        }

        public let keyword: Located<String>
        public let items: [Item]

        public var words: [Located<String>] { items.compactMap { if case .word(let word) = $0 { word } else { nil } } }
        public var comments: [Located<String>] {
            items.compactMap { if case .comment(let comment) = $0 { comment } else { nil } }
        }
        /// The first word.
        public var value: Located<String>? {
            for case .word(let word) in items { return word }
            return nil
        }
    }

    public let clauses: [Clause]
    /// Comments that stand before the first clause, as qmail writes them.
    public let remarks: [Located<String>]
    /// The time stamp: missing, not readable, or read.
    public let date: Result<Located<DateTime>, SyntaxError>?

    public subscript(keyword: String) -> Clause? { clauses.first { $0.keyword.value == keyword } }

    /// All comments, those before the first clause and after the date included, in order.
    public var comments: [Located<String>] {
        var all = remarks
        for clause in clauses {
            for case .comment(let comment) in clause.items { all.append(comment) }
        }
        return all.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// The words of a clause as one text.
    public func joined(_ keyword: String) -> Located<String>? {
        guard let words = self[keyword]?.words, let first = words.first, let last = words.last else { return nil }
        return Located(
            words.map(\.value).joined(separator: " "), at: first.range.lowerBound..<last.range.upperBound)
    }

    // Time-stamp-line = "Received:" FWS Stamp <CRLF>
    // Stamp           = From-domain By-domain Opt-info [CFWS] ";" FWS date-time
    /// Reads clauses in any order, unknown words as part of the clause before them.
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        var reading = Reading()
        reading.read(&cursor)
        var date = reading.date(cursor)
        if date == nil, reading.clauses.isEmpty, reading.remarks.isEmpty {
            // A line that is nothing but a date.
            date = cursor.source.read(DateTime.self, in: cursor.inside(reading.start..<cursor.end))
            if case .failure(let error) = date { throw error }
        }
        cursor.move(to: cursor.end)
        clauses = reading.clauses
        remarks = reading.remarks
        self.date = date
    }
}

extension Source {
    /// Reads a date, with the bytes it stands at.
    fileprivate func read(_: DateTime.Type, in cursor: Cursor) -> Result<Located<DateTime>, SyntaxError>? {
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
    var clauses: [Received.Clause] = []
    var remarks: [Located<String>] = []
    var start = 0
    private var keyword: Located<String>?
    private var items: [Received.Clause.Item] = []
    /// After the last semicolon outside comments.
    private var afterSemicolon: Int?
    private var isAfterDate = false
    /// Where a word stands that could begin a date, for servers that write no semicolon.
    private var dateLike: Int?

    // From-domain = "FROM" FWS Extended-Domain ; By-domain = CFWS "BY" FWS Extended-Domain
    // Opt-info    = [Via] [With] [ID] [For] [Additional-Registered-Clauses]
    private static let keywords: [StaticString] = ["from", "by", "via", "with", "id", "for"]

    private static let weekdays: [StaticString] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    mutating func read(_ cursor: inout Cursor) {
        cursor.skipFolding()
        start = cursor.position
        while let byte = cursor.next {
            if byte.isFolding {
                cursor.advance()
            } else if byte == UInt8(ascii: "(") {
                let range = cursor.takeComment()
                add(comment: cursor.located(range))
            } else if byte == UInt8(ascii: ";") {
                cursor.advance()
                afterSemicolon = cursor.position
            } else {
                let word = Self.takeWord(&cursor)
                if afterSemicolon == nil { add(word, cursor) } else { addAfterDate(word, cursor) }
            }
        }
        finishClause()
    }

    /// A word reaches to white space, a comment, or the semicolon; `<…>` and a closed `"…"` are kept whole.
    private static func takeWord(_ cursor: inout Cursor) -> ByteRange {
        let start = cursor.position
        while let byte = cursor.next, !byte.isFolding, byte != UInt8(ascii: ";") {
            if byte == UInt8(ascii: "("), cursor.position > start { break }
            if byte == UInt8(ascii: "<"), let close = closing(UInt8(ascii: ">"), cursor) {
                cursor.move(to: close + 1)
            } else {
                cursor.advance()
            }
        }
        return start..<cursor.position
    }

    /// Paths are short: a bracket far away closes something else.
    private static func closing(_ byte: UInt8, _ cursor: Cursor) -> Int? {
        cursor.source.bytes.firstPlace(of: byte, in: cursor.position..<min(cursor.end, cursor.position + 1024))
    }

    private mutating func add(comment: Located<String>) {
        if keyword == nil || afterSemicolon != nil { remarks.append(comment) } else { items.append(.comment(comment)) }
    }

    /// Courier writes the id after the date, and some servers a clause after a semicolon in the wrong place.
    private mutating func addAfterDate(_ range: ByteRange, _ cursor: Cursor) {
        let bytes = cursor.source.bytes[range]
        if let name = ["id", "by", "with", "for"].first(where: { bytes.elementsEqual($0.utf8) }),
            !clauses.contains(where: { $0.keyword.value == name }), keyword?.value != name
        {
            finishClause()
            keyword = Located(name, at: range)
            isAfterDate = true
        } else if isAfterDate {
            // What looks like a date ends the clause.
            if Self.beginsDate(bytes) { isAfterDate = false } else { items.append(.word(cursor.located(range))) }
        }
    }

    private mutating func add(_ range: ByteRange, _ cursor: Cursor) {
        let bytes = cursor.source.bytes[range]
        // A second "from" names a sender, a second "by" a person: words of the clause they stand in.
        if let name = Self.keywords.first(where: { bytes.equalsASCII($0) }),
            keyword?.value != "\(name)", !clauses.contains(where: { $0.keyword.value == "\(name)" }),
            keyword == nil || !items.isEmpty
        {
            finishClause()
            keyword = Located("\(name)", at: range)
            dateLike = nil
            return
        }
        if dateLike == nil, Self.beginsDate(bytes) { dateLike = range.lowerBound }
        if keyword != nil { items.append(.word(cursor.located(range))) }
    }

    private static func beginsDate(_ word: ArraySlice<UInt8>) -> Bool {
        let isWeekday =
            (3...4).contains(word.count) && weekdays.contains { word.prefix(3).equalsASCII($0) }
            && (word.count == 3 || word.last == UInt8(ascii: ","))
        let isISO =
            word.count >= 10 && word.prefix(4).allSatisfy(\.isDigit) && word.dropFirst(4).first == UInt8(ascii: "-")
        return isWeekday || isISO
    }

    private mutating func finishClause() {
        if let keyword { clauses.append(.init(keyword: keyword, items: items)) }
        keyword = nil
        items = []
    }

    /// The date after the semicolon; SendGrid, Salesforce and others write none.
    mutating func date(_ cursor: Cursor) -> Result<Located<DateTime>, SyntaxError>? {
        if let afterSemicolon {
            return cursor.source.read(DateTime.self, in: cursor.inside(afterSemicolon..<cursor.end))
        }
        guard let dateLike, let date = cursor.source.read(DateTime.self, in: cursor.inside(dateLike..<cursor.end)),
            case .success = date
        else { return nil }
        // The date's words are no part of the last clause.
        if let last = clauses.popLast() {
            let items = last.items.filter { item in
                switch item {
                case .word(let text), .comment(let text): text.range.lowerBound < dateLike
                }
            }
            clauses.append(.init(keyword: last.keyword, items: items))
        }
        return date
    }
}

extension Field<Received> {
    public static var received: Self { Self("Received") }
    public static var xReceived: Self { Self("X-Received") }
}
