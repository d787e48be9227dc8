import Mail

/// What a line may tell beside its clauses; to be looked for only where a mark says so.
enum Hint: UInt8, CaseIterable {
    case account, sender

    var marks: [StaticString] {
        switch self {
        case .account: ["auth", "account ", "sasl"]
        case .sender: ["envelope-", "mailfrom:"]
        }
    }
}

/// The marks of all dialects and hints, found in one pass over a line however many there are.
struct MarkIndex: Sendable {
    struct Found {
        /// Those whose marks stand in the line, and those without any: a bit for each place in `allDialects`.
        var dialects: UInt64
        /// A bit for each hint.
        var hints: UInt8 = 0

        func has(_ hint: Hint) -> Bool { hints & 1 << hint.rawValue != 0 }
    }

    private struct Mark {
        let text: StaticString
        let dialect: UInt64
        let hint: UInt8
        /// Whether it counts only where the server speaks of itself.
        let isOwn: Bool
        /// The hash of the first three bytes.
        let key: Int

        init(_ text: StaticString, dialect: UInt64 = 0, hint: UInt8 = 0, isOwn: Bool = false) {
            (self.text, self.dialect, self.hint, self.isOwn) = (text, dialect, hint, isOwn)
            key = MarkIndex.hash(text.withUTF8Buffer { $0.prefix(3).reduce(0) { $0 << 6 | MarkIndex.bits($1) } })
        }

        /// Whether it stands at a place whose end the caller has looked at.
        func isAt(_ place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            let text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            for index in text.indices where bytes[place + index].lowercased != text[index] { return false }
            return true
        }
    }

    static let all = MarkIndex(allDialects)

    /// By their hashes.
    private let marks: [Mark]
    /// For each hash the place of the first mark that begins so, plus one; 0 for none.
    private let starts: [UInt16]
    private let withoutMarks: UInt64

    private init(_ dialects: [any Dialect]) {
        var all: [Mark] = []
        var withoutMarks: UInt64 = 0
        for (place, dialect) in dialects.enumerated() {
            let bit = UInt64(1) << UInt64(place)
            if dialect.marks.isEmpty, dialect.forms.isEmpty { withoutMarks |= bit }
            all += dialect.marks.map { Mark($0, dialect: bit, isOwn: true) }
            all += dialect.forms.map { Mark($0, dialect: bit) }
        }
        for hint in Hint.allCases {
            all += hint.marks.map { Mark($0, hint: 1 << hint.rawValue) }
        }
        all.sort { $0.key < $1.key }
        var starts = [UInt16](repeating: 0, count: 4096)
        for (place, mark) in all.enumerated().reversed() { starts[mark.key] = UInt16(clamping: place + 1) }
        (self.marks, self.starts, self.withoutMarks) = (all, starts, withoutMarks)
    }

    /// Six bits of a byte, the same for both cases of a letter.
    private static func bits(_ byte: UInt8) -> UInt32 { UInt32(byte & 0x1F | (byte & 0x40) >> 1) }

    /// Twelve bits for the last three bytes, by Fibonacci hashing. D. Knuth, The Art of Computer Programming, §6.4
    private static func hash(_ last: UInt32) -> Int { Int((last << 14 &* 0x9E37_79B1) >> 20) }

    func find(in received: Received, _ range: ByteRange) -> Found {
        var found = Found(dialects: withoutMarks)
        let source = received.source.bytes
        let range = range.clamped(to: 0..<source.count)
        source.withUnsafeBufferPointer { bytes in
            marks.withUnsafeBufferPointer { marks in
                starts.withUnsafeBufferPointer { starts in
                    var place = range.lowerBound
                    while let hit = Self.nextHit(bytes, place, range.upperBound, starts) {
                        place = hit.place + 1
                        var next = hit.mark - 1
                        while next < marks.count, marks[next].key == hit.key {
                            let mark = marks[next]
                            next += 1
                            // What is found already need not be found again.
                            let isNew = mark.dialect & ~found.dialects != 0 || mark.hint & ~found.hints != 0
                            let end = hit.place + mark.text.utf8CodeUnitCount
                            guard isNew, end <= range.upperBound, mark.isAt(hit.place, bytes),
                                !mark.isOwn || received.isOwn(hit.place..<end)
                            else { continue }
                            found.dialects |= mark.dialect
                            found.hints |= mark.hint
                        }
                    }
                }
            }
        }
        return found
    }

    /// The next three bytes with which marks may begin, and the first of these marks.
    private static func nextHit(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ starts: UnsafeBufferPointer<UInt16>
    ) -> (place: Int, key: Int, mark: Int)? {
        guard end - start > 2 else { return nil }
        var last = bits(bytes[start]) << 6 | bits(bytes[start + 1])
        for place in start + 2..<end {
            last = last << 6 | bits(bytes[place])
            let key = hash(last)
            if starts[key] != 0 { return (place - 2, key, Int(starts[key])) }
        }
        return nil
    }
}
