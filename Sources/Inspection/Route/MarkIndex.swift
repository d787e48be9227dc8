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
        var hints: Hints = []
    }

    struct Hints: OptionSet {
        let rawValue: UInt8
        func contains(_ hint: Hint) -> Bool { rawValue & 1 << hint.rawValue != 0 }
    }

    private struct Mark {
        let text: StaticString
        let dialect: UInt64
        let hint: UInt8
        /// Whether it counts only where the server speaks of itself.
        let isOwn: Bool
        /// The hash of the first two bytes.
        let key: Int

        init(_ text: StaticString, dialect: UInt64 = 0, hint: UInt8 = 0, isOwn: Bool = false) {
            (self.text, self.dialect, self.hint, self.isOwn) = (text, dialect, hint, isOwn)
            key = text.withUTF8Buffer { $0.prefix(2).reduce(0) { $0 << 6 | MarkIndex.bits($1) } }
        }

        /// Whether it stands at a place whose end the caller has looked at.
        func isAt(_ place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            let text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            for index in text.indices where bytes[place + index].lowercased != text[index] { return false }
            return true
        }
    }

    static let all = MarkIndex(allDialects)
    /// As many marks as there can be.
    static let capacity = 254

    /// By their first two bytes.
    private let marks: [Mark]
    /// For each pair of bytes, by its hash, the place of the first mark that begins so, plus one; 0 for none.
    private let starts: [UInt8]
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
        var starts = [UInt8](repeating: 0, count: 4096)
        for (place, mark) in all.enumerated().reversed() { starts[mark.key] = UInt8(clamping: place + 1) }
        (self.marks, self.starts, self.withoutMarks) = (all, starts, withoutMarks)
    }

    /// Six bits of a byte, the same for both cases of a letter.
    private static func bits(_ byte: UInt8) -> Int { Int(byte & 0x1F | (byte & 0x40) >> 1) }

    func find(in received: Received, _ range: ByteRange) -> Found {
        var found = Found(dialects: withoutMarks)
        var hints: UInt8 = 0
        let source = received.source.bytes
        let range = range.clamped(to: 0..<source.count)
        source.withUnsafeBufferPointer { bytes in
            starts.withUnsafeBufferPointer { starts in
                marks.withUnsafeBufferPointer { marks in
                    var key = 0
                    for place in range {
                        // Twice six bits are less than 4096.
                        key = (key & 0x3F) << 6 | Self.bits(bytes[place])
                        var next = Int(starts[key])
                        guard next > 0 else { continue }
                        let wanted = marks[next - 1].key
                        while next <= marks.count, marks[next - 1].key == wanted {
                            let mark = marks[next - 1]
                            next += 1
                            // What is found already need not be found again.
                            let isNew = mark.dialect & ~found.dialects != 0 || mark.hint & ~hints != 0
                            let length = mark.text.utf8CodeUnitCount
                            guard isNew, place > range.lowerBound, length <= range.upperBound - place + 1,
                                mark.isAt(place - 1, bytes),
                                !mark.isOwn || received.isOwn(place - 1..<place - 1 + length)
                            else { continue }
                            found.dialects |= mark.dialect
                            hints |= mark.hint
                        }
                    }
                }
            }
        }
        found.hints = Hints(rawValue: hints)
        return found
    }
}
