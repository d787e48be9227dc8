import Mail

/// Gathers what an HTML document shows, and what it has besides and does not show.
struct HTMLShown {
    /// What is seen, one line a block.
    var text: String { String(decoding: seen, as: UTF8.self) }
    private var seen: [UInt8] = []
    private(set) var facts = HTMLDocument.Facts()
    private var visibility = HTMLVisibility()

    /// Whether the last thing that is seen is a letter, and nothing but hidden text has come since.
    private var isInWord = false
    private var isHiding = false
    /// The hidden text that began in the middle of a word, until it is known whether the word goes on.
    private var pending: Int?
    /// Whether a script of SVG is open, which is text like any other there.
    private var isForeignScript = false

    static let kept = 64 << 10
    private static let entries = 200

    /// What hides things in the whole document.
    mutating func read(_ sheet: StyleSheet) {
        if !sheet.isEmpty { visibility.sheet = sheet }
    }

    mutating func tag(_ scanner: HTMLScanner, at range: ByteRange) {
        let element = scanner.tag.element
        visibility.read(scanner)
        if visibility.concealment == nil { isHiding = false }
        if element.isBlock {
            (isInWord, pending) = (false, nil)
            if seen.count < Self.kept, let last = seen.last, last != .lineFeed { seen.append(.lineFeed) }
        }
        if scanner.tag.isForeign, element == .script { isForeignScript = !scanner.tag.isEnd }
        guard !scanner.tag.isEnd else { return }
        switch element {
        case .td, .th:
            if seen.last != .lineFeed, seen.last != .space { seen.append(.space) }
        case .img:
            if let alt = scanner.value(of: "alt"), !alt.isEmpty, visibility.concealment == nil,
                seen.count < Self.kept
            {
                seen.append(UInt8(ascii: "["))
                HTMLText.append(scanner.bytes[alt].prefix(400), inAttribute: true, to: &seen)
                seen.append(UInt8(ascii: "]"))
            }
        case .meta: readCharset(scanner, range)
        case .input, .select, .textarea, .button: readInput(scanner, range)
        case .script:
            if let source = scanner.value(of: "src") {
                let target = HTMLText.decoded(scanner.bytes[source].prefix(2048), inAttribute: true)
                add(HTMLDocument.Script(range: range, source: target, size: 0, marks: []))
            }
        default: break
        }
        for (name, value) in scanner.tag.attributes
        where name.count > 4 && scanner.bytes.hasASCII("on", at: name.lowerBound) {
            guard !value.isEmpty, scanner.bytes[name].allSatisfy(\.isLetter) else { continue }
            add(
                HTMLDocument.Script(
                    range: range, source: nil, size: value.count, marks: ScriptMark.all(in: scanner.bytes[value])))
            break
        }
    }

    mutating func text(_ bytes: ArraySlice<UInt8>, at range: ByteRange) {
        if isForeignScript { return raw(bytes, .script, at: range) }
        guard let concealment = visibility.concealment else {
            if seen.count < Self.kept { show(bytes.prefix(Self.kept), range) }
            return
        }
        let letters = bytes.count { $0.isLetter || $0.isDigit || $0 >= 0xC0 }
        guard letters > 0 else { return }
        if isHiding, let last = facts.concealed.indices.last {
            facts.concealed[last].letters = facts.concealed[last].letters.addingClamped(letters)
            if facts.concealed[last].text.utf8.count < 400 {
                facts.concealed[last].text += HTMLText.decoded(bytes.prefix(400), inAttribute: false)
            }
            return
        }
        guard facts.concealed.count < Self.entries else { return }
        isHiding = true
        if isInWord { pending = facts.concealed.count }
        facts.concealed.append(
            HTMLDocument.Concealed(
                concealment: concealment, text: HTMLText.decoded(bytes.prefix(400), inAttribute: false),
                letters: letters,
                isFirst: !text.contains { $0.isLetter }, isInWord: false, range: range))
    }

    private mutating func show(_ bytes: ArraySlice<UInt8>, _ range: ByteRange) {
        let start = seen.count
        HTMLText.append(bytes, inAttribute: false, to: &seen)
        let more = seen[start...]
        if let hidden = pending {
            let first = String(decoding: more.prefix(4), as: UTF8.self).unicodeScalars.first
            facts.concealed[hidden].isInWord = first?.isLetter == true
            pending = nil
        }
        if more.isASCII {
            if let last = more.last { isInWord = last.isLetter }
            return
        }
        let last = String(decoding: seen[..<start].suffix(4), as: UTF8.self).unicodeScalars.last
        findSplits(String(decoding: more, as: UTF8.self), after: isInWord ? last : nil, range)
    }

    /// Looks for words that characters without width break up.
    private mutating func findSplits(_ text: String, after last: Unicode.Scalar?, _ range: ByteRange) {
        var before = last
        // Whether the scalar before is one without width, after a letter.
        var isSplit = false
        for scalar in text.unicodeScalars {
            if scalar.isASCII, !isSplit {
                before = scalar
            } else if scalar.hasNoWidth {
                isSplit = before?.isLetter == true
            } else {
                // Beyond Greek and Cyrillic there are scripts that are written with joiners.
                if isSplit, scalar.isLetter, scalar.value < 0x590, before.map({ $0.value < 0x590 }) == true {
                    facts.splits.count = facts.splits.count.addingClamped(1)
                    if facts.splits.ranges.last != range, facts.splits.ranges.count < Self.entries {
                        facts.splits.ranges.append(range)
                    }
                }
                isSplit = false
                before = scalar
            }
        }
        isInWord = before?.isLetter == true
    }

    mutating func raw(_ bytes: ArraySlice<UInt8>, _ element: HTMLElement, at range: ByteRange) {
        guard element == .script else { return }
        add(HTMLDocument.Script(range: range, source: nil, size: bytes.count, marks: ScriptMark.all(in: bytes)))
    }

    /// - Parameter tag: the tag that the document ends in the middle of.
    mutating func end(inside tag: ByteRange?) { facts.unfinishedTag = tag }

    private mutating func add(_ script: HTMLDocument.Script) {
        if facts.scripts.count < Self.entries { facts.scripts.append(script) }
    }

    private mutating func readInput(_ scanner: HTMLScanner, _ range: ByteRange) {
        func attribute(_ name: StaticString) -> String {
            scanner.value(of: name).map { HTMLText.decoded(scanner.bytes[$0].prefix(80), inAttribute: true) } ?? ""
        }
        let type = scanner.tag.element == .input ? attribute("type").lowercased() : scanner.name
        guard facts.inputs.count < Self.entries else { return }
        facts.inputs.append(
            HTMLDocument.Input(type: type.isEmpty ? "text" : type, name: attribute("name"), range: range))
    }

    // <meta charset=…> and <meta http-equiv=content-type content="text/html; charset=…">. WHATWG HTML §4.2.5.4
    private mutating func readCharset(_ scanner: HTMLScanner, _ range: ByteRange) {
        guard facts.charset == nil else { return }
        if let value = scanner.value(of: "charset") {
            facts.charset = (String(decoding: scanner.bytes[value].prefix(40), as: UTF8.self), range)
        } else if let content = scanner.value(of: "content"), scanner.value(of: "http-equiv") != nil,
            let mark = scanner.bytes.firstOffset(ofAnyCase: "charset=", in: content)
        {
            let label = scanner.bytes[(mark + 8)..<content.upperBound].prefix {
                !$0.isHTMLBlank && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'")
            }
            facts.charset = (String(decoding: label.prefix(40), as: UTF8.self), range)
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isLetter: Bool {
        isASCII ? UInt8(ascii: self).isLetter : properties.isAlphabetic
    }

    /// Zero width space, non-joiner, joiner, word joiner, byte order mark, invisible operators.
    var hasNoWidth: Bool {
        switch value {
        case 0x200B...0x200D, 0x2060...0x2064, 0xFEFF: true
        default: false
        }
    }
}
