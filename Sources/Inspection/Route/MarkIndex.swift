import CBytes
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
        /// Where the three bytes stand in it that it is looked for by, and their number.
        let offset: Int
        let key: UInt16
        /// The first bytes, eight at the most, and a mask of as many; without the bit that tells small letters from capitals.
        let head: UInt64
        let mask: UInt64

        init(_ text: StaticString, at offset: Int, dialect: UInt64, hint: UInt8, isOwn: Bool) {
            (self.text, self.dialect, self.hint, self.isOwn) = (text, dialect, hint, isOwn)
            self.offset = offset
            key = backstamp_three(text.utf8Start + offset)
            let length = min(text.utf8CodeUnitCount, 8)
            head = text.withUTF8Buffer { $0.prefix(length).reversed().reduce(0) { $0 << 8 | UInt64($1 | 0x20) } }
            mask = ~0 >> UInt64(64 - 8 * length)
        }

        /// The mark twice, by three bytes each: wherever it stands, one of them is at an even place.
        static func pair(_ text: StaticString, dialect: UInt64 = 0, hint: UInt8 = 0, isOwn: Bool = false) -> [Mark] {
            let rare = (0..<max(1, text.utf8CodeUnitCount - 3)).first { offset in
                (offset...offset + 1).allSatisfy { !common.contains(backstamp_three(text.utf8Start + $0)) }
            }
            let offset = rare ?? 0
            return (offset...offset + 1).map { Mark(text, at: $0, dialect: dialect, hint: hint, isOwn: isOwn) }
        }

        /// The numbers of three bytes that most lines have, by which nothing is found soon.
        private static let common: Set<UInt16> = {
            let text = " from mail.example.com by mx.gmail.outlook.com with smtp id for (esmtp) " as StaticString
            return Set((0..<text.utf8CodeUnitCount - 2).map { backstamp_three(text.utf8Start + $0) })
        }()

        /// Whether it stands at a place whose end the caller has looked at.
        func isAt(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
            if place + 8 <= bytes.count {
                let found = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                if (found | 0x2020_2020_2020_2020) & mask != head { return false }
            }
            let text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            for index in text.indices where bytes[place + index].lowercased != text[index] { return false }
            return true
        }
    }

    static let all = MarkIndex(allDialects)

    /// By their numbers.
    private let marks: [Mark]
    /// A bit for each number by which a mark is looked for.
    private let set: [UInt64]
    /// For the upper bits of each number the place of the first mark that is looked for by it.
    private let starts: [UInt16]
    private let withoutMarks: UInt64

    private init(_ dialects: [any Dialect]) {
        var all: [Mark] = []
        var withoutMarks: UInt64 = 0
        for (place, dialect) in dialects.enumerated() {
            let bit = UInt64(1) << UInt64(place)
            if dialect.marks.isEmpty, dialect.forms.isEmpty { withoutMarks |= bit }
            all += dialect.marks.flatMap { Mark.pair($0, dialect: bit, isOwn: true) }
            all += dialect.forms.flatMap { Mark.pair($0, dialect: bit) }
        }
        for hint in Hint.allCases {
            all += hint.marks.flatMap { Mark.pair($0, hint: 1 << hint.rawValue) }
        }
        all.sort { $0.key < $1.key }
        var set = [UInt64](repeating: 0, count: 1024)
        var starts = [UInt16](repeating: 0, count: 4096)
        for (place, mark) in all.enumerated().reversed() {
            set[Int(mark.key >> 6)] |= 1 << UInt64(mark.key & 63)
            starts[Int(mark.key >> 4)] = UInt16(clamping: place)
        }
        (marks, self.set, self.starts, self.withoutMarks) = (all, set, starts, withoutMarks)
    }

    func find(in received: Received, _ range: ByteRange) -> Found {
        var found = Found(dialects: withoutMarks)
        let source = received.source.bytes
        let range = range.clamped(to: 0..<source.count)
        source.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            var place = backstamp_find_threes(base, range.lowerBound + range.lowerBound % 2, range.upperBound, set)
            while place < range.upperBound {
                let key = backstamp_three(base + place)
                var next = Int(starts[Int(key >> 4)])
                while next < marks.count, marks[next].key <= key {
                    let mark = marks[next]
                    next += 1
                    // What is found already need not be found again.
                    let isNew = mark.dialect & ~found.dialects != 0 || mark.hint & ~found.hints != 0
                    let start = place - mark.offset
                    let end = start + mark.text.utf8CodeUnitCount
                    guard isNew, mark.key == key, start >= range.lowerBound, end <= range.upperBound,
                        mark.isAt(start, bytes), !mark.isOwn || received.isOwn(start..<end)
                    else { continue }
                    found.dialects |= mark.dialect
                    found.hints |= mark.hint
                }
                place = backstamp_find_threes(base, place + 2, range.upperBound, set)
            }
        }
        return found
    }
}
