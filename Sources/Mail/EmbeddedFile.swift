/// A file that stands encoded among the lines of a text, without any header of its own.
public struct EmbeddedFile: Sendable {
    /// ``TransferEncoding/uuencode``, ``TransferEncoding/yEnc`` or ``TransferEncoding/binHex``; the last is named, not decoded.
    public let encoding: TransferEncoding
    /// The name on the first line, and where it stands in the text.
    public let name: Located<String>?
    /// The whole block, its first and last line included, in the bytes of the text.
    public let range: ByteRange
    public let bytes: [UInt8]
    public let faultCount: Int

    /// The files in a text whose transfer encoding is undone, in order.
    public static func all(in text: [UInt8]) -> [EmbeddedFile] {
        var files: [EmbeddedFile] = []
        var position = 0
        // Each kind is looked for on its own, and remembered until it is passed.
        var next = marks.map { firstLine(of: $0, in: text, from: 0) }
        while position < text.count {
            for (index, offset) in next.enumerated() where offset.map({ $0 < position }) ?? false {
                next[index] = firstLine(of: marks[index], in: text, from: position)
            }
            guard let start = next.lazy.compactMap({ $0 }).min() else { break }
            if let file = file(at: start, in: text) {
                files.append(file)
                position = max(file.range.upperBound, start + 1)
            } else {
                position = start + 1
            }
        }
        return files
    }

    /// Of uuencode, yEnc and BinHex.
    private static let marks: [StaticString] = [
        "\nbegin ", "\n=ybegin ", "\n(This file must be converted with BinHex",
    ]

    /// Where a line begins with what follows the line end in `mark`.
    private static func firstLine(of mark: StaticString, in text: [UInt8], from start: Int) -> Int? {
        let count = mark.utf8CodeUnitCount - 1
        if start == 0, count <= text.count,
            mark.withUTF8Buffer({ wanted in wanted.dropFirst().elementsEqual(text[..<count]) })
        {
            return 0
        }
        return text.firstOffset(of: mark, in: max(0, start - 1)..<text.count).map { $0 + 1 }
    }

    private static func file(at start: Int, in text: [UInt8]) -> EmbeddedFile? {
        let first = line(text, from: start)
        if text.hasASCII("=ybegin ", at: start) {
            let name = text.firstOffset(of: " name=", in: start..<first.content).map { $0 + 6..<first.content }
            return decoded(.yEnc, name, from: start, in: text, end: "=yend")
        }
        if text.hasASCII("(this file", at: start) {
            // The data are between two colons; what they hold is not looked at.
            let opening = text.firstOffset(of: UInt8(ascii: ":"), in: first.next..<text.count)
            let closing = opening.flatMap { text.firstOffset(of: UInt8(ascii: ":"), in: $0 + 1..<text.count) }
            let end = closing.map { $0 + 1 } ?? text.count
            return EmbeddedFile(
                encoding: .binHex, name: nil, range: start..<end, bytes: Array(text[start..<end]), faultCount: 0)
        }
        // begin 644 name
        var cursor = start + 6
        while cursor < first.content, text[cursor] >= 0x30, text[cursor] <= 0x37 { cursor += 1 }
        guard (3...4).contains(cursor - start - 6), cursor + 1 < first.content, text[cursor] == .space,
            first.next < text.count, isUuencoded(text, from: first.next)
        else { return nil }
        return decoded(.uuencode, cursor + 1..<first.content, from: start, in: text, end: "end")
    }

    /// Whether a line is as long as its first character says; blanks at its end may be lost, a few more be added.
    private static func isUuencoded(_ text: [UInt8], from start: Int) -> Bool {
        let line = Self.line(text, from: start)
        guard start < line.content, (0x20...0x60).contains(text[start]) else { return false }
        if text[start..<line.content].equalsASCII("end") { return true }
        let wanted = ((Int(text[start] &- 0x20) & 0x3F) + 2) / 3 * 4
        let found = line.content - start - 1
        return (wanted - 4...wanted + 2).contains(found)
            && text[start..<line.content].allSatisfy { (0x20...0x60).contains($0) }
    }

    private static func line(_ text: [UInt8], from start: Int) -> (content: Int, next: Int) {
        let bytes = text.span
        return bytes.line(from: start, to: bytes.count)
    }

    private static func decoded(
        _ encoding: TransferEncoding, _ name: ByteRange?, from start: Int, in text: [UInt8], end: StaticString
    ) -> EmbeddedFile {
        var position = start
        var stop = text.count
        while position < text.count {
            let line = Self.line(text, from: position)
            position = line.next
            if position >= text.count { break }
            if text.hasASCII(end, at: position) {
                let last = Self.line(text, from: position)
                if encoding == .yEnc || last.content - position == end.utf8CodeUnitCount {
                    stop = last.next
                    break
                }
            }
        }
        let block = Source(exactly: Array(text[start..<stop])).decode(0..<stop - start, from: encoding)
        return EmbeddedFile(
            encoding: encoding,
            name: name.map { Located(Charset.headerText(text[$0], declared: nil), at: $0) }, range: start..<stop,
            bytes: block.bytes, faultCount: block.faultCount)
    }
}
