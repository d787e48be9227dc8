import Mail

/// Addresses in a style sheet: `url(…)`, `src(…)`, `@import "…"`, `image-set("…")`. CSS Syntax 3 §4.3, CSS Values 4 §4.5
enum CSSAddresses {
    static func all(in css: ArraySlice<UInt8>) -> [String] {
        var found: [String] = []
        var offset = css.startIndex
        /// Whether the next string is an address.
        var wantsString = false
        while offset < css.endIndex, found.count < 5000 {
            let byte = css[offset]
            if byte == UInt8(ascii: "/"), offset + 1 < css.endIndex, css[offset + 1] == UInt8(ascii: "*") {
                offset = commentEnd(css, offset + 2)
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                let (text, end) = string(css, offset)
                if wantsString { found.append(text) }
                wantsString = false
                offset = end
            } else if byte.isLetter || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "@") {
                let isRule = byte == UInt8(ascii: "@")
                let start = isRule ? offset + 1 : offset
                let end = identifierEnd(css, start)
                offset = max(end, offset + 1)
                let isFunction = offset < css.endIndex && css[offset] == UInt8(ascii: "(")
                // Most are properties, values and names of elements.
                guard isRule || isFunction else { continue }
                switch identifier(css[start..<end]) {
                case "url" where isFunction, "src" where isFunction:
                    let (text, end) = address(css, offset + 1)
                    if !text.isEmpty { found.append(text) }
                    offset = end
                    wantsString = false
                case "import" where isRule: wantsString = true
                // The hyphen before "webkit" is passed already.
                case "image-set" where isFunction, "webkit-image-set" where isFunction: wantsString = true
                default: break
                }
            } else {
                if byte == UInt8(ascii: ";") || byte == UInt8(ascii: "}") { wantsString = false }
                offset += 1
            }
        }
        return found
    }

    private static func commentEnd(_ css: ArraySlice<UInt8>, _ start: Int) -> Int {
        var offset = start
        while offset + 1 < css.endIndex {
            if css[offset] == UInt8(ascii: "*"), css[offset + 1] == UInt8(ascii: "/") { return offset + 2 }
            offset += 1
        }
        return css.endIndex
    }

    // escape = "\" 1*6HEXDIG [blank] / "\" any
    private static func escape(_ css: ArraySlice<UInt8>, _ start: Int) -> (text: String, end: Int) {
        var offset = start
        var code: UInt32 = 0
        while offset < css.endIndex, offset - start < 6, let digit = css[offset].hexDigit {
            code = code << 4 | UInt32(digit)
            offset += 1
        }
        if offset > start {
            if offset < css.endIndex, css[offset].isHTMLBlank { offset += 1 }
            return (Unicode.Scalar(code).map { String(Character($0)) } ?? "\u{FFFD}", offset)
        }
        guard offset < css.endIndex else { return ("", offset) }
        // An escaped line end is nothing.
        return (css[offset] == .lineFeed ? "" : String(decoding: [css[offset]], as: UTF8.self), offset + 1)
    }

    private static func identifierEnd(_ css: ArraySlice<UInt8>, _ start: Int) -> Int {
        var offset = start
        while offset < css.endIndex {
            let byte = css[offset]
            if byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") {
                offset += 1
            } else if byte == UInt8(ascii: "\\") {
                offset = max(escape(css, offset + 1).end, offset + 1)
            } else {
                break
            }
        }
        return offset
    }

    /// Its name in lower case, escapes resolved; empty when it is longer than any that matters.
    private static func identifier(_ css: ArraySlice<UInt8>) -> String {
        guard css.count <= 256 else { return "" }
        var text: [UInt8] = []
        var offset = css.startIndex
        while offset < css.endIndex {
            if css[offset] == UInt8(ascii: "\\") {
                let (more, end) = escape(css, offset + 1)
                text += more.utf8
                offset = max(end, offset + 1)
            } else {
                text.append(css[offset])
                offset += 1
            }
        }
        return String(decoding: text, as: UTF8.self).lowercased()
    }

    private static func string(_ css: ArraySlice<UInt8>, _ open: Int) -> (text: String, end: Int) {
        let quote = css[open]
        var bytes: [UInt8] = []
        var offset = open + 1
        while offset < css.endIndex, css[offset] != quote {
            if css[offset] == UInt8(ascii: "\\") {
                let (more, end) = escape(css, offset + 1)
                bytes += more.utf8
                offset = max(end, offset + 1)
            } else if css[offset] == .lineFeed {
                // A string that its line ends is none.
                return ("", offset + 1)
            } else {
                bytes.append(css[offset])
                offset += 1
            }
        }
        return (String(decoding: bytes, as: UTF8.self), min(offset + 1, css.endIndex))
    }

    private static func address(_ css: ArraySlice<UInt8>, _ start: Int) -> (text: String, end: Int) {
        var offset = start
        while offset < css.endIndex, css[offset].isHTMLBlank { offset += 1 }
        guard offset < css.endIndex else { return ("", offset) }
        if css[offset] == UInt8(ascii: "\"") || css[offset] == UInt8(ascii: "'") { return string(css, offset) }
        var bytes: [UInt8] = []
        while offset < css.endIndex, css[offset] != UInt8(ascii: ")"), !css[offset].isHTMLBlank {
            if css[offset] == UInt8(ascii: "\\") {
                let (more, end) = escape(css, offset + 1)
                bytes += more.utf8
                offset = max(end, offset + 1)
            } else {
                bytes.append(css[offset])
                offset += 1
            }
        }
        return (String(decoding: bytes, as: UTF8.self), offset)
    }
}
