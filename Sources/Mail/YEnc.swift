/// yEnc, the encoding of Usenet: each byte plus 42, `=` before those that plus 64. yenc.org, draft 1.3
enum YEnc {
    // =ybegin line=128 size=123456 name=file.bin … =yend size=123456
    static func decode(
        _ bytes: [UInt8], in range: ByteRange, into output: inout OutputSpan<UInt8>, _ notes: inout DecodingNotes
    ) {
        var position = range.lowerBound
        var beginning: ByteRange?
        while position < range.upperBound {
            let newline = bytes.firstOffset(of: .lineFeed, in: position..<range.upperBound)
            var content = newline ?? range.upperBound
            if content > position, bytes[content - 1] == .carriageReturn { content -= 1 }
            let line = position..<content
            position = newline.map { $0 + 1 } ?? range.upperBound
            if bytes.hasASCII("=ybegin ", at: line.lowerBound) {
                beginning = line
            } else if bytes.hasASCII("=yend", at: line.lowerBound) {
                if let size = size(bytes, line), size != output.count { notes.note(.badYEnc, at: line) }
                return
            } else if beginning != nil, !bytes.hasASCII("=ypart ", at: line.lowerBound) {
                decodeLine(bytes, in: line, into: &output, &notes)
            }
        }
        notes.note(.badYEnc, at: beginning ?? range.prefix(1))
    }

    private static func decodeLine(
        _ bytes: [UInt8], in line: ByteRange, into output: inout OutputSpan<UInt8>, _ notes: inout DecodingNotes
    ) {
        notes.mark(line.lowerBound, after: output.count)
        var isEscaped = false
        for offset in line {
            let byte = bytes[offset]
            if !isEscaped, byte == UInt8(ascii: "=") {
                isEscaped = true
                continue
            }
            output.put(isEscaped ? byte &- 64 &- 42 : byte &- 42)
            isEscaped = false
        }
        notes.unmark(line.upperBound)
    }

    /// The number after `size=`.
    private static func size(_ bytes: [UInt8], _ line: ByteRange) -> Int? {
        guard let offset = bytes.firstOffset(of: "size=", in: line) else { return nil }
        let digits = bytes[(offset + 5)..<line.upperBound].prefix { $0.isDigit }
        return digits.count > 12 ? nil : Int(String(decoding: digits, as: UTF8.self))
    }
}
