import CHTML
import Mail

/// Reads HTML with libxml2: the state that its callbacks work on.
final class HTMLReader {
    let bytes: [UInt8]
    let limits: Limits
    var references: [HTMLDocument.Reference] = []
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
