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
        guard document.firstPlace(ofAnyCase: "<style", in: 0..<document.count) != nil else { return }
        var scanner = HTMLScanner(document, attributes: attributes)
        while let token = scanner.next() {
            // A sheet may be for paper alone.
            if case .raw(let text) = token, scanner.tag.name == "style", !Self.isForOthers(scanner) {
                read(Self.withoutComments(document[text]))
            }
        }
    }

    private static func isForOthers(_ scanner: HTMLScanner) -> Bool {
        guard let media = scanner.value(of: "media") else { return false }
        let bytes = scanner.bytes[media]
        return !bytes.equalsASCII("all") && !bytes.equalsASCII("screen") && !bytes.isEmpty
    }

    private static func withoutComments(_ css: ArraySlice<UInt8>) -> [UInt8] {
        let css = Array(css)
        var plain: [UInt8] = []
        var place = 0
        while let open = css.firstPlace(of: UInt8(ascii: "/"), in: place..<css.count) {
            guard css.hasASCII("/*", at: open) else {
                plain += css[place...open]
                place = open + 1
                continue
            }
            plain += css[place..<open]
            place = css.count
            var close = open + 2
            while let star = css.firstPlace(of: UInt8(ascii: "*"), in: close..<css.count) {
                close = star + 1
                guard css.hasASCII("*/", at: star) else { continue }
                place = star + 2
                break
            }
        }
        return plain + css[place...]
    }

    // qualified-rule = prelude "{" declarations "}"; at-rule = "@" name prelude ( ";" / "{" rules "}" )
    private mutating func read(_ css: [UInt8]) {
        var place = 0
        while place < css.count {
            let start = place
            while place < css.count, css[place] != UInt8(ascii: "{"), css[place] != UInt8(ascii: ";") { place += 1 }
            guard place < css.count else { return }
            let prelude = css[start..<place]
            place += 1
            guard css[place - 1] == UInt8(ascii: "{") else { continue }
            let open = place
            var depth = 1
            while place < css.count, depth > 0 {
                if css[place] == UInt8(ascii: "{") { depth += 1 }
                if css[place] == UInt8(ascii: "}") { depth -= 1 }
                place += 1
            }
            guard prelude.first(where: { !$0.isHTMLBlank }) != UInt8(ascii: "@") else { continue }
            add(css[open..<max(open, depth == 0 ? place - 1 : place)], to: prelude)
        }
    }

    private mutating func add(_ block: ArraySlice<UInt8>, to prelude: ArraySlice<UInt8>) {
        let selectors = prelude.split(separator: UInt8(ascii: ",")).compactMap(Self.selector)
        guard !selectors.isEmpty else { return }
        let declared = Self.declarations(block)
        guard !declared.isEmpty else { return }
        for selector in selectors {
            rules[selector, default: [:]].merge(declared) { before, now in
                before.contains(ascii: "!important") && !now.contains(ascii: "!important") ? before : now
            }
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

    /// What the sheets say of an element, the more specific selector last.
    func declarations(element: String, id: String?, classes: [String]) -> [String: String] {
        var all: [String: String] = [:]
        var selectors = [element]
        selectors += classes.map { "." + $0 } + classes.map { "\(element).\($0)" }
        if let id { selectors += ["#" + id, "\(element)#\(id)"] }
        for selector in selectors {
            guard let declared = rules[selector] else { continue }
            all.merge(declared) { before, now in
                before.contains(ascii: "!important") && !now.contains(ascii: "!important") ? before : now
            }
        }
        return all
    }
}
