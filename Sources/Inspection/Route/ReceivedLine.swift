public import Mail

/// One `Received` field while it is taken apart: the general grammar's reading, and the marks that stand in it.
public struct ReceivedLine: Sendable {
    public let received: Received
    public var source: Source { received.source }
    /// The value's bytes.
    public let range: ByteRange
    /// Which marks of the index it has.
    private let found: MarkIndex.Found

    init(_ received: Received, _ field: HeaderField) {
        self.received = received
        range = field.value.lowerBound..<min(field.value.upperBound, field.value.lowerBound + 4096)
        // A date has no marks.
        let date = try? received.date?.get()
        let end = min(range.upperBound, date.map(\.range.lowerBound) ?? range.upperBound)
        found = MarkIndex.all.find(in: received, range.lowerBound..<max(range.lowerBound, end))
    }

    /// The server program that writes such lines.
    var dialect: (any Dialect)? {
        var candidates = found.dialects
        while candidates != 0 {
            let dialect = allDialects[candidates.trailingZeroBitCount]
            if dialect.wrote(self) { return dialect }
            candidates &= candidates - 1
        }
        return nil
    }

    func tells(_ hint: Hint) -> Bool { found.has(hint) }

    /// Whether the server says the mark, which is in lower case, of itself.
    func says(_ mark: StaticString) -> Bool {
        var from = range.lowerBound
        while let place = source.bytes.firstPlace(ofAnyCase: mark, in: from..<range.upperBound) {
            if received.isOwn(place..<place + mark.utf8CodeUnitCount) { return true }
            from = place + 1
        }
        return false
    }

    /// Whether the line holds the mark anywhere; for the forms that lines have, which no client chooses.
    func has(_ mark: StaticString) -> Bool { source.bytes.firstPlace(ofAnyCase: mark, in: range) != nil }

    /// Whether the name of the server that wrote the line ends so, in lower case.
    func isBy(_ end: StaticString) -> Bool {
        guard let by = received.place(of: .by) else { return false }
        let length = end.utf8CodeUnitCount
        return by.count >= length && source.bytes.hasASCII(end, at: by.upperBound - length)
    }

    /// Whether the first word of the clause is this one, which is in lower case.
    func isWord(_ word: StaticString, _ keyword: Received.Keyword) -> Bool {
        received.place(of: keyword).map { source.bytes[$0].equalsASCII(word) } ?? false
    }

    /// Whether a comment of the clause begins with the mark.
    func hasComment(_ mark: StaticString, in keyword: Received.Keyword) -> Bool {
        received.clause(keyword).contains { place in
            received.items[place].kind == .comment && begins(received.items[place], mark)
        }
    }

    /// Whether the item begins with the mark, which is in lower case.
    private func begins(_ item: Received.Item, _ mark: StaticString) -> Bool {
        source.bytes.hasASCII(mark, at: item.range.lowerBound)
    }

    /// "(envelope-from <a@b>)", "envelope-from <a@b>", "(envelope-sender <a@b>)", "for <a> from <b>".
    var envelopeFrom: Located<String>? {
        if tells(.sender) {
            if let found = source.word(after: "envelope-from ", in: range) { return found }
            if let found = source.word(after: "envelope-sender ", in: range) { return found }
            if let found = source.word(after: "mailfrom:", in: range) { return found }
        }
        // IBM's gateways name the sender after the recipient.
        guard received.clause(.for).count > 3 else { return nil }
        let words = received.words(.for)
        guard words.count > 2, let from = words.firstIndex(where: { $0.value.lowercased() == "from" }),
            from + 1 < words.count
        else { return nil }
        let text = words[from + 1]
        guard text.value.hasPrefix("<"), text.value.hasSuffix(">"), text.range.count > 2 else { return text }
        return Located(
            String(text.value.dropFirst().dropLast()), at: text.range.lowerBound + 1..<text.range.upperBound - 1)
    }

    private static let beforeUsers: [StaticString] = ["sender: ", "user ", "account ", "user=", "login "]

    /// Who logged in, in whatever words.
    var authenticated: Located<String>? {
        guard tells(.account) else { return nil }
        for comment in received.items where comment.isComment {
            guard
                begins(comment, "auth") || begins(comment, "account ") || begins(comment, "sasl")
                    || source.bytes.firstPlace(ofAnyCase: "authenticated ", in: comment.range) != nil
                    || source.bytes.firstPlace(ofAnyCase: " auth=", in: comment.range) != nil
            else { continue }
            for mark in Self.beforeUsers {
                if let name = source.word(after: mark, in: comment.range) { return name }
            }
            return received.text(comment.range)
        }
        return nil
    }
}

extension Received {
    /// Whether a place is where the server speaks of itself: everything but the `from` and `for` clauses, the comments with an
    /// address in them, and what stands before the first clause outside of comments. What the client chose is no mark of the server.
    func isOwn(_ place: ByteRange) -> Bool {
        var isInside = false
        for keyword in Received.Keyword.allCases where has(keyword) {
            let clause = clause(keyword)
            var last = clause.upperBound - 1
            while last > clause.lowerBound, items[last].kind == .remark { last -= 1 }
            guard items[clause.lowerBound].range.lowerBound < place.upperBound,
                place.lowerBound < items[last].whole.upperBound
            else { continue }
            if keyword == .from || keyword == .for { return false }
            isInside = true
        }
        // Items stand in the order of their places: the first that does not end before this one.
        var (low, high) = (0, items.count)
        while low < high {
            let middle = (low + high) / 2
            if items[middle].whole.upperBound <= place.lowerBound { low = middle + 1 } else { high = middle }
        }
        while low < items.count, case let item = items[low], item.whole.lowerBound < place.upperBound {
            low += 1
            guard item.isComment else { continue }
            if item.kind == .comment, source.bytes.firstPlace(of: UInt8(ascii: "@"), in: item.range) != nil {
                return false
            }
            isInside = true
        }
        return isInside
    }
}

extension Received.Item {
    /// With a comment's brackets.
    fileprivate var whole: ByteRange { !isComment ? range : max(0, range.lowerBound - 1)..<range.upperBound + 1 }
}

extension Source {
    /// The word that follows the mark somewhere in `place`: up to a blank, a comma, a semicolon or a bracket that closes.
    func word(after mark: StaticString, in place: ByteRange) -> Located<String>? {
        guard let found = bytes.firstPlace(ofAnyCase: mark, in: place) else { return nil }
        var from = found + mark.utf8CodeUnitCount
        while from < place.upperBound, bytes[from].isFolding || bytes[from] == UInt8(ascii: "<") { from += 1 }
        let word = bytes[from..<max(from, place.upperBound)].prefix { byte in
            !byte.isFolding && byte != UInt8(ascii: ",") && byte != UInt8(ascii: ";") && byte != UInt8(ascii: ")")
                && byte != UInt8(ascii: ">")
        }
        guard !word.isEmpty else { return nil }
        return Located(String(decoding: word, as: UTF8.self), at: word.startIndex..<word.endIndex)
    }
}
