/// Text in another charset inside a header field: `=?koi8-r?B?8NLJ18XU?=`. RFC 2047
public enum EncodedWord {
    // encoded-word = "=?" charset "?" encoding "?" encoded-text "?="
    private struct Word {
        let charset: Charset?
        let bytes: [UInt8]
        let end: Int
    }

    /// The text of `range` with its encoded words decoded and its folds undone.
    ///
    /// White space between two encoded words is not shown. RFC 2047 §6.2
    static func decoding(_ cursor: Cursor, _ range: ByteRange) -> String {
        let bytes = cursor.source.bytes
        var text = ""
        var plainStart = range.lowerBound
        var position = range.lowerBound
        var pending: (charset: Charset?, bytes: [UInt8])?
        var noEndAfter = false

        func flush() {
            if let pending { text += Self.text(pending.bytes, pending.charset ?? cursor.charset) }
            pending = nil
        }
        while !noEndAfter, let place = bytes.firstPlace(of: UInt8(ascii: "="), in: position..<range.upperBound) {
            position = place + 1
            guard position < range.upperBound, bytes[position] == UInt8(ascii: "?") else { continue }
            guard let word = word(bytes, at: place, to: range.upperBound, &noEndAfter) else { continue }
            let between = plainStart..<place
            if pending == nil || !bytes[between].allSatisfy(\.isFolding) {
                flush()
                text += cursor.text(between)
            }
            // A character may be split between two words, against the rules. RFC 2047 §5
            if pending != nil, pending?.charset == word.charset {
                pending?.bytes += word.bytes
            } else {
                flush()
                pending = (word.charset, word.bytes)
            }
            position = word.end
            plainStart = word.end
        }
        flush()
        return text + cursor.text(plainStart..<range.upperBound)
    }

    private static func text(_ bytes: [UInt8], _ charset: Charset?) -> String {
        (charset ?? .windows1252).decode(bytes[...]).text
    }

    /// The encoded word at `start`; `noEnd` becomes true when nothing after it can end a word.
    private static func word(_ bytes: [UInt8], at start: Int, to end: Int, _ noEnd: inout Bool) -> Word? {
        let label = start + 2
        let labelLimit = min(end, label + 80)
        guard let labelEnd = bytes.firstPlace(of: UInt8(ascii: "?"), in: label..<max(label, labelLimit)),
            labelEnd > label, labelEnd + 2 < end, bytes[labelEnd + 2] == UInt8(ascii: "?")
        else { return nil }
        let encoding = bytes[labelEnd + 1].lowercased
        guard encoding == UInt8(ascii: "b") || encoding == UInt8(ascii: "q") else { return nil }
        let textStart = labelEnd + 3
        var close = textStart
        while true {
            guard let mark = bytes.firstPlace(of: UInt8(ascii: "?"), in: close..<end), mark + 1 < end else {
                noEnd = true
                return nil
            }
            if bytes[mark + 1] == UInt8(ascii: "=") {
                close = mark
                break
            }
            close = mark + 1
        }
        // RFC 2231 §5 lets a language follow the charset: "us-ascii*en-us".
        let name = bytes[label..<labelEnd].prefix { $0 != UInt8(ascii: "*") }
        let text = textStart..<close
        return Word(
            charset: Charset(label: name),
            bytes: encoding == UInt8(ascii: "b") ? decodeB(bytes, text) : decodeQ(bytes, text), end: close + 2)
    }

    private static func decodeB(_ bytes: [UInt8], _ range: ByteRange) -> [UInt8] {
        var body = DecodedBody(isMapped: false)
        Base64.decode(bytes, in: range, into: &body)
        return body.bytes
    }

    // The "Q" encoding. RFC 2047 §4.2
    private static func decodeQ(_ bytes: [UInt8], _ range: ByteRange) -> [UInt8] {
        var decoded: [UInt8] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = bytes[position]
            if byte == UInt8(ascii: "_") {
                decoded.append(.space)
            } else if byte == UInt8(ascii: "="), position + 2 < range.upperBound,
                let high = bytes[position + 1].hexDigit, let low = bytes[position + 2].hexDigit
            {
                decoded.append(high << 4 | low)
                position += 2
            } else {
                decoded.append(byte)
            }
            position += 1
        }
        return decoded
    }
}
