import Mail

/// Cuts HTML into tags, text and comments as browsers do. WHATWG HTML §13.2.5
///
/// libxml2 2.9 reads HTML 4: what it takes for a comment, an attribute or raw text is not always what a browser does.
struct HTMLScanner {
    struct Tag {
        var element = HTMLElement.other
        /// Where its name stands.
        var name = 0..<0
        var isEnd = false
        /// From "<" to after ">".
        var range = 0..<0
        /// Where names and values stand, the values without their quotes; the first of a name counts.
        var attributes: [(name: ByteRange, value: ByteRange)] = []
        /// Whether it stands in SVG or MathML.
        var isForeign = false
    }

    enum Token {
        case tag
        /// Text that a reader sees, references not resolved yet.
        case text(ByteRange)
        /// The content of an element that holds no tags: a style sheet, a script, a title.
        case raw(ByteRange)
        case comment(ByteRange)
    }

    let bytes: [UInt8]
    private let maximumAttributes: Int
    /// The tag that was read last.
    private(set) var tag = Tag()
    /// Where a tag has more attributes than are kept.
    private(set) var flood: Int?
    /// The tag that the input ends in the middle of.
    private(set) var unfinished: ByteRange?
    private var position = 0
    /// The element whose end tag alone ends the text that follows.
    private var rawElement: HTMLElement?
    /// How deep SVG and MathML are open.
    private var foreignDepth = 0

    init(_ bytes: [UInt8], attributes: Int) {
        self.bytes = bytes
        maximumAttributes = attributes
    }

    mutating func next() -> Token? {
        while position < bytes.count {
            if let element = rawElement {
                rawElement = nil
                let end = rawEnd(element, from: position)
                if end > position {
                    let range = position..<end
                    position = end
                    return element == .plaintext ? .text(range) : .raw(range)
                }
                continue
            }
            guard bytes[position] == UInt8(ascii: "<") else {
                let end = bytes.firstOffset(of: UInt8(ascii: "<"), in: position..<bytes.count) ?? bytes.count
                let range = position..<end
                position = end
                return .text(range)
            }
            if let token = markup() { return token }
        }
        return nil
    }

    /// What begins at a "<"; `nil` where nothing of the document is left, or nothing comes of it.
    private mutating func markup() -> Token? {
        let start = position
        let next = start + 1 < bytes.count ? bytes[start + 1] : 0
        switch next {
        case _ where next.isLetter: return readTag(nameAt: start + 1, isEnd: false)
        case UInt8(ascii: "/"):
            let first = start + 2 < bytes.count ? bytes[start + 2] : 0
            if first.isLetter { return readTag(nameAt: start + 2, isEnd: true) }
            // "</>" is nothing; anything else makes a comment.
            return bogusComment(from: start + 2)
        case UInt8(ascii: "!"):
            if bytes.hasASCII("<!--", at: start) { return comment(from: start + 4) }
            if foreignDepth > 0, bytes.hasASCII("<![cdata[", at: start) {
                let close = bytes.firstOffset(of: "]]>", in: start..<bytes.count)
                position = close.map { $0 + 3 } ?? bytes.count
                return .text(start + 9..<max(start + 9, close ?? bytes.count))
            }
            return bogusComment(from: start + 2)
        case UInt8(ascii: "?"): return bogusComment(from: start + 1)
        default:
            position = start + 1
            return .text(start..<start + 1)
        }
    }

    private mutating func bogusComment(from start: Int) -> Token? {
        let from = min(start, bytes.count)
        let end = bytes.firstOffset(of: UInt8(ascii: ">"), in: from..<bytes.count) ?? bytes.count
        position = min(end + 1, bytes.count)
        return .comment(from..<end)
    }

    /// A comment ends at "-->" and "--!>", and an empty one at ">" and "->".
    private mutating func comment(from start: Int) -> Token? {
        if start < bytes.count, bytes[start] == UInt8(ascii: ">") {
            position = start + 1
            return .comment(start..<start)
        }
        if bytes.hasASCII("->", at: start) {
            position = start + 2
            return .comment(start..<start)
        }
        var offset = start
        while let dashes = bytes.firstOffset(of: UInt8(ascii: "-"), in: offset..<bytes.count) {
            if bytes.hasASCII("-->", at: dashes) || bytes.hasASCII("--!>", at: dashes) {
                position = dashes + (bytes.hasASCII("-->", at: dashes) ? 3 : 4)
                return .comment(start..<dashes)
            }
            offset = dashes + 1
        }
        position = bytes.count
        return .comment(start..<bytes.count)
    }

    // MARK: Tags

    private mutating func readTag(nameAt start: Int, isEnd: Bool) -> Token? {
        let opening = position
        var offset = start
        while offset < bytes.count, !Self.endsName(bytes[offset]) { offset += 1 }
        let name = start..<offset
        tag.attributes.removeAll(keepingCapacity: true)
        var isSelfClosing = false
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte.isHTMLBlank {
                offset += 1
            } else if byte == UInt8(ascii: "/") {
                offset += 1
                isSelfClosing = offset < bytes.count && bytes[offset] == UInt8(ascii: ">")
            } else if byte == UInt8(ascii: ">") {
                break
            } else {
                offset = readAttribute(at: offset, opening)
            }
        }
        // A tag that never ends is none.
        guard offset < bytes.count else {
            position = bytes.count
            unfinished = opening..<bytes.count
            return nil
        }
        position = offset + 1
        (tag.element, tag.name) = (HTMLElement.named(name, in: bytes), name)
        (tag.isEnd, tag.range) = (isEnd, opening..<offset + 1)
        follow(isSelfClosing)
        return .tag
    }

    /// The name of the tag in lower case, cut after 64 bytes.
    var name: String {
        if tag.element != .other { return tag.element.rawValue }
        return String(decoding: bytes[tag.name].prefix(64).map { $0 == 0 ? 0x7F : $0.lowercased }, as: UTF8.self)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte.isHTMLBlank || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">")
    }

    /// Takes one attribute; gives back where the next thing is.
    private mutating func readAttribute(at start: Int, _ opening: Int) -> Int {
        // A "=" in the first place belongs to the name.
        var offset = start + 1
        while offset < bytes.count, !Self.endsName(bytes[offset]), bytes[offset] != UInt8(ascii: "=") { offset += 1 }
        let name = start..<offset
        var value = offset..<offset
        var after = offset
        while after < bytes.count, bytes[after].isHTMLBlank { after += 1 }
        if after < bytes.count, bytes[after] == UInt8(ascii: "=") {
            after += 1
            while after < bytes.count, bytes[after].isHTMLBlank { after += 1 }
            let quote = after < bytes.count ? bytes[after] : 0
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                let end = bytes.firstOffset(of: quote, in: after + 1..<bytes.count) ?? bytes.count
                value = min(after + 1, end)..<end
                offset = min(end + 1, bytes.count)
            } else {
                offset = after
                while offset < bytes.count, !bytes[offset].isHTMLBlank, bytes[offset] != UInt8(ascii: ">") {
                    offset += 1
                }
                value = after..<offset
            }
        }
        if tag.attributes.count < maximumAttributes {
            tag.attributes.append((name, value))
        } else {
            flood = flood ?? opening
        }
        return offset
    }

    /// The value of the first attribute of that name, which is in lower case, as it stands.
    func value(of name: StaticString) -> ByteRange? {
        for attribute in tag.attributes
        where attribute.name.count == name.utf8CodeUnitCount && bytes.hasASCII(name, at: attribute.name.lowerBound) {
            return attribute.value
        }
        return nil
    }

    // MARK: What follows a tag

    private mutating func follow(_ isSelfClosing: Bool) {
        if tag.isEnd {
            tag.isForeign = foreignDepth > 0
            if foreignDepth > 0, tag.element == .svg || tag.element == .math { foreignDepth -= 1 }
            return
        }
        if foreignDepth > 0, tag.element.breaksOut { foreignDepth = 0 }
        if tag.element == .svg || tag.element == .math {
            if !isSelfClosing { foreignDepth += 1 }
            tag.isForeign = true
            return
        }
        tag.isForeign = foreignDepth > 0
        if tag.isForeign {
            // Inside of these HTML begins anew.
            switch tag.element {
            case .foreignObject, .desc, .annotationXML: if !isSelfClosing { foreignDepth = 0 }
            default: break
            }
            return
        }
        if tag.element.holdsNoTags { rawElement = tag.element }
    }

    /// Where the end tag of an element is that holds no tags.
    private func rawEnd(_ element: HTMLElement, from start: Int) -> Int {
        guard element != .plaintext else { return bytes.count }
        // The start tag was the last one.
        let name = bytes[tag.name].map(\.lowercased)
        // In a script "<!--" and "<script" together hide an end tag.
        var isCommented = false
        var isDouble = false
        var offset = start
        while let open = bytes.firstOffset(of: UInt8(ascii: "<"), in: offset..<bytes.count) {
            offset = open + 1
            if isTag(name, at: open + 2), offset < bytes.count, bytes[offset] == UInt8(ascii: "/") {
                if !isDouble { return open }
                isDouble = false
            } else if element == .script {
                if bytes.hasASCII("<!--", at: open) { isCommented = true }
                if isCommented, isTag(name, at: open + 1) { isDouble = true }
                // The comment may end before the next "<".
                let next = bytes.firstOffset(of: UInt8(ascii: "<"), in: offset..<bytes.count) ?? bytes.count
                if isCommented, bytes.firstOffset(of: "-->", in: open..<next) != nil {
                    (isCommented, isDouble) = (false, false)
                }
            }
        }
        return bytes.count
    }

    private func isTag(_ name: [UInt8], at offset: Int) -> Bool {
        let end = offset + name.count
        guard end < bytes.count, Self.endsName(bytes[end]) else { return false }
        for (index, byte) in name.enumerated() where bytes[offset + index].lowercased != byte { return false }
        return true
    }
}

extension UInt8 {
    /// Tab, line feed, form feed, carriage return, space.
    var isHTMLBlank: Bool {
        self == .space || self == .tab || self == .lineFeed || self == 0x0C || self == .carriageReturn
    }
}

extension [UInt8] {
    /// Whether the same stands in both places in any case, as far as their first 64 bytes tell.
    func isSameWord(_ one: ByteRange, _ other: ByteRange) -> Bool {
        one.count == other.count
            && self[one].prefix(64).elementsEqual(self[other].prefix(64)) { $0.lowercased == $1.lowercased }
    }
}
