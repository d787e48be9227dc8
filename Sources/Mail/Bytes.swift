import CBytes
import Glibc

/// A range of a message's bytes: offsets into its ``Source``, half-open.
public typealias ByteRange = Range<Int>

extension UInt8 {
    @inlinable package static var lineFeed: UInt8 { UInt8(ascii: "\n") }
    @inlinable package static var carriageReturn: UInt8 { UInt8(ascii: "\r") }
    @inlinable package static var space: UInt8 { UInt8(ascii: " ") }
    @inlinable package static var tab: UInt8 { UInt8(ascii: "\t") }

    // WSP = SP / HTAB
    var isBlank: Bool { self == .space || self == .tab }

    /// White space inside a folded value, where line ends are part of the folding.
    @inlinable package var isFolding: Bool {
        self == .space || self == .tab || self == .carriageReturn || self == .lineFeed
    }

    @inlinable package var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    @inlinable package var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

    /// ASCII lower case; other bytes unchanged.
    @inlinable package var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

    // ctl = %d0-31 / %d127
    var isControl: Bool { self < 0x20 || self == 0x7F }

    // ftext = %d33-57 / %d59-126
    /// A byte of a field name. RFC 5322 §2.2
    var isFieldName: Bool { self > 0x20 && self < 0x7F && self != UInt8(ascii: ":") }

    // token = 1*<any CHAR except SPACE, CTLs, or tspecials>
    /// A byte of a MIME token, or one with the high bit, which real mail has there. RFC 2045 §5.1
    var isToken: Bool {
        switch self {
        case 0...0x20, 0x7F: false
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "@"),
            UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\\"), UInt8(ascii: "\""),
            UInt8(ascii: "/"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "?"), UInt8(ascii: "="):
            false
        default: true
        }
    }

    /// What the byte is as a hexadecimal digit.
    @inlinable package var hexDigit: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}

extension [UInt8] {
    /// The first offset after `start` where a line begins with two hyphens.
    func firstDashes(after start: Int, lineEnd: UInt8) -> Int? {
        withUnsafeBufferPointer { buffer in
            guard start >= 0, start < buffer.count, let base = buffer.baseAddress else { return nil }
            let found = backstamp_find_dashes(base, start, buffer.count, lineEnd)
            return found < buffer.count ? found : nil
        }
    }

    /// The bytes of `range` without line ends, as text; and what stands in the way of that being all: the flags of
    /// `backstamp_unfold`. With 8-bit bytes among them the text is not to be used.
    func unfolded(_ range: ByteRange) -> (text: String, kinds: UInt32) {
        var kinds: UInt32 = 0
        let text = withUnsafeBufferPointer { buffer -> String in
            guard let base = buffer.baseAddress else { return "" }
            return String(unsafeUninitializedCapacity: range.count) { target in
                guard let start = target.baseAddress, target.count >= range.count else { return 0 }
                return backstamp_unfold(base + range.lowerBound, range.count, start, &kinds)
            }
        }
        return (text, kinds)
    }

    /// Whether `text`, which is lower-case ASCII, stands at `offset`, in any case.
    @inlinable package func hasASCII(_ text: StaticString, at offset: Int) -> Bool {
        span.hasASCII(text, at: offset)
    }

    /// The bytes of `range` as text in lower case; what is no UTF-8 is replaced.
    package func lowercasedText(_ range: ByteRange) -> String {
        let range = range.clamped(to: 0..<count)
        return String(unsafeUninitializedCapacity: range.count) { target in
            for (index, offset) in range.enumerated() where index < target.count {
                target.initializeElement(at: index, to: self[offset].lowercased)
            }
            return Swift.min(range.count, target.count)
        }
    }
}

extension ArraySlice<UInt8> {
    /// How many bytes at the start are ASCII.
    var asciiPrefix: Int {
        withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { backstamp_ascii_prefix($0, buffer.count) } ?? 0
        }
    }

    package var isASCII: Bool { asciiPrefix == count }

    /// Whether the bytes are well-formed UTF-8.
    var isUTF8: Bool {
        let plain = asciiPrefix
        if plain == count { return true }
        let rest = self.dropFirst(plain)
        do {
            _ = try UTF8Span(validating: rest.span)
            return true
        } catch {
            return false
        }
    }

    /// Equality without regard to ASCII case.
    package func equalsASCII(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        return withUnsafeBufferPointer { found in
            text.withUTF8Buffer { wanted in
                for index in wanted.indices where found[index].lowercased != wanted[index] { return false }
                return true
            }
        }
    }
}

extension Collection<UInt8> {
    /// Equality without regard to ASCII case.
    public func equalsASCII(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { wanted in
            zip(self, wanted).allSatisfy { $0.lowercased == $1.lowercased }
        }
    }
}

extension ArraySlice<UInt8> {
    // pct-encoded = "%" HEXDIG HEXDIG
    /// The same with percent-encoded bytes decoded; a "%" that begins none stays. RFC 3986 §2.1, RFC 2231 §4
    package var percentDecoded: [UInt8] {
        var decoded: [UInt8] = []
        var offset = startIndex
        while offset < endIndex {
            if self[offset] == UInt8(ascii: "%"), offset + 2 < endIndex, let high = self[offset + 1].hexDigit,
                let low = self[offset + 2].hexDigit
            {
                decoded.append(high << 4 | low)
                offset += 3
            } else {
                decoded.append(self[offset])
                offset += 1
            }
        }
        return decoded
    }
}

extension String {
    /// The text in lower case; the same text, not a copy, when it is that already.
    package var lowercasedASCII: String {
        var isPlain = true
        for byte in utf8 where byte >= 0x80 || (byte >= 0x41 && byte <= 0x5A) {
            isPlain = false
            break
        }
        return isPlain ? self : lowercased()
    }

    /// Whether the text has all of another one in it, byte by byte.
    package func contains(bytesOf wanted: String) -> Bool {
        let (own, needle) = (Array(utf8), Array(wanted.utf8))
        if needle.count < 3 { return contains(wanted) }
        return own.firstOffset(ofBytes: needle, in: 0..<own.count) != nil
    }

    /// The words of the text with one space between them.
    package var onOneLine: String {
        var last = UInt8.space
        let isOneLine = utf8.allSatisfy { byte in
            defer { last = byte }
            return !byte.isFolding || (byte == .space && last != .space)
        }
        if isOneLine, last != .space { return self }
        var text: [UInt8] = []
        text.reserveCapacity(utf8.count)
        for byte in utf8 {
            if !byte.isFolding {
                text.append(byte)
            } else if let last = text.last, last != .space {
                text.append(.space)
            }
        }
        if text.last == .space { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether the text has `wanted` in it, byte by byte: many times faster than looking for a string.
    package func contains(ascii wanted: StaticString) -> Bool {
        let found = utf8.withContiguousStorageIfAvailable { buffer -> Bool in
            let needle = UnsafeBufferPointer(start: wanted.utf8Start, count: wanted.utf8CodeUnitCount)
            guard let base = buffer.baseAddress, let first = needle.first, needle.count <= buffer.count else {
                return false
            }
            var offset = 0
            let last = buffer.count - needle.count
            while offset <= last, let hit = memchr(base + offset, Int32(first), last - offset + 1) {
                let start = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
                if memcmp(hit, wanted.utf8Start, needle.count) == 0 { return true }
                offset = start + 1
            }
            return false
        }
        return found ?? contains("\(wanted)")
    }
}
