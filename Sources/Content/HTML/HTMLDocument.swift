import CHTML
public import Mail

/// What of an HTML part can be clicked or is sent somewhere, and what of it can be read.
public struct HTMLDocument: Sendable {
    /// What happens with an address.
    public enum Use: String, Sendable {
        /// The reader follows it.
        case click
        /// What the reader typed in goes there.
        case submit
        /// It is loaded to show the message, unless the program asks first.
        case load
        /// The reader is led there without a click.
        case refresh
        /// A click on the link tells it, besides.
        case ping
        /// Other addresses are relative to it.
        case base
        /// It is named, and nothing is loaded from it by itself.
        case mention
    }

    /// A reference to another place, in the order of the document.
    public struct Reference: Sendable {
        /// The element that carries it, in lower case: `a`, `area`, `form`.
        public let element: String
        /// The attribute, in lower case; empty for the text of a style sheet.
        public let attribute: String
        public let use: Use
        /// The value, character references resolved.
        public let target: String
        /// Whether it stands in a conditional comment, which only Outlook for Windows reads.
        public internal(set) var isConditional = false
        /// What a reader sees of it, white space collapsed; empty for a form.
        public internal(set) var visibleText: String
        /// Its start tag in the document's UTF-8.
        public let tag: ByteRange
    }

    public internal(set) var references: [Reference] = []
    /// Addresses to be clicked or sent to that only one of two readers saw: ours, which reads as browsers do, or libxml2, which reads
    /// HTML 4. What is shown depends on the program then.
    public internal(set) var disagreements: [Disagreement] = []
    /// The text between the tags, one line a block, cut after a few thousand bytes.
    public internal(set) var text = ""
    /// Which limit ended the reading or cut something out, and where.
    public internal(set) var hit: (name: Limits.Name, offset: Int)?
    /// Whether nothing could be read, for libxml2 is not there.
    public private(set) var isUnread = false

    public struct Disagreement: Sendable {
        public let reference: Reference
        /// Whether a browser sees it.
        public let isSeenByBrowsers: Bool
    }

    static let textKept = 4096

    /// Reads UTF-8 with libxml2's push parser: no document tree, no network, no entities of the document's own.
    public init(_ utf8: [UInt8], limits: Limits = Limits()) {
        let read = Array(utf8.prefix(limits[.html]))
        let (bytes, flood) = Self.tamed(read, attributes: limits[.htmlAttributes])
        let reader = HTMLReader(bytes, limits)
        isUnread = !reader.read()
        let own = HTMLReferences(read, limits)
        references = own.references
        if !isUnread, reader.hit == nil, own.hit == nil {
            disagreements = Self.compare(own.references, reader.references)
            // What other readers see is a place that it leads to as well.
            references += disagreements.filter { !$0.isSeenByBrowsers }.map(\.reference)
        }
        text = reader.text.trimmingBlankLines
        hit =
            reader.hit ?? own.hit ?? flood.map { (.htmlAttributes, $0) }
            ?? (read.count < utf8.count ? (.html, read.count) : nil)
    }

    /// The links and forms that one has and the other has not, as often as they differ.
    private static func compare(_ own: [Reference], _ other: [Reference]) -> [Disagreement] {
        func key(_ one: Reference) -> String {
            one.target.filter { !$0.isWhitespace && $0 != "\u{FFFD}" && $0 != "\u{7F}" }
        }
        let compared = own.filter { !$0.isConditional }.filter {
            ($0.use == .click && $0.attribute == "href" && $0.element != "base") || $0.attribute == "action"
        }
        var counts: [String: Int] = [:]
        for one in other { counts[key(one), default: 0] += 1 }
        var found: [Disagreement] = []
        for one in compared {
            if let count = counts[key(one)], count > 0 {
                counts[key(one)] = count - 1
            } else {
                found.append(Disagreement(reference: one, isSeenByBrowsers: true))
            }
        }
        for one in other {
            guard let count = counts[key(one)], count > 0 else { continue }
            counts[key(one)] = count - 1
            found.append(Disagreement(reference: one, isSeenByBrowsers: false))
        }
        return found
    }

    /// The same bytes in the same places, less what makes libxml2 2.9 lose text or take quadratic time: a NUL ends
    /// its input, so does `</html>`, and each attribute is compared with all before it.
    private static func tamed(_ input: [UInt8], attributes maximum: Int) -> (bytes: [UInt8], firstFlood: Int?) {
        var bytes = input
        var firstFlood: Int?
        var position = 0
        while let nul = bytes.firstPlace(of: 0, in: position..<bytes.count) {
            bytes[nul] = 0x7F
            position = nul + 1
        }
        position = 0
        while let open = bytes.firstPlace(of: UInt8(ascii: "<"), in: position..<bytes.count) {
            position = open + 1
            // libxml2 reads nothing behind these; browsers put it at the end of the body.
            if bytes.hasASCII("</html", at: open) || bytes.hasASCII("</body", at: open) {
                bytes[open + 2] = UInt8(ascii: "x")
            }
            guard position < bytes.count, bytes[position].isLetter else { continue }
            var attributes = 0
            var quote: UInt8?
            var wasBlank = false
            var last: UInt8 = 0
            while position < bytes.count {
                let byte = bytes[position]
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: ">") {
                    break
                } else if last == UInt8(ascii: "="), byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    // A quote opens a value after "="; elsewhere it is a byte like others.
                    quote = byte
                } else {
                    let isBlank = byte.isFolding || byte == UInt8(ascii: "/")
                    if wasBlank, !isBlank { attributes += 1 }
                    wasBlank = isBlank
                }
                if attributes > maximum {
                    firstFlood = firstFlood ?? open
                    bytes[position] = .space
                }
                if !byte.isFolding { last = byte }
                position += 1
            }
        }
        return (bytes, firstFlood)
    }
}

extension String {
    fileprivate var trimmingBlankLines: String {
        split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}

/// The state that libxml2's callbacks work on.
private final class HTMLReader {
    let bytes: [UInt8]
    let limits: Limits
    var references: [HTMLDocument.Reference] = []
    var text = ""
    var hit: (name: Limits.Name, offset: Int)?
    private var parser: UnsafeMutableRawPointer?
    private var depth = 0
    private var elements = 0
    private var silentDepth = 0
    private var openLink: Int?
    /// Where the last thing that libxml2 told of ends.
    private var lastEnd = 0

    init(_ bytes: [UInt8], _ limits: Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// Whether there was a parser to read with.
    func read() -> Bool {
        let events = BackstampHTMLEvents(
            start: { reader, name, attributes, offset in HTMLReader.of(reader)?.start(name, attributes, Int(offset)) },
            end: { reader, name, offset in HTMLReader.of(reader)?.end(name, Int(offset)) },
            text: { reader, text, length, offset in HTMLReader.of(reader)?.characters(text, length, Int(offset)) },
            passed: { reader, offset in HTMLReader.of(reader)?.passed(Int(offset)) })
        guard let parser = backstamp_html_open(events, Unmanaged.passUnretained(self).toOpaque()) else { return false }
        self.parser = parser
        // Small pieces, so that stopping stops soon.
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count, hit == nil {
                let size = min(4096, buffer.count - position)
                backstamp_html_feed(parser, buffer.baseAddress.map { $0 + position }, Int32(size), 0)
                position += size
            }
            if hit == nil { backstamp_html_feed(parser, nil, 0, 1) }
        }
        self.parser = nil
        backstamp_html_close(parser)
        return true
    }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> HTMLReader? {
        pointer.map { Unmanaged<HTMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func clamped(_ offset: Int) -> Int { min(max(lastEnd, offset), bytes.count) }

    private func stop(_ name: Limits.Name, at place: Int) {
        guard hit == nil else { return }
        hit = (name, place)
        parser.map { backstamp_html_stop($0) }
    }

    func passed(_ offset: Int) { lastEnd = clamped(offset) }

    func start(_ name: UnsafePointer<CChar>?, _ attributes: UnsafePointer<UnsafePointer<CChar>?>?, _ offset: Int) {
        let name = name.map { String(cString: $0) } ?? ""
        let end = clamped(offset)
        // Elements that libxml2 adds have no tag: they leave the place alone.
        let tag = tag(name, before: end)
        if let tag { lastEnd = max(tag.lowerBound + 1, end) }
        depth += 1
        elements += 1
        let start = tag?.lowerBound ?? end
        if depth > limits[.htmlDepth] { return stop(.htmlDepth, at: start) }
        if elements > limits[.htmlElements] { return stop(.htmlElements, at: start) }
        switch name {
        case "script", "style", "title", "head": silentDepth += 1
        case "br", "p", "div", "tr", "li", "table", "h1", "h2", "h3", "h4": append("\n")
        case "img":
            let alt = Self.value(of: "alt", attributes) ?? ""
            append(alt.isEmpty ? "" : "[\(alt)]")
        default: break
        }
        let carrier = name == "form" ? "action" : name == "a" || name == "area" ? "href" : nil
        guard let carrier, let tag, let target = Self.value(of: carrier, attributes) else { return }
        guard references.count < limits[.links] else { return stop(.links, at: start) }
        references.append(
            HTMLDocument.Reference(
                element: name, attribute: carrier, use: name == "form" ? .submit : .click, target: target,
                visibleText: "", tag: tag))
        if name == "a" { openLink = references.count - 1 }
    }

    func end(_ name: UnsafePointer<CChar>?, _ offset: Int) {
        let name = name.map { String(cString: $0) } ?? ""
        depth -= 1
        let end = clamped(offset)
        if bytes.firstPlace(of: UInt8(ascii: "/"), in: lastEnd..<end) != nil { lastEnd = end }
        switch name {
        case "script", "style", "title", "head": silentDepth = max(0, silentDepth - 1)
        case "p", "div", "tr", "li", "td", "h1", "h2", "h3", "h4": append(name == "td" ? " " : "\n")
        case "a":
            if let open = openLink {
                let words = references[open].visibleText.split {
                    $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" || $0 == "\r"
                }
                references[open].visibleText = words.joined(separator: " ")
            }
            openLink = nil
        default: break
        }
    }

    func characters(_ text: UnsafePointer<CChar>?, _ length: Int32, _ offset: Int) {
        lastEnd = clamped(offset)
        guard silentDepth == 0, let text, length > 0 else { return }
        let bytes = UnsafeBufferPointer(start: text, count: Int(length)).prefix(8192)
        append(String(decoding: bytes.lazy.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }

    private func append(_ more: String) {
        if let openLink, references[openLink].visibleText.utf8.count < 1024 { references[openLink].visibleText += more }
        if text.utf8.count < HTMLDocument.textKept { text += more }
    }

    /// The start tag that libxml2 has just read: the first of its name after what it told of last; `nil` if it is not
    /// there.
    private func tag(_ name: String, before end: Int) -> ByteRange? {
        var place = lastEnd
        let wanted = Array(name.utf8)
        while let open = bytes.firstPlace(of: UInt8(ascii: "<"), in: place..<end) {
            let found = bytes[(open + 1)...].prefix(wanted.count)
            let next = open + 1 + wanted.count
            let isWhole = next >= bytes.count || !(bytes[next].isLetter || bytes[next].isDigit)
            if isWhole, found.elementsEqual(wanted, by: { $0.lowercased == $1 }) {
                let close = bytes.firstPlace(of: UInt8(ascii: ">"), in: end..<min(bytes.count, end + 256))
                return open..<(close.map { $0 + 1 } ?? end)
            }
            place = open + 1
        }
        return nil
    }

    private static func value(of wanted: String, _ attributes: UnsafePointer<UnsafePointer<CChar>?>?) -> String? {
        guard let attributes else { return nil }
        var index = 0
        while let name = attributes[index] {
            if String(cString: name) == wanted { return attributes[index + 1].map { String(cString: $0) } }
            index += 2
        }
        return nil
    }
}
