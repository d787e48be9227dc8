import Mail

/// The lines of a calendar or a card, unfolded and unescaped. RFC 5545 §3.1, RFC 6350 §3.2
struct ContentLines {
    struct Line {
        /// In upper case: `ORGANIZER`.
        let name: String
        /// The parameters as they stand, without the first ";".
        let parameters: ByteRange
        let value: ByteRange
    }

    /// All lines, each ended by one line feed.
    private(set) var bytes: [UInt8] = []
    private(set) var lines: [Line] = []
    /// Where stretches of ``bytes`` come from: each goes on to the next.
    private var segments: [(start: Int, source: Int)] = []

    init(_ source: [UInt8]) {
        bytes.reserveCapacity(source.count)
        var place = 0
        var start = 0
        segments.append((0, 0))
        while place < source.count {
            let byte = source[place]
            if byte == .carriageReturn || byte == .lineFeed {
                let isPair = byte == .carriageReturn && place + 1 < source.count && source[place + 1] == .lineFeed
                place += isPair ? 2 : 1
                if place < source.count, source[place] == .space || source[place] == .tab {
                    place += 1
                } else {
                    end(start)
                    start = bytes.count
                }
                segments.append((bytes.count, place))
            } else if byte == UInt8(ascii: "\\"), place + 1 < source.count {
                // ESCAPED-CHAR = ("\\" / "\;" / "\," / "\N" / "\n")
                let next = source[place + 1]
                bytes.append(next.lowercased == UInt8(ascii: "n") ? .space : next)
                place += 2
                segments.append((bytes.count, place))
            } else {
                bytes.append(byte)
                place += 1
            }
        }
        end(start)
    }

    // contentline = name *(";" param ) ":" value CRLF
    private mutating func end(_ start: Int) {
        let end = bytes.count
        bytes.append(.lineFeed)
        guard lines.count < 10_000 else { return }
        var place = start
        while place < end,
            bytes[place].isLetter || bytes[place].isDigit || bytes[place] == UInt8(ascii: "-")
                || bytes[place] == UInt8(ascii: ".")
        {
            place += 1
        }
        guard place > start, place < end, bytes[place] == UInt8(ascii: ":") || bytes[place] == UInt8(ascii: ";") else {
            return
        }
        let name = bytes[start..<place].prefix(64)
        let first = min(place + 1, end)
        var isQuoted = false
        while place < end, isQuoted || bytes[place] != UInt8(ascii: ":") {
            if bytes[place] == UInt8(ascii: "\"") { isQuoted.toggle() }
            place += 1
        }
        guard place < end else { return }
        lines.append(
            Line(
                name: String(decoding: name, as: UTF8.self).uppercased(), parameters: min(first, place)..<place,
                value: place + 1..<end))
    }

    /// Where bytes of ``bytes`` stand in the source.
    func source(_ range: ByteRange) -> ByteRange {
        func place(_ offset: Int) -> Int {
            var (low, high) = (0, segments.count)
            while low + 1 < high {
                let middle = (low + high) / 2
                if segments[middle].start <= offset { low = middle } else { high = middle }
            }
            return segments[low].source + offset - segments[low].start
        }
        let start = place(range.lowerBound)
        return start..<max(start, range.isEmpty ? start : place(range.upperBound - 1) + 1)
    }

    func text(_ range: ByteRange) -> String { String(decoding: bytes[range].prefix(4096), as: UTF8.self) }
}
