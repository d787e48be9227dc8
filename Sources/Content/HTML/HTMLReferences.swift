import Mail

/// Finds every place that HTML leads to, loads from or sends to, with the scanner.
struct HTMLReferences {
    private(set) var references: [HTMLDocument.Reference] = []
    /// Which limit ended the reading or cut something out, and where.
    private(set) var hit: (name: Limits.Name, offset: Int)?
    /// What is seen, and what is there besides.
    private(set) var shown = HTMLShown()
    private let limits: Limits
    private var openLink: Int?
    /// Documents inside of attributes, and the tags that carry them.
    private var inner: [(bytes: [UInt8], tag: ByteRange)] = []

    init(_ bytes: [UInt8], _ limits: Limits) {
        self.limits = limits
        shown.read(StyleSheet(document: bytes, attributes: limits[.htmlAttributes]))
        scan(bytes, .document)
        // Each is shorter than the one that it stands in, so this ends.
        var next = 0
        while next < inner.count, next < 100 {
            scan(inner[next].bytes, .attribute(inner[next].tag))
            next += 1
        }
    }

    /// What is scanned, and how its ranges are those of the whole.
    private enum Scope {
        case document
        /// Conditional comments are documents of their own, for Outlook; they do not nest.
        case conditional(start: Int)
        case attribute(ByteRange)

        func wholeRange(_ range: ByteRange) -> ByteRange {
            switch self {
            case .document: range
            case .conditional(let start): start + range.lowerBound..<start + range.upperBound
            case .attribute(let tag): tag
            }
        }
    }

    private mutating func scan(_ bytes: [UInt8], _ scope: Scope) {
        var scanner = HTMLScanner(bytes, attributes: limits[.htmlAttributes])
        var conditional: [ByteRange] = []
        var elements = 0
        var raw = HTMLElement.other
        let isShown = if case .conditional = scope { false } else { true }
        while hit == nil, let token = scanner.next() {
            switch token {
            case .tag:
                let tagRange = scope.wholeRange(scanner.tag.range)
                if !scanner.tag.isEnd { elements += 1 }
                if elements > limits[.htmlElements] { hit = (.htmlElements, tagRange.lowerBound) }
                raw = scanner.tag.isEnd ? .other : scanner.tag.element
                read(scanner, tagRange)
                if isShown { shown.tag(scanner, at: tagRange) }
            case .text(let text):
                append(scanner.bytes[text])
                if isShown { shown.text(scanner.bytes[text], at: scope.wholeRange(text)) }
            case .raw(let text):
                if raw == .style { readCSS(scanner.bytes[text], "style", "", scope.wholeRange(text)) }
                if isShown { shown.raw(scanner.bytes[text], raw, at: scope.wholeRange(text)) }
            case .comment(let comment):
                if scanner.bytes.hasASCII("[if", at: comment.lowerBound) { conditional.append(comment) }
            }
        }
        if let flood = scanner.flood, hit == nil {
            hit = (.htmlAttributes, scope.wholeRange(flood..<flood + 1).lowerBound)
        }
        closeLink()
        guard case .document = scope else { return }
        shown.end(inside: scanner.unfinished)
        let first = references.count
        for comment in conditional { scan(Array(bytes[comment]), .conditional(start: comment.lowerBound)) }
        for index in references.indices.dropFirst(first) { references[index].isConditional = true }
    }

    private mutating func append(_ text: ArraySlice<UInt8>) {
        guard let openLink, references[openLink].visibleText.utf8.count < 1024 else { return }
        references[openLink].visibleText += HTMLText.decoded(text.prefix(4096), inAttribute: false)
    }

    private mutating func read(_ scanner: HTMLScanner, _ tagRange: ByteRange) {
        let element = scanner.tag.element
        if element == .a { closeLink() }
        if scanner.tag.isEnd { return }
        if element == .img, openLink != nil, let alt = scanner.value(of: "alt"), !alt.isEmpty {
            append(Array("[".utf8)[...])
            append(scanner.bytes[alt])
            append(Array("]".utf8)[...])
        }
        for (index, (name, value)) in scanner.tag.attributes.enumerated() {
            guard let carrier = HTMLCarrier.of(name, in: scanner) else { continue }
            // The first of a name counts.
            let isRepeated = scanner.tag.attributes.prefix(index).contains {
                scanner.bytes.isSameWord($0.name, name)
            }
            if isRepeated { continue }
            let attribute = carrier.attribute.description
            var use = carrier.use
            if element == .link, use == .load, !Self.loads(scanner) { use = .mention }
            let text = HTMLText.decoded(scanner.bytes[value], inAttribute: true)
            switch carrier.form {
            case .styleSheet:
                readCSS(Array(text.utf8)[...], scanner.name, attribute, tagRange)
                continue
            case .document:
                inner.append((Array(text.utf8), tagRange))
                continue
            case .candidates:
                for target in Self.candidates(text) { add(scanner.name, attribute, target, use, tagRange) }
            case .list:
                for target in text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "," }) {
                    add(scanner.name, attribute, String(target), use, tagRange)
                }
            case .refresh:
                if let target = Self.refresh(scanner, text) { add(scanner.name, attribute, target, use, tagRange) }
            case .address: add(scanner.name, attribute, text, use, tagRange)
            }
            if element == .a, use == .click { openLink = references.indices.last }
            if use == .load, element == .img, let last = references.indices.last, references[last].tag == tagRange {
                references[last].isInvisible = Self.isInvisible(scanner)
            }
        }
    }

    /// Whether a picture takes no room that is seen, which those that count readers do not.
    private static func isInvisible(_ scanner: HTMLScanner) -> Bool {
        func side(_ name: StaticString) -> Int? {
            scanner.value(of: name).flatMap {
                Int(String(decoding: scanner.bytes[$0].prefix { $0.isDigit }.prefix(6), as: UTF8.self))
            }
        }
        if let width = side("width"), let height = side("height"), width <= 1, height <= 1 { return true }
        guard let style = scanner.value(of: "style") else { return false }
        let text = HTMLText.decoded(scanner.bytes[style].prefix(1024), inAttribute: true).lowercased()
            .filter { !$0.isWhitespace }
        return text.contains(ascii: "display:none") || text.contains(ascii: "visibility:hidden")
            || (text.contains(ascii: "width:1px") && text.contains(ascii: "height:1px"))
            || (text.contains(ascii: "width:0") && text.contains(ascii: "height:0"))
    }

    private mutating func closeLink() {
        guard let open = openLink else { return }
        references[open].visibleText = references[open].visibleText.onOneLine
        openLink = nil
    }

    private mutating func add(
        _ element: String, _ attribute: String, _ target: String, _ use: HTMLDocument.Use, _ tag: ByteRange
    ) {
        guard references.count < limits[.links] else {
            hit = hit ?? (.links, tag.lowerBound)
            return
        }
        references.append(
            HTMLDocument.Reference(
                element: element, attribute: attribute, use: use, target: target, visibleText: "", tag: tag))
    }

    /// Whether a `link` is of a kind that is loaded: others name pages and vocabularies. WHATWG HTML §4.6.7
    private static func loads(_ scanner: HTMLScanner) -> Bool {
        guard let kinds = scanner.value(of: "rel") else { return false }
        return scanner.bytes[kinds].split(whereSeparator: \.isHTMLBlank).contains { kind in
            loadedKinds.contains(String(decoding: kind.map(\.lowercased), as: UTF8.self))
        }
    }

    private static let loadedKinds: Set<String> = [
        "stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "preload",
        "modulepreload",
        "prefetch", "prerender", "preconnect", "dns-prefetch", "manifest",
    ]

    /// The URLs of `a.png 1x, b.png 2x`; commas may stand in URLs, so a URL ends at a blank. WHATWG HTML §4.8.4.2.1
    private static func candidates(_ text: String) -> [String] {
        var targets: [String] = []
        var rest = Substring(text)
        while targets.count < 100 {
            rest = rest.drop { $0 == " " || $0 == "," || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
            let url = rest.prefix { $0 != " " && $0 != "\n" && $0 != "\t" && $0 != "\r" && $0 != "\r\n" }
            guard !url.isEmpty else { break }
            rest = rest[url.endIndex...]
            if url.last == "," {
                targets.append(String(url.dropLast()))
            } else {
                targets.append(String(url))
                rest = rest.drop { $0 != "," }
            }
        }
        return targets
    }

    /// The target of `<meta http-equiv=refresh content="0; url=…">`. WHATWG HTML §4.2.5.3
    private static func refresh(_ scanner: HTMLScanner, _ text: String) -> String? {
        guard let kind = scanner.value(of: "http-equiv"), scanner.bytes[kind].count == 7,
            scanner.bytes.hasASCII("refresh", at: kind.lowerBound)
        else { return nil }
        var rest = Substring(text).drop { $0 != ";" && $0 != "," }.dropFirst().drop { $0.isWhitespace }
        if rest.prefix(3).lowercased() == "url" {
            let after = rest.dropFirst(3).drop { $0.isWhitespace }
            if after.first == "=" { rest = after.dropFirst().drop { $0.isWhitespace } }
        }
        if let quote = rest.first, quote == "'" || quote == "\"" {
            rest = rest.dropFirst().prefix { $0 != quote }
        }
        return rest.isEmpty ? nil : String(rest)
    }

    // MARK: Style sheets

    /// The targets of `url(…)` and `@import "…"`, escapes resolved. CSS Syntax 3 §4.3
    private mutating func readCSS(
        _ css: ArraySlice<UInt8>, _ element: String, _ attribute: String, _ tagRange: ByteRange
    ) {
        for target in CSSAddresses.all(in: css) where hit == nil { add(element, attribute, target, .load, tagRange) }
    }
}
