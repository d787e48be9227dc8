import CICU

/// A character encoding from a fixed list. A label from a message never reaches a converter: it is looked up here.
public struct Charset: Hashable, Sendable {
    /// The standard's name, in lower case.
    public let name: String
    /// The name of ICU's converter.
    let converter: StaticString

    public static func == (a: Self, b: Self) -> Bool { a.name == b.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// The charset that a label names, or `nil` when the label is not on the list.
    public init?(label: some Collection<UInt8>) {
        guard label.count <= 40 else { return nil }
        // Most mail needs no table.
        if label.equalsASCII("utf-8") { self = .utf8; return }
        if label.equalsASCII("us-ascii") || label.equalsASCII("iso-8859-1") { self = .windows1252; return }
        let folded = String(decoding: label.map(\.lowercased), as: UTF8.self)
        guard let found = Self.byLabel[folded] else { return nil }
        self = found
    }

    init(_ name: String, converter: StaticString) {
        self.name = name
        self.converter = converter
    }

    public static let utf8 = Charset("utf-8", converter: "UTF-8")
    public static let windows1252 = Charset("windows-1252", converter: "windows-1252")

    /// Text decoded from bytes, and how much of it could not be decoded.
    public struct Decoded: Sendable {
        /// Well-formed UTF-8.
        public var utf8: [UInt8]
        /// How many places became U+FFFD because they mean nothing in the charset.
        public var replacements: Int
        /// Whether ICU, which alone knows the charset, is not there: what is not ASCII became U+FFFD, and is not counted.
        public var isUnread = false
        public var text: String { String(decoding: utf8, as: UTF8.self) }
    }

    /// Decodes bytes; ASCII needs no copy.
    func decode(_ bytes: [UInt8]) -> Decoded {
        isASCIICompatible && bytes[...].isASCII ? Decoded(utf8: bytes, replacements: 0) : decode(bytes[...])
    }

    /// Decodes bytes; whatever is not of this charset becomes U+FFFD and is counted.
    public func decode(_ bytes: ArraySlice<UInt8>) -> Decoded {
        if isASCIICompatible, bytes.isASCII { return Decoded(utf8: Array(bytes), replacements: 0) }
        switch name {
        case "utf-8": return Self.repairUTF8(bytes)
        case "windows-1252": return Decoded(utf8: Self.decodeWindows1252(bytes), replacements: 0)
        default:
            var map = OffsetMap()
            if let decoded = decodeWithICU(bytes, isMapped: false, map: &map) { return decoded }
            return backstamp_icuuc_is_there() != 0 ? Self.repairUTF8(bytes) : unread(bytes, map: &map)
        }
    }

    /// Whether ICU alone can decode it.
    var needsICU: Bool { name != "utf-8" && name != "windows-1252" }

    /// What can be read without ICU: ASCII, where its bytes mean that.
    private func unread(_ bytes: ArraySlice<UInt8>, map: inout OffsetMap) -> Decoded {
        var decoded = Decoded(utf8: [], replacements: 0, isUnread: true)
        map = OffsetMap()
        var offset = isASCIICompatible ? bytes.startIndex : bytes.endIndex
        while offset < bytes.endIndex {
            let plain = bytes[offset...].asciiPrefix
            if plain > 0 { map.note(decoded: decoded.utf8.count, encoded: offset - bytes.startIndex) }
            decoded.utf8 += bytes[offset..<offset + plain]
            offset += plain
            guard offset < bytes.endIndex else { break }
            map.close(at: offset - bytes.startIndex)
            map.note(decoded: decoded.utf8.count, encoded: offset - bytes.startIndex)
            Self.append(0xFFFD, to: &decoded.utf8)
            // The second byte of a character can be a letter of ASCII.
            let isPair = hasLeadBytes && offset + 1 < bytes.endIndex && bytes[offset + 1] >= 0x40
            offset += isPair ? 2 : 1
        }
        map.finish(decoded: decoded.utf8.count, encoded: bytes.count)
        return decoded
    }

    /// Header bytes as text: folds undone, UTF-8 if they are that, else as declared, else windows-1252.
    static func headerText(_ bytes: ArraySlice<UInt8>, declared: Charset?) -> String {
        // Most are short and plain.
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x80 }) {
            return bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
        let unfolded =
            bytes.contains { $0 == .lineFeed || $0 == .carriageReturn }
            ? bytes.filter { $0 != .lineFeed && $0 != .carriageReturn }[...] : bytes
        if let text = String(validating: unfolded, as: UTF8.self) { return text }
        let charset = declared.flatMap { $0 == .utf8 ? nil : $0 } ?? .windows1252
        return charset.decode(unfolded).text
    }

    private static func repairUTF8(_ bytes: ArraySlice<UInt8>) -> Decoded {
        if bytes.isUTF8 { return Decoded(utf8: Array(bytes), replacements: 0) }
        let text = String(decoding: bytes, as: UTF8.self)
        let repaired = Array(text.utf8)
        let before = replacementCount(in: bytes)
        return Decoded(utf8: repaired, replacements: max(1, replacementCount(in: repaired[...]) - before))
    }

    private static func replacementCount(in bytes: ArraySlice<UInt8>) -> Int {
        var count = 0
        var index = bytes.startIndex
        while index + 2 < bytes.endIndex {
            if bytes[index] == 0xEF, bytes[index + 1] == 0xBF, bytes[index + 2] == 0xBD { count += 1 }
            index += 1
        }
        return count
    }

    private static func decodeWindows1252(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(bytes.count + bytes.count / 8)
        var rest = bytes
        while true {
            let plain = rest.asciiPrefix
            utf8 += rest.prefix(plain)
            rest = rest.dropFirst(plain)
            guard let byte = rest.popFirst() else { return utf8 }
            append(windows1252(byte), to: &utf8)
        }
    }

    /// Where each character of what is decoded comes from: a byte.
    private static func mapWindows1252(_ bytes: ArraySlice<UInt8>) -> OffsetMap {
        var map = OffsetMap()
        var decoded = 0
        var offset = bytes.startIndex
        while offset < bytes.endIndex {
            let plain = bytes[offset...].asciiPrefix
            if plain > 0 { map.note(decoded: decoded, encoded: offset - bytes.startIndex) }
            decoded += plain
            offset += plain
            guard offset < bytes.endIndex else { break }
            // More bytes come of it than it is, so it is no part of a stretch in which one stands for one.
            map.close(at: offset - bytes.startIndex)
            map.note(decoded: decoded, encoded: offset - bytes.startIndex)
            decoded += windows1252(bytes[offset]) < 0x800 ? 2 : 3
            offset += 1
        }
        map.finish(decoded: decoded, encoded: bytes.count)
        return map
    }

    /// Whether bytes below 80 mean in it what they mean in ASCII, whatever stands before them.
    private var isASCIICompatible: Bool {
        !["utf-16be", "utf-16le", "utf-7", "iso-2022-jp", "iso-2022-kr", "hz-gb-2312"].contains(name)
    }

    /// The scalar of a byte from 80 on.
    private static func windows1252(_ byte: UInt8) -> UInt32 {
        byte < 0xA0 ? windows1252High[Int(byte) - 0x80] : UInt32(byte)
    }

    // index-windows-1252.txt of the WHATWG Encoding Standard, bytes 80 to 9F
    private static let windows1252High: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D,
        0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D,
        0x17E, 0x178,
    ]

    private static func append(_ value: UInt32, to utf8: inout [UInt8]) {
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { utf8.append(byte) }
    }
}

extension Charset {
    /// Decodes in pieces with ICU; if `isMapped`, notes in `map` from which byte each piece of the text came.
    private func decodeWithICU(_ bytes: ArraySlice<UInt8>, isMapped: Bool, map: inout OffsetMap) -> Decoded? {
        guard let opened = backstamp_converter_open(converterName) else { return nil }
        defer { backstamp_converter_close(opened) }
        // Few bytes make more than one unit.
        let capacity = min(4096, bytes.count + 64)
        var units = [UInt16](repeating: 0, count: capacity)
        var offsets = [Int32](repeating: 0, count: capacity)
        var decoded = Decoded(utf8: [], replacements: 0)
        decoded.utf8.reserveCapacity(bytes.count + bytes.count / 2)
        var pendingHigh: UInt16?
        let isComplete = bytes.withUnsafeBufferPointer { buffer -> Bool in
            guard let base = buffer.baseAddress else { return true }
            // Pieces keep ICU's offsets within 32 bits.
            var start = 0
            while start < buffer.count {
                let end = min(start + (1 << 20), buffer.count)
                var source: UnsafePointer<UInt8>? = base + start
                while true {
                    let before = source.map { $0 - base } ?? end
                    let written = backstamp_converter_decode(
                        opened, &source, base + end, &units, Int32(capacity), &offsets, end == buffer.count ? 1 : 0)
                    guard written >= 0 else { return false }
                    let after = source.map { $0 - base } ?? end
                    var index = -1
                    while index + 1 < Int(written) {
                        index += 1
                        if units[index] < 0x80, pendingHigh == nil {
                            let run = Self.plainRun(units, offsets, from: index, to: Int(written))
                            if isMapped {
                                map.note(
                                    decoded: decoded.utf8.count, encoded: before + Int(max(0, offsets[index])))
                            }
                            decoded.utf8 += units[index..<run].lazy.map { UInt8(truncatingIfNeeded: $0) }
                            index = run - 1
                            continue
                        }
                        guard let value = Self.scalar(units[index], &pendingHigh) else { continue }
                        let offset = before + Int(max(0, offsets[index]))
                        if isMapped {
                            map.close(at: offset)
                            map.note(decoded: decoded.utf8.count, encoded: offset)
                        }
                        if isUndefined(value) {
                            decoded.replacements += 1
                            Self.append(0xFFFD, to: &decoded.utf8)
                            let next = index + 1 < Int(written) ? before + Int(max(0, offsets[index + 1])) : after
                            if hasLeadBytes, next > offset + 1, next <= buffer.count {
                                decoded.utf8 += buffer[offset + 1..<min(next, offset + 4)].filter {
                                    $0 >= 0x20 && $0 < 0x7F
                                }
                            }
                        } else {
                            Self.append(value, to: &decoded.utf8)
                        }
                    }
                    if Int(written) < capacity { break }
                }
                start = end
            }
            return true
        }
        guard isComplete else { return nil }
        map.finish(decoded: decoded.utf8.count, encoded: bytes.count)
        return decoded
    }

    /// The end of the units of ASCII from `start` on that each come from the byte after the one before.
    private static func plainRun(_ units: [UInt16], _ offsets: [Int32], from start: Int, to end: Int) -> Int {
        var index = start + 1
        while index < end, units[index] < 0x80, offsets[index] == offsets[index - 1] &+ 1 { index += 1 }
        return index
    }

    /// Whether each character is one byte.
    var isSingleByte: Bool { isASCIICompatible && !hasLeadBytes && name != "utf-8" }

    /// Charsets whose characters are a lead byte and one that may be ASCII. A lead byte that begins nothing takes no
    /// ASCII byte with it. WHATWG Encoding Standard §4.1
    private var hasLeadBytes: Bool { ["big5", "euc-kr", "shift_jis", "gb18030", "euc-jp"].contains(name) }

    /// What ICU writes for bytes without a meaning; its tables for Big5 and Korean also have room for private ones.
    private func isUndefined(_ value: UInt32) -> Bool {
        value == 0xFFFD || ((0xE000...0xF8FF).contains(value) && (name == "big5" || name == "euc-kr"))
    }

    private var converterName: UnsafePointer<CChar> {
        UnsafeRawPointer(converter.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    /// The scalar that a UTF-16 unit completes; `nil` after the first half of a pair.
    private static func scalar(_ unit: UInt16, _ high: inout UInt16?) -> UInt32? {
        if let first = high {
            high = nil
            guard unit >= 0xDC00 && unit <= 0xDFFF else { return UInt32(unit) }
            return 0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(unit) - 0xDC00)
        }
        guard unit >= 0xD800 && unit <= 0xDBFF else { return UInt32(unit) }
        high = unit
        return nil
    }

    /// Whether bytes are the same after decoding: where as many come out as go in, each stands for one.
    func isIdentity(_ bytes: ArraySlice<UInt8>, decoded count: Int, replacements: Int) -> Bool {
        replacements == 0 && (name == "utf-8" || (isASCIICompatible && bytes.isASCII && count == bytes.count))
    }

    /// Decodes, and says from which of `bytes` (counted from 0) each stretch of the text came.
    public func decodeMapped(_ bytes: ArraySlice<UInt8>) -> (decoded: Decoded, map: OffsetMap) {
        if name == "windows-1252", !bytes.isASCII {
            return (Decoded(utf8: Self.decodeWindows1252(bytes), replacements: 0), Self.mapWindows1252(bytes))
        }
        var map = OffsetMap()
        // ICU is asked once for both.
        if name != "utf-8", !(isASCIICompatible && bytes.isASCII),
            let mapped = decodeWithICU(bytes, isMapped: true, map: &map)
        {
            return (mapped, map)
        }
        let decoded = decode(bytes)
        if decoded.isUnread { return (unread(bytes, map: &map), map) }
        if name == "utf-8", decoded.replacements > 0 {
            map = OffsetMap()
            if let mapped = decodeWithICU(bytes, isMapped: true, map: &map) { return (mapped, map) }
        }
        // Where as many bytes come out as go in, each stands for one.
        map = OffsetMap()
        map.note(decoded: 0, encoded: 0)
        map.finish(decoded: decoded.utf8.count, encoded: bytes.count)
        return (decoded, map)
    }
}
