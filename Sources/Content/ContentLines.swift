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
        var offset = 0
        var start = 0
        segments.append((0, 0))
        while offset < source.count {
            let byte = source[offset]
            if byte == .carriageReturn || byte == .lineFeed {
                let isPair = byte == .carriageReturn && offset + 1 < source.count && source[offset + 1] == .lineFeed
                offset += isPair ? 2 : 1
                if offset < source.count, source[offset] == .space || source[offset] == .tab {
                    offset += 1
                } else {
                    end(start)
                    start = bytes.count
                }
                segments.append((bytes.count, offset))
            } else if byte == UInt8(ascii: "\\"), offset + 1 < source.count {
                // ESCAPED-CHAR = ("\\" / "\;" / "\," / "\N" / "\n")
                let next = source[offset + 1]
                bytes.append(next.lowercased == UInt8(ascii: "n") ? .space : next)
                offset += 2
                segments.append((bytes.count, offset))
            } else {
                bytes.append(byte)
                offset += 1
            }
        }
        end(start)
    }

    // contentline = name *(";" param ) ":" value CRLF
    private mutating func end(_ start: Int) {
        let end = bytes.count
        bytes.append(.lineFeed)
        guard lines.count < 10_000 else { return }
        var offset = start
        while offset < end,
            bytes[offset].isLetter || bytes[offset].isDigit || bytes[offset] == UInt8(ascii: "-")
                || bytes[offset] == UInt8(ascii: ".")
        {
            offset += 1
        }
        guard offset > start, offset < end, bytes[offset] == UInt8(ascii: ":") || bytes[offset] == UInt8(ascii: ";")
        else {
            return
        }
        let name = bytes[start..<offset].prefix(64)
        let first = min(offset + 1, end)
        var isQuoted = false
        while offset < end, isQuoted || bytes[offset] != UInt8(ascii: ":") {
            if bytes[offset] == UInt8(ascii: "\"") { isQuoted.toggle() }
            offset += 1
        }
        guard offset < end else { return }
        lines.append(
            Line(
                name: String(decoding: name, as: UTF8.self).uppercased(), parameters: min(first, offset)..<offset,
                value: offset + 1..<end))
    }

    /// Where bytes of ``bytes`` stand in the source.
    func source(_ range: ByteRange) -> ByteRange {
        func sourceOffset(_ offset: Int) -> Int {
            var (low, high) = (0, segments.count)
            while low + 1 < high {
                let middle = (low + high) / 2
                if segments[middle].start <= offset { low = middle } else { high = middle }
            }
            return segments[low].source + offset - segments[low].start
        }
        let start = sourceOffset(range.lowerBound)
        return start..<max(start, range.isEmpty ? start : sourceOffset(range.upperBound - 1) + 1)
    }

    func text(_ range: ByteRange) -> String { String(decoding: bytes[range].prefix(4096), as: UTF8.self) }
}
