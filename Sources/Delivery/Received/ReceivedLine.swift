package import Mail

/// One `Received` field while it is taken apart: the general grammar's reading, and the marks that stand in it.
package struct ReceivedLine: Sendable {
    package let received: Received
    package var source: Source { received.source }
    /// The value's bytes.
    package let range: ByteRange
    /// What stands before the date, which has no marks.
    private let beforeDate: ByteRange
    /// The marks of the index that stand there.
    private let hits: [MarkFinder.Hit]

    init(_ received: Received, _ field: HeaderField) {
        self.received = received
        range = field.value.lowerBound..<min(field.value.upperBound, field.value.lowerBound + 4096)
        let date = try? received.date?.get()
        let end = min(range.upperBound, date.map(\.range.lowerBound) ?? range.upperBound)
        beforeDate = range.lowerBound..<max(range.lowerBound, end)
        let bytes = received.source.bytes
        hits = MarkIndex.all.finder.hits(in: beforeDate, of: bytes.span)
    }

    /// The server program that writes such lines: the first of all that takes the line for its own.
    var dialect: (any Dialect)? {
        let index = MarkIndex.all
        var isCandidate = index.isAlwaysAsked
        for hit in hits {
            switch index.uses[hit.mark] {
            case .mark(let candidate): if !isCandidate[candidate] { isCandidate[candidate] = received.isOwn(hit.range) }
            case .form(let candidate): isCandidate[candidate] = true
            case .sender, .account: continue
            }
        }
        for candidate in isCandidate.indices where isCandidate[candidate] {
            let dialect = allDialects[candidate]
            if dialect.wrote(self) { return dialect }
        }
        return nil
    }

    /// Whether the line may name who logged in.
    var mayNameUser: Bool { has(.account) }

    private func has(_ use: MarkIndex.Use) -> Bool { hits.contains { MarkIndex.all.uses[$0.mark] == use } }

    /// Whether the server says the mark, which is in lower case, of itself.
    func says(_ mark: StaticString) -> Bool {
        if let mark = MarkIndex.all.finder.mark(mark) {
            return hits.contains { $0.mark == mark && received.isOwn($0.range) }
        }
        var from = beforeDate.lowerBound
        while let offset = source.bytes.firstOffset(ofAnyCase: mark, in: from..<beforeDate.upperBound) {
            if received.isOwn(offset..<offset + mark.utf8CodeUnitCount) { return true }
            from = offset + 1
        }
        return false
    }

    /// Whether the line holds the mark anywhere; for the forms that lines have, which no client chooses.
    func has(_ mark: StaticString) -> Bool {
        if let mark = MarkIndex.all.finder.mark(mark) { return hits.contains { $0.mark == mark } }
        return source.bytes.firstOffset(ofAnyCase: mark, in: beforeDate) != nil
    }

    /// Whether the name of the server that wrote the line ends so, in lower case.
    func isBy(_ end: StaticString) -> Bool {
        guard let by = received.range(of: .by) else { return false }
        let length = end.utf8CodeUnitCount
        return by.count >= length && source.bytes.hasASCII(end, at: by.upperBound - length)
    }

    /// Whether the first word of the clause is this one, which is in lower case.
    func isWord(_ word: StaticString, _ keyword: Received.Keyword) -> Bool {
        received.range(of: keyword).map { source.bytes[$0].equalsASCII(word) } ?? false
    }

    /// Whether a comment of the clause begins with the mark.
    func hasComment(_ mark: StaticString, in keyword: Received.Keyword) -> Bool {
        received.clause(keyword).contains { index in
            received.items[index].kind == .comment && begins(received.items[index], mark)
        }
    }

    /// Whether the item begins with the mark, which is in lower case.
    private func begins(_ item: Received.Item, _ mark: StaticString) -> Bool {
        source.bytes.hasASCII(mark, at: item.range.lowerBound)
    }

    static let beforeSenders: [StaticString] = ["envelope-from ", "envelope-sender ", "mailfrom:"]

    /// "(envelope-from <a@b>)", "envelope-from <a@b>", "(envelope-sender <a@b>)", "for <a> from <b>".
    var envelopeFrom: Located<String>? {
        if has(.sender) {
            for mark in Self.beforeSenders {
                if let found = source.word(after: mark, in: range) { return found }
            }
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

    /// What comments about who logged in begin with, and what stands in them.
    static let accountBeginnings: [StaticString] = ["auth", "account ", "sasl"]
    static let accountWords: [StaticString] = ["authenticated ", " auth="]
    private static let beforeUsers: [StaticString] = ["sender: ", "user ", "account ", "user=", "login "]

    /// Who logged in, in whatever words.
    var authenticated: Located<String>? {
        guard mayNameUser else { return nil }
        for comment in received.items where comment.isComment {
            guard
                Self.accountBeginnings.contains(where: { begins(comment, $0) })
                    || Self.accountWords.contains(where: {
                        source.bytes.firstOffset(ofAnyCase: $0, in: comment.range) != nil
                    })
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
    /// Whether a range is where the server speaks of itself: everything but the `from` and `for` clauses, the comments with an
    /// address in them, and what stands before the first clause outside of comments. What the client chose is no mark of the server.
    func isOwn(_ range: ByteRange) -> Bool {
        var isInside = false
        for keyword in Received.Keyword.allCases where has(keyword) {
            let clause = clause(keyword)
            var last = clause.upperBound - 1
            while last > clause.lowerBound, items[last].kind == .remark { last -= 1 }
            guard items[clause.lowerBound].range.lowerBound < range.upperBound,
                range.lowerBound < items[last].whole.upperBound
            else { continue }
            if keyword == .from || keyword == .for { return false }
            isInside = true
        }
        // Items stand in the order of their ranges: the first that does not end before this one.
        var (low, high) = (0, items.count)
        while low < high {
            let middle = (low + high) / 2
            if items[middle].whole.upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        while low < items.count, case let item = items[low], item.whole.lowerBound < range.upperBound {
            low += 1
            guard item.isComment else { continue }
            if item.kind == .comment, source.bytes.firstOffset(of: UInt8(ascii: "@"), in: item.range) != nil {
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
    /// The word that follows the mark somewhere in `range`: up to a blank, a comma, a semicolon or a bracket that closes.
    func word(after mark: StaticString, in range: ByteRange) -> Located<String>? {
        guard let found = bytes.firstOffset(ofAnyCase: mark, in: range) else { return nil }
        var from = found + mark.utf8CodeUnitCount
        while from < range.upperBound, bytes[from].isFolding || bytes[from] == UInt8(ascii: "<") { from += 1 }
        let word = bytes[from..<max(from, range.upperBound)].prefix { byte in
            !byte.isFolding && byte != UInt8(ascii: ",") && byte != UInt8(ascii: ";") && byte != UInt8(ascii: ")")
                && byte != UInt8(ascii: ">")
        }
        guard !word.isEmpty else { return nil }
        return Located(String(decoding: word, as: UTF8.self), at: word.startIndex..<word.endIndex)
    }
}
