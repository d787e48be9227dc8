package import Mail

/// Addresses in plain text that mail programs make clickable: what begins with `http://`, `https://`, `ftp://` or `www.`
package enum TextLinks {
    package struct Candidate: Sendable {
        /// Where it stands.
        package let range: ByteRange
        /// As written; with `http://` before `www.`
        package let target: String
    }

    /// - Parameter utf8: well-formed.
    package static func all(in utf8: [UInt8], limit: Int = .max) -> [Candidate] {
        var found: [Candidate] = []
        var offset = 0
        // Both marks have a dot or a colon that few other words have, and each is looked for once.
        var nextScheme = utf8.firstOffset(of: "://", in: 0..<utf8.count)
        var nextName = utf8.firstOffset(ofAnyCase: "www.", in: 0..<utf8.count)
        while found.count < limit {
            if let scheme = nextScheme, scheme < offset {
                nextScheme = utf8.firstOffset(of: "://", in: offset..<utf8.count)
            }
            if let name = nextName, name < offset {
                nextName = utf8.firstOffset(ofAnyCase: "www.", in: offset..<utf8.count)
            }
            guard let mark = [nextScheme, nextName].compactMap({ $0 }).min() else { break }
            offset = mark + 1
            let isName = mark == nextName && mark != nextScheme
            guard let start = isName ? boundary(utf8, mark) : schemeStart(utf8, mark) else { continue }
            let head = isName ? mark + 4 : mark + 3
            let end = end(utf8, head)
            guard end > head else { continue }
            let range = start..<end
            let text = String(decoding: utf8[range], as: UTF8.self)
            if isName {
                // "www.example.com@example.com" is somebody's address.
                let authority = utf8[range].prefix {
                    $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
                }
                if authority.contains(UInt8(ascii: "@")) { continue }
            }
            found.append(Candidate(range: range, target: isName ? "http://" + text : text))
            offset = end
        }
        return found
    }

    private static func schemeStart(_ text: [UInt8], _ colon: Int) -> Int? {
        for name in ["https", "http", "ftp"] as [StaticString] {
            let start = colon - name.utf8CodeUnitCount
            guard start >= 0, text.hasASCII(name, at: start) else { continue }
            return boundary(text, start)
        }
        return nil
    }

    /// The offset, unless a word goes on there.
    private static func boundary(_ text: [UInt8], _ start: Int) -> Int? {
        guard start > 0 else { return start }
        let before = text[start - 1]
        let isWord = before.isLetter || before.isDigit || "@./-_".utf8.contains(before)
        return isWord ? nil : start
    }

    /// Up to a blank, a quote or an angle bracket, without the punctuation that ends a sentence and brackets that were opened before.
    private static func end(_ text: [UInt8], _ start: Int) -> Int {
        var offset = start
        /// How many brackets of each kind are closed more often than opened.
        var surplus = SIMD4<Int>()
        while offset < text.count, !isEnd(text, offset) {
            if let (kind, step) = bracket(text[offset]) { surplus[kind] += step }
            offset += 1
        }
        while offset > start {
            if let (kind, step) = bracket(text[offset - 1]), step > 0 {
                guard surplus[kind] > 0 else { break }
                surplus[kind] -= 1
            } else if !isPunctuation(text[offset - 1]) {
                break
            }
            offset -= 1
        }
        return offset
    }

    /// Which kind of bracket a byte is, and whether it closes.
    private static func bracket(_ byte: UInt8) -> (kind: Int, step: Int)? {
        switch byte {
        case UInt8(ascii: "("): (0, -1)
        case UInt8(ascii: ")"): (0, 1)
        case UInt8(ascii: "["): (1, -1)
        case UInt8(ascii: "]"): (1, 1)
        case UInt8(ascii: "{"): (2, -1)
        case UInt8(ascii: "}"): (2, 1)
        default: nil
        }
    }

    /// What a sentence may end in, or emphasis.
    private static func isPunctuation(_ byte: UInt8) -> Bool { ".,;:!?'*_".utf8.contains(byte) }

    private static func isEnd(_ text: [UInt8], _ offset: Int) -> Bool {
        let byte = text[offset]
        if byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
            || byte == UInt8(ascii: "\"")
        {
            return true
        }
        // U+00A0; U+2000 to U+200A, U+2028, U+2029; U+3000
        guard byte == 0xC2 || byte == 0xE2 || byte == 0xE3, offset + 1 < text.count else { return false }
        if byte == 0xC2 { return text[offset + 1] == 0xA0 }
        guard offset + 2 < text.count, text[offset + 1] == 0x80 else { return false }
        let last = text[offset + 2]
        return byte == 0xE3 ? last == 0x80 : last <= 0x8A || last == 0xA8 || last == 0xA9
    }
}
