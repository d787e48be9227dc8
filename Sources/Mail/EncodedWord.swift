/// Text in another charset inside a header field: `=?koi8-r?B?8NLJ18XU?=`. RFC 2047
public enum EncodedWord {
    // encoded-word = "=?" charset "?" encoding "?" encoded-text "?="
    private struct Word {
        let charset: Charset
        let isBase64: Bool
        let text: ByteRange
        var end: Int { text.upperBound + 2 }
    }

    /// The text of `range` with its encoded words decoded and its folds undone.
    ///
    /// White space between two encoded words is not shown. RFC 2047 §6.2
    static func decoding(_ cursor: Cursor, _ range: ByteRange) -> String {
        cursor.source.decodedText(range, charset: cursor.charset)
    }

    /// What ``decoding(_:_:)`` does where there is something to decode.
    fileprivate static func decodingWords(_ bytes: [UInt8], _ range: ByteRange, charset: Charset?) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var plainStart = range.lowerBound
        var position = range.lowerBound
        var pending: [UInt8] = []
        var pendingCharset: Charset?
        var isPending = false
        var noEndAfter = false

        func flush() {
            guard isPending else { return }
            text += (pendingCharset ?? .utf8).decode(pending).utf8
            pending.removeAll(keepingCapacity: true)
            isPending = false
        }
        func appendPlain(_ plain: ByteRange) {
            guard !plain.isEmpty else { return }
            if bytes[plain].isASCII {
                text.append(addingCapacity: plain.count) { output in output.appendUnfolded(bytes, plain) }
            } else {
                text += Charset.headerText(bytes[plain], declared: charset).utf8
            }
        }
        while !noEndAfter, let offset = bytes.firstOffset(of: UInt8(ascii: "="), in: position..<range.upperBound) {
            position = offset + 1
            guard position < range.upperBound, bytes[position] == UInt8(ascii: "?") else { continue }
            guard let word = word(bytes, at: offset, to: range.upperBound, &noEndAfter) else { continue }
            let between = plainStart..<offset
            let isAdjacent = isPending && bytes[between].allSatisfy(\.isFolding)
            // A character may be split between two words, against the rules. RFC 2047 §5
            if !isAdjacent || pendingCharset != word.charset { flush() }
            if !isAdjacent { appendPlain(between) }
            pendingCharset = word.charset
            isPending = true
            if word.isBase64 {
                var notes = DecodingNotes(isMapped: false)
                pending.append(addingCapacity: Base64.capacity(for: word.text.count)) { output in
                    Base64.decode(bytes, in: word.text, into: &output, &notes)
                }
            } else {
                decodeQ(bytes, word.text, into: &pending)
            }
            position = word.end
            plainStart = word.end
        }
        flush()
        appendPlain(plainStart..<range.upperBound)
        return String(decoding: text, as: UTF8.self)
    }

    /// The encoded word at `start`; `noEnd` becomes true when nothing after it can end a word.
    private static func word(_ bytes: [UInt8], at start: Int, to end: Int, _ noEnd: inout Bool) -> Word? {
        let label = start + 2
        let labelLimit = min(end, label + 80)
        guard let labelEnd = bytes.firstOffset(of: UInt8(ascii: "?"), in: label..<max(label, labelLimit)),
            labelEnd > label, labelEnd + 2 < end, bytes[labelEnd + 2] == UInt8(ascii: "?")
        else { return nil }
        let encoding = bytes[labelEnd + 1].lowercased
        guard encoding == UInt8(ascii: "b") || encoding == UInt8(ascii: "q") else { return nil }
        let textStart = labelEnd + 3
        var close = textStart
        while true {
            guard let mark = bytes.firstOffset(of: UInt8(ascii: "?"), in: close..<end), mark + 1 < end else {
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
        // A blank ends a word; some programs fold words of base64, though. RFC 2047 §2
        let content = bytes[textStart..<close]
        if encoding == UInt8(ascii: "b"), content.contains(.space), !content.contains(.lineFeed) { return nil }
        // A charset that is not known leaves the word as it stands.
        guard let charset = Charset(label: name) else { return nil }
        return Word(charset: charset, isBase64: encoding == UInt8(ascii: "b"), text: textStart..<close)
    }

    // The "Q" encoding. RFC 2047 §4.2
    private static func decodeQ(_ bytes: [UInt8], _ range: ByteRange, into decoded: inout [UInt8]) {
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
    }
}

extension Source {
    /// The text of `range` of a header: folds undone, encoded words decoded, raw 8-bit bytes read as UTF-8 if they are that, else
    /// in `charset` or windows-1252.
    public func decodedText(_ range: ByteRange, charset: @autoclosure () -> Charset? = nil) -> String {
        let range = range.clamped(to: 0..<bytes.count)
        let (plain, kinds) = bytes.unfolded(range)
        return kinds == 0 ? plain : EncodedWord.decodingWords(bytes, range, charset: charset())
    }
}
