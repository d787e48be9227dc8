import CHTML
import Glibc
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
        // Small pieces, so that stopping stops soon; what is little goes in at once, for libxml2 then looks at it once.
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while buffer.count - position > 65_536, hit == nil {
                backstamp_html_feed(parser, buffer.baseAddress.map { $0 + position }, 4096, 0)
                position += 4096
            }
            let rest = buffer.count - position
            if hit == nil { backstamp_html_feed(parser, buffer.baseAddress.map { $0 + position }, Int32(rest), 1) }
        }
        self.parser = nil
        backstamp_html_close(parser)
        return true
    }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> HTMLReader? {
        pointer.map { Unmanaged<HTMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func clamped(_ offset: Int) -> Int { min(max(lastEnd, offset), bytes.count) }

    private func stop(_ name: Limits.Name, at offset: Int) {
        guard hit == nil else { return }
        hit = (name, offset)
        parser.map { backstamp_html_stop($0) }
    }

    func passed(_ offset: Int) { lastEnd = clamped(offset) }

    func start(_ name: UnsafePointer<CChar>?, _ attributes: UnsafePointer<UnsafePointer<CChar>?>?, _ offset: Int) {
        let name = Name(name)
        let end = clamped(offset)
        // Elements that libxml2 adds have no tag: they leave the offset alone.
        let tag = tag(name, before: end)
        if let tag { lastEnd = max(tag.lowerBound + 1, end) }
        depth += 1
        elements += 1
        let start = tag?.lowerBound ?? end
        if depth > limits[.htmlDepth] { return stop(.htmlDepth, at: start) }
        if elements > limits[.htmlElements] { return stop(.htmlElements, at: start) }
        if name.isSilent { silentDepth += 1 }
        if openLink != nil, name == "img", let alt = Self.value(of: "alt", attributes), !alt.isEmpty {
            append("[\(alt)]")
        }
        let carrier: StaticString? = name == "form" ? "action" : name == "a" || name == "area" ? "href" : nil
        guard let carrier, let tag, let target = Self.value(of: carrier, attributes) else { return }
        guard references.count < limits[.links] else { return stop(.links, at: start) }
        references.append(
            HTMLDocument.Reference(
                element: name.text, attribute: "\(carrier)", use: name == "form" ? .submit : .click, target: target,
                visibleText: "", tag: tag))
        if name == "a" { openLink = references.count - 1 }
    }

    func end(_ name: UnsafePointer<CChar>?, _ offset: Int) {
        let name = Name(name)
        depth -= 1
        let end = clamped(offset)
        if bytes.firstOffset(of: UInt8(ascii: "/"), in: lastEnd..<end) != nil { lastEnd = end }
        if name.isSilent { silentDepth = max(0, silentDepth - 1) }
        guard name == "a", let open = openLink else { return }
        references[open].visibleText = references[open].visibleText.onOneLine
        openLink = nil
    }

    func characters(_ text: UnsafePointer<CChar>?, _ length: Int32, _ offset: Int) {
        lastEnd = clamped(offset)
        // Nothing is told of texts outside of links.
        guard openLink != nil, silentDepth == 0, let text, length > 0 else { return }
        let bytes = UnsafeRawBufferPointer(start: text, count: min(Int(length), 8192))
        append(String(decoding: bytes, as: UTF8.self))
    }

    private func append(_ more: String) {
        if let openLink, references[openLink].visibleText.utf8.count < 1024 { references[openLink].visibleText += more }
    }

    /// The start tag that libxml2 has just read: the first of its name after what it told of last; `nil` if it is not
    /// there.
    private func tag(_ name: Name, before end: Int) -> ByteRange? {
        var offset = lastEnd
        let wanted = name.bytes
        while let open = bytes.firstOffset(of: UInt8(ascii: "<"), in: offset..<end) {
            let found = bytes[(open + 1)...].prefix(wanted.count)
            let next = open + 1 + wanted.count
            let isWhole = next >= bytes.count || !(bytes[next].isLetter || bytes[next].isDigit)
            if isWhole, found.elementsEqual(wanted, by: { $0.lowercased == $1 }) {
                let close = bytes.firstOffset(of: UInt8(ascii: ">"), in: end..<min(bytes.count, end + 256))
                return open..<(close.map { $0 + 1 } ?? end)
            }
            offset = open + 1
        }
        return nil
    }

    private static func value(
        of wanted: StaticString, _ attributes: UnsafePointer<UnsafePointer<CChar>?>?
    ) -> String? {
        guard let attributes else { return nil }
        var index = 0
        while let name = attributes[index] {
            if Name(name) == wanted { return attributes[index + 1].map { String(cString: $0) } }
            index += 2
        }
        return nil
    }

    /// A name that libxml2 tells, as long as it does.
    private struct Name {
        let bytes: UnsafeBufferPointer<UInt8>

        init(_ name: UnsafePointer<CChar>?) {
            let start = name.map { UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self) }
            bytes = UnsafeBufferPointer(start: start, count: name.map { strlen($0) } ?? 0)
        }

        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// Whether what stands in it is not shown.
        var isSilent: Bool { self == "script" || self == "style" || self == "title" || self == "head" }

        static func == (name: Name, wanted: StaticString) -> Bool {
            name.bytes.count == wanted.utf8CodeUnitCount
                && name.bytes.elementsEqual(UnsafeBufferPointer(start: wanted.utf8Start, count: name.bytes.count))
        }
    }
}
