/// The encoding of uuencode(1): POSIX.1-2017, `begin 644 name`, lines of a length and digits, `end`.
enum Uuencode {
    static func decode(
        _ bytes: [UInt8], in range: ByteRange, lineEnd: UInt8, into output: inout OutputSpan<UInt8>,
        _ notes: inout DecodingNotes
    ) {
        var position = range.lowerBound
        let end = range.upperBound
        var isInside = false
        while position < end {
            let newline = bytes.firstOffset(of: lineEnd, in: position..<end)
            var content = newline ?? end
            while content > position, bytes[content - 1].isFolding { content -= 1 }
            let line = position..<content
            position = newline.map { $0 + 1 } ?? end
            if !isInside {
                isInside = bytes.hasASCII("begin ", at: line.lowerBound)
            } else if bytes[line].equalsASCII("end") {
                return
            } else if !line.isEmpty {
                decodeLine(bytes, in: line, into: &output, &notes)
            }
        }
    }

    private static func decodeLine(
        _ bytes: [UInt8], in line: ByteRange, into output: inout OutputSpan<UInt8>, _ notes: inout DecodingNotes
    ) {
        let length = Int(bytes[line.lowerBound] &- 0x20) & 0x3F
        guard bytes[line.lowerBound] >= 0x20, bytes[line.lowerBound] <= 0x60 else {
            return notes.note(.badUuencode, at: line)
        }
        notes.mark(line.lowerBound + 1, after: output.count)
        var remaining = length
        var offset = line.lowerBound + 1
        // Blanks at a line's end stand for zeros and get lost in transport.
        func digit(_ offset: Int) -> UInt8 { offset < line.upperBound ? (bytes[offset] &- 0x20) & 0x3F : 0 }
        while remaining > 0, offset < line.upperBound {
            let (a, b, c, d) = (digit(offset), digit(offset + 1), digit(offset + 2), digit(offset + 3))
            output.put(a << 2 | b >> 4)
            if remaining > 1 { output.put(b << 4 | c >> 2) }
            if remaining > 2 { output.put(c << 6 | d) }
            remaining -= 3
            offset += 4
        }
        notes.unmark(line.upperBound)
        if remaining > 0 { notes.note(.badUuencode, at: line) }
    }
}
