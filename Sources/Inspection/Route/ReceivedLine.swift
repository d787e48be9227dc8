public import Mail

/// One `Received` field while it is taken apart: the general grammar's reading, and the text itself.
public struct ReceivedLine: Sendable {
    public let received: Received
    public let source: Source
    /// The value's bytes.
    public let range: ByteRange
    /// The value in lower case, as it stands; for looking for a server's marks.
    let lowered: [UInt8]
    let comments: [Located<String>]
    /// Where the server speaks of itself, not of the client or the recipient, as places in `lowered`.
    private let own: [ByteRange]

    init(_ received: Received, _ field: HeaderField, _ source: Source) {
        self.received = received
        self.source = source
        let value = field.value.prefix(4096)
        range = value
        let bytes = source.bytes
        lowered = [UInt8](unsafeUninitializedCapacity: value.count) { target, count in
            for (index, place) in value.enumerated() where index < target.count {
                let byte = bytes[place]
                target.initializeElement(at: index, to: byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
                count = index + 1
            }
        }
        comments = received.comments
        own = Self.ownPlaces(received, bytes).map { place in
            max(0, place.lowerBound - value.lowerBound)..<max(0, place.upperBound - value.lowerBound)
        }
    }

    /// Everything but the `from` and `for` clauses and the comments with an address in them: what the client chose is no mark of the
    /// server.
    private static func ownPlaces(_ received: Received, _ bytes: [UInt8]) -> [ByteRange] {
        // A comment's range is what stands between its brackets.
        var places = received.remarks.map { max(0, $0.range.lowerBound - 1)..<$0.range.upperBound + 1 }
        for clause in received.clauses where clause.keyword.value != "from" && clause.keyword.value != "for" {
            var start = clause.keyword.range.lowerBound
            var end = clause.keyword.range.upperBound
            // Marks go on from one clause to the next: "via TCP with ESMTP".
            if let last = places.last, last.upperBound <= start, bytes[last.upperBound..<start].allSatisfy(\.isFolding)
            {
                start = places.removeLast().lowerBound
            }
            for item in clause.items {
                switch item {
                case .word(let word): end = word.range.upperBound
                case .comment(let comment) where bytes[comment.range].contains(UInt8(ascii: "@")):
                    places.append(start..<end)
                    (start, end) = (comment.range.upperBound + 1, comment.range.upperBound + 1)
                case .comment(let comment): end = comment.range.upperBound + 1
                }
            }
            places.append(start..<end)
        }
        return places
    }

    /// Whether the server says the mark, which is in lower case, of itself.
    func says(_ mark: StaticString) -> Bool { own.contains { lowered.firstPlace(of: mark, in: $0) != nil } }

    /// Whether the line holds the mark anywhere; for the forms that lines have, which no client chooses.
    func has(_ mark: StaticString) -> Bool { place(of: mark) != nil }

    func place(of mark: StaticString) -> Int? {
        lowered.firstPlace(of: mark, in: 0..<lowered.count).map { $0 + range.lowerBound }
    }

    /// Whether the first comment of the clause begins with the mark.
    func hasComment(_ mark: String, in keyword: String) -> Bool {
        received[keyword]?.comments.contains { $0.value.lowercased().hasPrefix(mark) } ?? false
    }

    /// The word that follows the mark somewhere in `place`: up to a blank, a comma, a semicolon or a bracket that closes.
    func word(after mark: StaticString, in place: ByteRange) -> Located<String>? {
        let inside = max(0, place.lowerBound - range.lowerBound)..<max(0, place.upperBound - range.lowerBound)
        guard let found = lowered.firstPlace(of: mark, in: inside) else { return nil }
        let bytes = source.bytes
        var from = found + mark.utf8CodeUnitCount + range.lowerBound
        while from < place.upperBound, bytes[from].isFolding || bytes[from] == UInt8(ascii: "<") { from += 1 }
        let word = bytes[from..<max(from, place.upperBound)].prefix { byte in
            !byte.isFolding && byte != UInt8(ascii: ",") && byte != UInt8(ascii: ";") && byte != UInt8(ascii: ")")
                && byte != UInt8(ascii: ">")
        }
        guard !word.isEmpty else { return nil }
        return Located(String(decoding: word, as: UTF8.self), at: word.startIndex..<word.endIndex)
    }

    /// Whether the name of the server that wrote the line ends so, in lower case.
    func isBy(_ end: StaticString) -> Bool {
        guard let by = received["by"]?.value?.range else { return false }
        let length = end.utf8CodeUnitCount
        return by.count >= length && source.bytes.hasASCII(end, at: by.upperBound - length)
    }

    /// Whether the comment begins with the mark, which is in lower case.
    private func begins(_ comment: Located<String>, _ mark: StaticString) -> Bool {
        source.bytes.hasASCII(mark, at: comment.range.lowerBound)
    }

    /// "(envelope-from <a@b>)", "envelope-from <a@b>", "(envelope-sender <a@b>)", "for <a> from <b>".
    var envelopeFrom: Located<String>? {
        if has("envelope-") {
            if let found = word(after: "envelope-from ", in: range) { return found }
            if let found = word(after: "envelope-sender ", in: range) { return found }
        }
        if has("mailfrom:"), let found = word(after: "mailfrom:", in: range) { return found }
        // IBM's gateways name the sender after the recipient.
        guard let clause = received["for"], clause.items.count > 2, case let words = clause.words, words.count > 2,
            let from = words.firstIndex(where: { $0.value.lowercased() == "from" }), from + 1 < words.count
        else { return nil }
        let text = words[from + 1]
        guard text.value.hasPrefix("<"), text.value.hasSuffix(">"), text.range.count > 2 else { return text }
        return Located(
            String(text.value.dropFirst().dropLast()), at: text.range.lowerBound + 1..<text.range.upperBound - 1)
    }

    private static let beforeUsers: [StaticString] = ["sender: ", "user ", "account ", "user=", "login "]

    /// Who logged in, in whatever words.
    var authenticated: Located<String>? {
        guard has("auth") || has("account ") || has("sasl") else { return nil }
        for comment in comments {
            let start = comment.range.lowerBound - range.lowerBound
            let inside = max(0, start)..<min(lowered.count, max(0, start) + comment.range.count)
            guard
                begins(comment, "auth") || begins(comment, "account ") || begins(comment, "sasl")
                    || lowered.firstPlace(of: "authenticated ", in: inside) != nil
                    || lowered.firstPlace(of: " auth=", in: inside) != nil
            else { continue }
            for mark in Self.beforeUsers {
                if let name = word(after: mark, in: comment.range) { return name }
            }
            return comment
        }
        return nil
    }
}
