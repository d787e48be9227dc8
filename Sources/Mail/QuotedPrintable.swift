/// RFC 2045 §6.7
enum QuotedPrintable {
    // quoted-printable = qp-line *(CRLF qp-line)
    static func decode(
        _ bytes: [UInt8], in range: ByteRange, lineEnd: UInt8, into output: inout OutputSpan<UInt8>,
        _ notes: inout DecodingNotes
    ) {
        var position = range.lowerBound
        let end = range.upperBound
        while position < end {
            let newline = bytes.firstOffset(of: lineEnd, in: position..<end)
            var content = newline ?? end
            if lineEnd == .lineFeed, newline != nil, content > position, bytes[content - 1] == .carriageReturn {
                content -= 1
            }
            let ending = content..<(newline.map { $0 + 1 } ?? end)
            // White space at the end of a line was added in transport. RFC 2045 §6.7 (3)
            if newline != nil { while content > position, bytes[content - 1].isBlank { content -= 1 } }
            let isSoft = content > position && bytes[content - 1] == UInt8(ascii: "=")
            decodeLine(bytes, in: position..<(isSoft ? content - 1 : content), into: &output, &notes)
            if !isSoft {
                notes.mark(ending.lowerBound, after: output.count)
                output.append(bytes, ending)
            }
            notes.unmark(ending.upperBound)
            position = ending.upperBound
        }
    }

    private static func decodeLine(
        _ bytes: [UInt8], in line: ByteRange, into output: inout OutputSpan<UInt8>, _ notes: inout DecodingNotes
    ) {
        var position = line.lowerBound
        while let offset = bytes.firstOffset(of: UInt8(ascii: "="), in: position..<line.upperBound) {
            if offset > position {
                notes.mark(position, after: output.count)
                output.append(bytes, position..<offset)
            }
            notes.unmark(offset)
            notes.mark(offset, after: output.count)
            if offset + 2 < line.upperBound, let high = bytes[offset + 1].hexDigit, let low = bytes[offset + 2].hexDigit
            {
                output.put(high << 4 | low)
                position = offset + 3
            } else {
                // A robust reader shows what stands there. RFC 2045 §6.7, note (2)
                notes.note(.badQuotedPrintable, at: offset..<min(offset + 3, line.upperBound))
                output.put(bytes[offset])
                position = offset + 1
            }
            notes.unmark(position)
        }
        if position < line.upperBound {
            notes.mark(position, after: output.count)
            output.append(bytes, position..<line.upperBound)
            notes.unmark(line.upperBound)
        }
    }
}
