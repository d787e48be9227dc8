import Mail

/// What the style sheets of a document say of plain selectors: `p`, `.a`, `#a`, `p.a`, `p#a`. CSS Syntax 3 §5, Selectors 4 §17
///
/// Selectors of other kinds, and what is said for certain screens (`@media`), are left out: they say of some elements what they do
/// not say of others.
struct StyleSheet {
    /// Properties and their values, in lower case, for each selector.
    private var rules: [String: [String: String]] = [:]

    var isEmpty: Bool { rules.isEmpty }

    /// Reads all style sheets of a document; most have none.
    init(document: [UInt8], attributes: Int) {
        var last = -1
        while let tag = document.firstOffset(ofAnyCase: "<style", in: last + 1..<document.count) { last = tag }
        var scanner = HTMLScanner(document, attributes: attributes)
        // Behind the last sheet, which is most often the first, there is nothing to be read.
        while scanner.tag.range.lowerBound <= last, let token = scanner.next() {
            // A sheet may be for paper alone.
            if case .raw(let text) = token, scanner.tag.element == .style, !Self.isForOthers(scanner) {
                read(Self.bare(document[text]))
            }
        }
    }

    private static func isForOthers(_ scanner: HTMLScanner) -> Bool {
        guard let media = scanner.value(of: "media") else { return false }
        let bytes = scanner.bytes[media]
        return !bytes.equalsASCII("all") && !bytes.equalsASCII("screen") && !bytes.isEmpty
    }

    /// Without what only looks like rules: comments, and the strings of values. CSS Syntax 3 §4.3.2, §4.3.5
    private static func bare(_ css: ArraySlice<UInt8>) -> [UInt8] {
        var bare: [UInt8] = []
        bare.reserveCapacity(css.count)
        var offset = css.startIndex
        while offset < css.endIndex {
            let byte = css[offset]
            offset += 1
            let next = offset < css.endIndex ? css[offset] : 0
            if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
                offset += 1
                var last: UInt8 = 0
                while offset < css.endIndex, !(last == UInt8(ascii: "*") && css[offset] == UInt8(ascii: "/")) {
                    last = css[offset]
                    offset += 1
                }
                offset = min(offset + 1, css.endIndex)
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                // A line ends a string that nothing closes.
                while offset < css.endIndex, css[offset] != byte, css[offset] != .lineFeed {
                    offset += css[offset] == UInt8(ascii: "\\") ? 2 : 1
                }
                offset = min(offset + 1, css.endIndex)
            } else {
                bare.append(byte)
            }
        }
        return bare
    }

    // qualified-rule = prelude "{" declarations "}"; at-rule = "@" name prelude ( ";" / "{" rules "}" )
    private mutating func read(_ css: [UInt8]) {
        var offset = 0
        while offset < css.count {
            let start = offset
            while offset < css.count, css[offset] != UInt8(ascii: "{"), css[offset] != UInt8(ascii: ";") { offset += 1 }
            guard offset < css.count else { return }
            let prelude = css[start..<offset]
            offset += 1
            guard css[offset - 1] == UInt8(ascii: "{") else { continue }
            let open = offset
            var depth = 1
            while offset < css.count, depth > 0 {
                if css[offset] == UInt8(ascii: "{") { depth += 1 }
                if css[offset] == UInt8(ascii: "}") { depth -= 1 }
                offset += 1
            }
            guard prelude.first(where: { !$0.isHTMLBlank }) != UInt8(ascii: "@") else { continue }
            add(css[open..<max(open, depth == 0 ? offset - 1 : offset)], to: prelude)
        }
    }

    private mutating func add(_ block: ArraySlice<UInt8>, to prelude: ArraySlice<UInt8>) {
        let selectors = prelude.split(separator: UInt8(ascii: ",")).compactMap(Self.selector)
        guard !selectors.isEmpty else { return }
        let declared = Self.declarations(block)
        guard !declared.isEmpty else { return }
        for selector in selectors {
            rules[selector, default: [:]].merge(declared, uniquingKeysWith: Self.stronger)
        }
    }

    /// `nil` for a selector that is not plain.
    private static func selector(_ text: ArraySlice<UInt8>) -> String? {
        // Programs leave the marks of comments around sheets.
        var text = text.drop { $0.isHTMLBlank || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "!") }
        if text.starts(with: "--".utf8) { text = text.dropFirst(2).drop(while: \.isHTMLBlank) }
        while let last = text.last, last.isHTMLBlank { text = text.dropLast() }
        guard !text.isEmpty, text.count <= 128 else { return nil }
        var marks = 0
        for byte in text {
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: "#"): marks += 1
            case UInt8(ascii: "-"), UInt8(ascii: "_"): break
            case _ where byte.isLetter || byte.isDigit || byte >= 0x80: break
            default: return nil
            }
        }
        return marks <= 1 ? String(decoding: text.map(\.lowercased), as: UTF8.self) : nil
    }

    /// Properties that can hide, with their values.
    private static func declarations(_ block: ArraySlice<UInt8>) -> [String: String] {
        var declared: [String: String] = [:]
        // What stands in rules inside of the rule is said of other elements.
        var own = block.prefix { $0 != UInt8(ascii: "{") }
        if own.count < block.count { own = own[..<(own.lastIndex(of: UInt8(ascii: ";")) ?? own.startIndex)] }
        for declaration in own.split(separator: UInt8(ascii: ";")) {
            let parts = declaration.split(separator: UInt8(ascii: ":"), maxSplits: 1)
            guard parts.count == 2 else { continue }
            let name = String(decoding: parts[0].filter { !$0.isHTMLBlank }.map(\.lowercased), as: UTF8.self)
            guard hiding.contains(name) else { continue }
            let value = parts[1].drop(while: \.isHTMLBlank).prefix(128)
            declared[name] = String(decoding: value.map(\.lowercased), as: UTF8.self)
        }
        return declared
    }

    private static let hiding: Set<String> = [
        "display", "visibility", "opacity", "font-size", "height", "max-height", "width", "max-width", "overflow",
        "position", "left", "top", "right", "bottom", "margin-left", "margin-top", "text-indent",
    ]

    /// The value that counts of two: the later one, unless the earlier alone is `!important`. CSS Cascade 4 §6.1
    private static func stronger(_ before: String, _ now: String) -> String {
        isImportant(before) && !isImportant(now) ? before : now
    }

    // "!" [blanks] "important"
    /// Whether a value outweighs the element's own.
    static func isImportant(_ value: String) -> Bool {
        guard let mark = value.utf8.lastIndex(of: UInt8(ascii: "!")) else { return false }
        return value.utf8[mark...].dropFirst().drop(while: \.isHTMLBlank).starts(with: "important".utf8)
    }

    /// What the sheets say of an element, the more specific selector last.
    func declarations(element: String, id: String?, classes: [String]) -> [String: String] {
        if id == nil, classes.isEmpty { return rules[element] ?? [:] }
        var all: [String: String] = [:]
        var selectors = [element]
        selectors += classes.map { "." + $0 } + classes.map { "\(element).\($0)" }
        if let id { selectors += ["#" + id, "\(element)#\(id)"] }
        for selector in selectors {
            guard let declared = rules[selector] else { continue }
            all.merge(declared, uniquingKeysWith: Self.stronger)
        }
        return all
    }
}
