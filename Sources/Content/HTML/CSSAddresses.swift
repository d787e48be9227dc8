import Mail

/// Addresses in a style sheet: `url(…)`, `src(…)`, `@import "…"`, `image-set("…")`. CSS Syntax 3 §4.3, CSS Values 4 §4.5
enum CSSAddresses {
    static func all(in css: ArraySlice<UInt8>) -> [String] {
        var found: [String] = []
        var place = css.startIndex
        /// Whether the next string is an address.
        var wantsString = false
        while place < css.endIndex, found.count < 5000 {
            let byte = css[place]
            if byte == UInt8(ascii: "/"), place + 1 < css.endIndex, css[place + 1] == UInt8(ascii: "*") {
                place = commentEnd(css, place + 2)
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                let (text, end) = string(css, place)
                if wantsString { found.append(text) }
                wantsString = false
                place = end
            } else if byte.isLetter || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "@") {
                let isRule = byte == UInt8(ascii: "@")
                let start = isRule ? place + 1 : place
                let end = identifierEnd(css, start)
                place = max(end, place + 1)
                let isFunction = place < css.endIndex && css[place] == UInt8(ascii: "(")
                // Most are properties, values and names of elements.
                guard isRule || isFunction else { continue }
                switch identifier(css[start..<end]) {
                case "url" where isFunction, "src" where isFunction:
                    let (text, end) = address(css, place + 1)
                    if !text.isEmpty { found.append(text) }
                    place = end
                    wantsString = false
                case "import" where isRule: wantsString = true
                // The hyphen before "webkit" is passed already.
                case "image-set" where isFunction, "webkit-image-set" where isFunction: wantsString = true
                default: break
                }
            } else {
                if byte == UInt8(ascii: ";") || byte == UInt8(ascii: "}") { wantsString = false }
                place += 1
            }
        }
        return found
    }

    private static func commentEnd(_ css: ArraySlice<UInt8>, _ start: Int) -> Int {
        var place = start
        while place + 1 < css.endIndex {
            if css[place] == UInt8(ascii: "*"), css[place + 1] == UInt8(ascii: "/") { return place + 2 }
            place += 1
        }
        return css.endIndex
    }

    // escape = "\" 1*6HEXDIG [blank] / "\" any
    private static func escape(_ css: ArraySlice<UInt8>, _ start: Int) -> (text: String, end: Int) {
        var place = start
        var code: UInt32 = 0
        while place < css.endIndex, place - start < 6, let digit = css[place].hexDigit {
            code = code << 4 | UInt32(digit)
            place += 1
        }
        if place > start {
            if place < css.endIndex, css[place].isHTMLBlank { place += 1 }
            return (Unicode.Scalar(code).map { String(Character($0)) } ?? "\u{FFFD}", place)
        }
        guard place < css.endIndex else { return ("", place) }
        // An escaped line end is nothing.
        return (css[place] == .lineFeed ? "" : String(decoding: [css[place]], as: UTF8.self), place + 1)
    }

    private static func identifierEnd(_ css: ArraySlice<UInt8>, _ start: Int) -> Int {
        var place = start
        while place < css.endIndex {
            let byte = css[place]
            if byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") {
                place += 1
            } else if byte == UInt8(ascii: "\\") {
                place = max(escape(css, place + 1).end, place + 1)
            } else {
                break
            }
        }
        return place
    }

    /// Its name in lower case, escapes resolved; empty when it is longer than any that matters.
    private static func identifier(_ css: ArraySlice<UInt8>) -> String {
        guard css.count <= 256 else { return "" }
        var text: [UInt8] = []
        var place = css.startIndex
        while place < css.endIndex {
            if css[place] == UInt8(ascii: "\\") {
                let (more, end) = escape(css, place + 1)
                text += more.utf8
                place = max(end, place + 1)
            } else {
                text.append(css[place])
                place += 1
            }
        }
        return String(decoding: text, as: UTF8.self).lowercased()
    }

    private static func string(_ css: ArraySlice<UInt8>, _ open: Int) -> (text: String, end: Int) {
        let quote = css[open]
        var bytes: [UInt8] = []
        var place = open + 1
        while place < css.endIndex, css[place] != quote {
            if css[place] == UInt8(ascii: "\\") {
                let (more, end) = escape(css, place + 1)
                bytes += more.utf8
                place = max(end, place + 1)
            } else if css[place] == .lineFeed {
                // A string that its line ends is none.
                return ("", place + 1)
            } else {
                bytes.append(css[place])
                place += 1
            }
        }
        return (String(decoding: bytes, as: UTF8.self), min(place + 1, css.endIndex))
    }

    private static func address(_ css: ArraySlice<UInt8>, _ start: Int) -> (text: String, end: Int) {
        var place = start
        while place < css.endIndex, css[place].isHTMLBlank { place += 1 }
        guard place < css.endIndex else { return ("", place) }
        if css[place] == UInt8(ascii: "\"") || css[place] == UInt8(ascii: "'") { return string(css, place) }
        var bytes: [UInt8] = []
        while place < css.endIndex, css[place] != UInt8(ascii: ")"), !css[place].isHTMLBlank {
            if css[place] == UInt8(ascii: "\\") {
                let (more, end) = escape(css, place + 1)
                bytes += more.utf8
                place = max(end, place + 1)
            } else {
                bytes.append(css[place])
                place += 1
            }
        }
        return (String(decoding: bytes, as: UTF8.self), place)
    }
}
