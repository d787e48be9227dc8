import Mail

/// What a line may tell beside its clauses; to be looked for only where a mark says so.
enum Hint: UInt8, CaseIterable {
    case encryption, account, sender

    var marks: [StaticString] {
        switch self {
        case .encryption: ["tls", "cipher"]
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
    }

    static let all = MarkIndex(allDialects)

    /// By their first two bytes.
    private let marks: [Mark]
    /// For each pair of bytes, in lower case, the place of the first mark that begins so, plus one; 0 for none.
    private let starts: [UInt8]
    private let withoutMarks: UInt64

    private init(_ dialects: [any Dialect]) {
        var all: [Mark] = []
        var withoutMarks: UInt64 = 0
        for (place, dialect) in dialects.enumerated() {
            let bit = UInt64(1) << UInt64(place)
            if dialect.marks.isEmpty, dialect.forms.isEmpty { withoutMarks |= bit }
            all += dialect.marks.map { Mark(text: $0, dialect: bit, hint: 0, isOwn: true) }
            all += dialect.forms.map { Mark(text: $0, dialect: bit, hint: 0, isOwn: false) }
        }
        for hint in Hint.allCases {
            all += hint.marks.map { Mark(text: $0, dialect: 0, hint: 1 << hint.rawValue, isOwn: false) }
        }
        all.sort { Self.key($0) < Self.key($1) }
        var starts = [UInt8](repeating: 0, count: 65_536)
        for (place, mark) in all.enumerated().reversed() { starts[Self.key(mark)] = UInt8(clamping: place + 1) }
        (self.marks, self.starts, self.withoutMarks) = (all, starts, withoutMarks)
    }

    private static func key(_ mark: Mark) -> Int {
        mark.text.withUTF8Buffer { $0.prefix(2).reduce(0) { $0 << 8 | Int($1) } }
    }

    func find(in received: Received, _ range: ByteRange) -> Found {
        let source = received.source.bytes
        let bytes = source.span
        let (marks, starts) = (marks.span, starts.span)
        var found = Found(dialects: withoutMarks)
        var hints: UInt8 = 0
        var before = 0
        for place in range {
            let byte = Int(bytes[place].lowercased)
            let key = before << 8 | byte
            before = byte
            var candidate = Int(starts[key])
            while candidate > 0, candidate <= marks.count {
                let mark = marks[candidate - 1]
                guard Self.key(mark) == key else { break }
                candidate += 1
                // What is found already need not be found again.
                if mark.dialect & ~found.dialects == 0, mark.hint & ~hints == 0 { continue }
                let start = place - 1
                guard start >= range.lowerBound, source.hasASCII(mark.text, at: start) else { continue }
                if mark.isOwn, !received.isOwn(start..<start + mark.text.utf8CodeUnitCount) { continue }
                found.dialects |= mark.dialect
                hints |= mark.hint
            }
        }
        found.hints = Hints(rawValue: hints)
        return found
    }
}
