import Mail

/// Finds every place that HTML leads to, loads from or sends to, with the scanner.
struct HTMLReferences {
    private(set) var references: [HTMLDocument.Reference] = []
    /// Which limit ended the reading or cut something out, and where.
    private(set) var hit: (name: Limits.Name, offset: Int)?
    private let limits: Limits
    private let bytes: [UInt8]
    private var openLink: Int?

    init(_ bytes: [UInt8], _ limits: Limits) {
        self.bytes = bytes
        self.limits = limits
        // Conditional comments are documents of their own, for Outlook; they do not nest.
        scan(0..<bytes.count, isConditional: false)
    }

    private mutating func scan(_ range: ByteRange, isConditional: Bool) {
        var scanner = HTMLScanner(
            range.count == bytes.count ? bytes : Array(bytes[range]), attributes: limits[.htmlAttributes])
        var conditional: [ByteRange] = []
        var elements = 0
        var style = false
        let base = range.lowerBound
        while hit == nil, let token = scanner.next() {
            switch token {
            case .tag:
                if !scanner.tag.isEnd { elements += 1 }
                if elements > limits[.htmlElements] { hit = (.htmlElements, base + scanner.tag.range.lowerBound) }
                style = !scanner.tag.isEnd && scanner.tag.name == "style"
                read(scanner, base)
            case .text(let text): append(scanner.bytes[text])
            case .raw(let text):
                if style { readCSS(scanner.bytes[text], "style", "", base + text.lowerBound..<base + text.upperBound) }
            case .comment(let comment):
                if scanner.bytes.hasASCII("[if", at: comment.lowerBound) {
                    conditional.append(base + comment.lowerBound..<base + comment.upperBound)
                }
            }
        }
        if let flood = scanner.flood, hit == nil { hit = (.htmlAttributes, base + flood) }
        closeLink()
        guard !isConditional else { return }
        let first = references.count
        for comment in conditional { scan(comment, isConditional: true) }
        for index in references.indices.dropFirst(first) { references[index].isConditional = true }
    }

    private mutating func append(_ text: ArraySlice<UInt8>) {
        guard let openLink, references[openLink].visibleText.utf8.count < 1024 else { return }
        references[openLink].visibleText += HTMLText.decoded(text.prefix(4096), inAttribute: false)
    }

    private mutating func read(_ scanner: HTMLScanner, _ base: Int) {
        let tag = scanner.tag
        if tag.isEnd {
            if tag.name == "a" { closeLink() }
            return
        }
        if tag.name == "a" { closeLink() }
        let place = base + tag.range.lowerBound..<base + tag.range.upperBound
        if tag.name == "img", openLink != nil, let alt = scanner.value(of: "alt"), !alt.isEmpty {
            append(Array("[".utf8)[...])
            append(scanner.bytes[alt])
            append(Array("]".utf8)[...])
        }
        var seen: Set<String> = []
        for (name, value) in tag.attributes {
            guard name.count <= 24 else { continue }
            let attribute = String(decoding: scanner.bytes[name].map(\.lowercased), as: UTF8.self)
            guard seen.insert(attribute).inserted else { continue }
            if attribute == "style" {
                readCSS(
                    Array(HTMLText.decoded(scanner.bytes[value], inAttribute: true).utf8)[...], tag.name, "style", place
                )
                continue
            }
            guard var use = Self.use(tag.name, attribute, isForeign: tag.isForeign) else { continue }
            if tag.name == "link", use == .load, !Self.loads(scanner) { use = .mention }
            let text = HTMLText.decoded(scanner.bytes[value], inAttribute: true)
            switch attribute {
            case "srcset", "imagesrcset":
                for target in Self.candidates(text) { add(tag.name, attribute, target, use, place) }
            case "ping", "attributionsrc", "archive":
                for target in text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "," }) {
                    add(tag.name, attribute, String(target), use, place)
                }
            case "content":
                if let target = Self.refresh(scanner, text) { add(tag.name, attribute, target, use, place) }
            default: add(tag.name, attribute, text, use, place)
            }
            if tag.name == "a", use == .click { openLink = references.indices.last }
        }
    }

    private mutating func closeLink() {
        guard let open = openLink else { return }
        let words = references[open].visibleText.split {
            $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" || $0 == "\r"
        }
        references[open].visibleText = words.joined(separator: " ")
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

    // MARK: Carriers

    /// What happens with the value of an attribute; `nil` when it is no address. The list is that of HTTPLeaks (cure53).
    private static func use(_ element: String, _ attribute: String, isForeign: Bool) -> HTMLDocument.Use? {
        switch attribute {
        case "href", "xlink:href":
            switch element {
            case "a", "area": return .click
            case "base": return .base
            case "link": return .load
            default: return isForeign ? .load : nil
            }
        case "action": return element == "form" || element == "isindex" ? .submit : nil
        case "formaction": return element == "button" || element == "input" ? .submit : nil
        case "content": return element == "meta" ? .refresh : nil
        case "src": return element == "a" ? nil : .load
        case "srcset", "imagesrcset", "poster", "background", "dynsrc", "lowsrc", "attributionsrc": return .load
        case "ping": return .ping
        case "longdesc": return .mention
        case "data": return element == "object" ? .load : nil
        case "code", "codebase", "archive": return element == "applet" || element == "object" ? .load : nil
        case "manifest": return element == "html" ? .load : nil
        case "profile": return element == "head" ? .mention : nil
        case "icon": return element == "menuitem" || element == "command" ? .load : nil
        default: return nil
        }
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
        _ css: ArraySlice<UInt8>, _ element: String, _ attribute: String, _ place: ByteRange
    ) {
        for target in CSSAddresses.all(in: css) where hit == nil { add(element, attribute, target, .load, place) }
    }
}
