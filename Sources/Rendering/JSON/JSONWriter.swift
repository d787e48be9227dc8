import CBytes
import Mail
import Phrases

/// Writes JSON as it comes, without making values of it first: reports are long. RFC 8259
///
/// Whoever calls it puts names into objects alone, and one value behind each name.
struct JSONWriter: ~Copyable {
    // A [UInt8] asks at each append whether somebody else holds it.
    private var start: UnsafeMutablePointer<UInt8>
    private var room = 32 << 10
    private var count = 0
    private let isCompact: Bool
    private var depth = 0
    /// Whether something stands before in the object or list that is open.
    private var hasElements = false

    init(isCompact: Bool) {
        start = .allocate(capacity: room)
        self.isCompact = isCompact
    }

    deinit { start.deallocate() }

    /// All of it. It is made of strings, so it is valid UTF-8.
    consuming func text() -> String {
        append(.lineFeed)
        return String(copying: UTF8Span(unchecked: Span(_unsafeStart: start, count: count)))
    }

    // MARK: Values

    mutating func object(_ members: (inout JSONWriter) -> Void) {
        enclosed(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
    }

    mutating func array<Elements: Sequence>(
        _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
    ) {
        enclosed(UInt8(ascii: "["), UInt8(ascii: "]")) { out in
            for element in elements {
                out.separate()
                write(&out, element)
            }
        }
    }

    mutating func write(_ value: String?) {
        if let value { quote(value) } else { append("null") }
    }

    mutating func write(_ value: Int?) {
        guard let value else { return append("null") }
        if value < 0 { append(UInt8(ascii: "-")) }
        reserve(20)
        append(number: value.magnitude)
    }

    /// A number for which there is room: UInt has twenty digits at the most.
    @inline(__always) private mutating func append(number rest: UInt) {
        if rest < 10 { return append(digits: rest, 1) }
        if rest < 100 { return append(digits: rest, 2) }
        if rest < 1000 { return append(digits: rest, 3) }
        if rest < 10_000 { return append(digits: rest, 4) }
        var (length, bound) = (5, 100_000 as UInt)
        while length < 20, rest >= bound {
            length += 1
            bound = bound &* 10
        }
        append(digits: rest, length)
    }

    /// A number of that many digits, for which there is room.
    @inline(__always) private mutating func append(digits value: UInt, _ length: Int) {
        count &+= length
        // The last digit comes first.
        var rest = value
        for digit in 1...length {
            start[count &- digit] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    mutating func write(_ value: Bool) { append(value ? "true" : "false") }

    // MARK: Members

    mutating func put(_ name: StaticString, _ value: String?) {
        put(name)
        write(value)
    }

    /// Phrases are written in English: programs read them.
    mutating func put(_ name: StaticString, _ phrase: Phrase) { put(name, phrase.description) }

    mutating func put(_ name: StaticString, _ phrases: [Phrase]) { put(name, phrases.map(\.description)) }

    mutating func put(_ name: StaticString, _ value: Int?) {
        put(name)
        write(value)
    }

    mutating func put(_ name: StaticString, _ value: Bool) {
        put(name)
        write(value)
    }

    mutating func put(_ name: StaticString, json value: JSON) {
        put(name)
        value.write(to: &self)
    }

    mutating func put(_ name: StaticString, _ values: some Sequence<String>) {
        put(name)
        array(values) { out, value in out.write(value) }
    }

    mutating func put<Elements: Sequence>(
        _ name: StaticString, _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
    ) {
        put(name)
        array(elements, write)
    }

    mutating func put(_ name: StaticString, _ members: (inout JSONWriter) -> Void) {
        put(name)
        object(members)
    }

    /// A name that needs no escapes; a value follows.
    mutating func put(_ name: StaticString) {
        if !isCompact { return putIndented(name) }
        reserve(name.utf8CodeUnitCount &+ 4)
        append(name: name)
    }

    /// A name for which there is room.
    @inline(__always) private mutating func append(name: StaticString) {
        let length = name.utf8CodeUnitCount
        // A comma that nothing stands before is written over.
        start[count] = UInt8(ascii: ",")
        let offset = hasElements ? count &+ 1 : count
        hasElements = true
        start[offset] = UInt8(ascii: "\"")
        copy(UnsafeRawPointer(name.utf8Start), length, to: offset &+ 1)
        start[offset &+ length &+ 1] = UInt8(ascii: "\"")
        start[offset &+ length &+ 2] = UInt8(ascii: ":")
        count = offset &+ length &+ 3
    }

    private mutating func putIndented(_ name: StaticString) {
        separate()
        append("\"")
        append(name)
        append("\": ")
    }

    /// A range of the input: there are so many that they are written at once.
    mutating func putRange(_ range: ByteRange, line: Int, column: Int) {
        guard isCompact else {
            put("start", range.lowerBound)
            put("end", range.upperBound)
            put("line", line)
            return put("column", column)
        }
        // A name and its marks have ten bytes at the most, a number twenty.
        reserve(4 * 32)
        append(name: "start")
        append(number: range.lowerBound.magnitude)
        append(name: "end")
        append(number: range.upperBound.magnitude)
        append(name: "line")
        append(number: line.magnitude)
        append(name: "column")
        append(number: column.magnitude)
    }

    /// Bytes of a message; what is not UTF-8 in them becomes U+FFFD.
    mutating func put(_ name: StaticString, _ bytes: [UInt8], in range: ByteRange) {
        put(name)
        bytes.withUnsafeBufferPointer { all in
            let bytes = UnsafeBufferPointer(rebasing: all[range])
            let offset = count
            guard !quote(bytes, isUTF8: false) else { return }
            count = offset
            quote(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Any name; a value follows.
    mutating func put(quoting name: String) {
        separate()
        quote(name)
        append(isCompact ? ":" : ": ")
    }

    // MARK: Bytes

    private mutating func enclosed(_ open: UInt8, _ close: UInt8, _ content: (inout JSONWriter) -> Void) {
        append(open)
        depth += 1
        hasElements = false
        content(&self)
        depth -= 1
        if hasElements, !isCompact { newLine() }
        append(close)
        hasElements = true
    }

    private mutating func separate() {
        if hasElements { append(UInt8(ascii: ",")) }
        hasElements = true
        if !isCompact { newLine() }
    }

    private mutating func newLine() {
        append(.lineFeed)
        for _ in 0..<2 * depth { append(.space) }
    }

    @inline(__always) private mutating func reserve(_ more: Int) {
        if room - count < more { grow(more) }
    }

    private mutating func grow(_ more: Int) {
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: room * 2 + more)
        grown.update(from: start, count: count)
        start.deallocate()
        (start, room) = (grown, room * 2 + more)
    }

    @inline(__always) private mutating func append(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    private mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let base = bytes.baseAddress else { return }
        reserve(bytes.count)
        copy(UnsafeRawPointer(base), bytes.count, to: count)
        count += bytes.count
    }

    /// Bytes for which there is room; few of them, which most are, without a call.
    @inline(__always) private func copy(_ source: UnsafeRawPointer, _ length: Int, to offset: Int) {
        let target = UnsafeMutableRawPointer(start + offset)
        // The halves overlap.
        switch length {
        case 2...3: Self.copy(source, length, to: target, by: UInt16.self)
        case 4...7: Self.copy(source, length, to: target, by: UInt32.self)
        case 8...16: Self.copy(source, length, to: target, by: UInt64.self)
        default: target.copyMemory(from: source, byteCount: length)
        }
    }

    @inline(__always) private static func copy<Half: BitwiseCopyable>(
        _ source: UnsafeRawPointer, _ length: Int, to target: UnsafeMutableRawPointer, by _: Half.Type
    ) {
        let second = length &- MemoryLayout<Half>.size
        let last = source.loadUnaligned(fromByteOffset: second, as: Half.self)
        target.storeBytes(of: source.loadUnaligned(as: Half.self), as: Half.self)
        target.storeBytes(of: last, toByteOffset: second, as: Half.self)
    }

    // string = quotation-mark *char quotation-mark
    /// A string: whatever steers a terminal, a browser or an eye is escaped.
    private mutating func quote(_ value: String) {
        let isQuoted = value.utf8.withContiguousStorageIfAvailable { quote($0, isUTF8: true) }
        guard isQuoted == nil else { return }
        var value = value
        value.withUTF8 { _ = quote($0, isUTF8: true) }
    }

    /// The same for bytes that are valid UTF-8, or ASCII; gives back whether they were.
    private mutating func quote(_ bytes: UnsafeBufferPointer<UInt8>, isUTF8: Bool) -> Bool {
        reserve(1)
        start[count] = UInt8(ascii: "\"")
        count += 1
        var offset = 0
        while offset < bytes.count, let base = bytes.baseAddress {
            let left = bytes.count - offset
            reserve(left + Int(BACKSTAMP_JSON_SLACK))
            let plain = backstamp_json_copy(base + offset, left, start + count)
            count += plain
            offset += plain
            if offset < bytes.count {
                guard isUTF8 || bytes[offset] < 0x80 else { return false }
                offset += escape(bytes, at: offset)
            }
        }
        append(UInt8(ascii: "\""))
        return true
    }

    /// A scalar that does not stand for itself; gives back how many bytes it has.
    private mutating func escape(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        let byte = bytes[offset]
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case .lineFeed: append("\\n")
        case .carriageReturn: append("\\r")
        case .tab: append("\\t")
        // A report may be put into a page.
        case UInt8(ascii: "<"): append("\\u003c")
        case UInt8(ascii: ">"): append("\\u003e")
        case UInt8(ascii: "&"): append("\\u0026")
        case 0..<0x80: append(unit: UInt16(byte))
        default:
            var decoder = UTF8()
            var rest = bytes[offset...].makeIterator()
            guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return 1 }
            if scalar.steers {
                for unit in UTF16.encode(scalar) ?? .init() { append(unit: unit) }
            } else {
                append(UnsafeBufferPointer(rebasing: bytes[offset..<offset + UTF8.width(scalar)]))
            }
            return UTF8.width(scalar)
        }
        return 1
    }

    private mutating func append(unit: UInt16) {
        append("\\u")
        reserve(4)
        for (index, shift) in [12, 8, 4, 0].enumerated() {
            let digit = UInt8(truncatingIfNeeded: unit >> shift & 15)
            start[count + index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
        count += 4
    }
}
