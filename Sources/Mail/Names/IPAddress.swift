/// An IP address, version 4 or 6. An IPv4 address mapped into IPv6 is read as the IPv4 address it is.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// The first and the last eight bytes; of version 4 only the last four are not zero.
    fileprivate let high: UInt64
    fileprivate let low: UInt64
    public let isV6: Bool

    /// Network order; 4 or 16 bytes.
    public var bytes: [UInt8] { (isV6 ? 0..<16 : 12..<16).map { self[$0] } }

    /// One of 16 bytes, in network order; an address of version 4 is the last four.
    private subscript(index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64((7 - index & 7) * 8))
    }

    /// Reads `192.0.2.1`, `2001:db8::1`, `IPv6:2001:db8::1`, `fe80::1%4`, with or without brackets.
    public init?(_ bytes: Span<UInt8>, in range: ByteRange) {
        let range = range.clamped(to: 0..<bytes.count)
        guard range.count <= 80, range.count >= 2 else { return nil }
        var (start, end) = (range.lowerBound, range.upperBound)
        if bytes[start] == UInt8(ascii: "["), bytes[end - 1] == UInt8(ascii: "]") {
            (start, end) = (start + 1, end - 1)
        }
        if start < end, bytes.hasASCII("ipv6:", at: start) { start += 5 }
        guard start < end, bytes[start] == UInt8(ascii: ":") || bytes[start].hexDigit != nil else { return nil }
        // A zone is the writer's own name for a link, not part of the address. RFC 4007 §11
        end = bytes.firstOffset(of: UInt8(ascii: "%"), in: start..<end) ?? end
        if bytes.firstOffset(of: UInt8(ascii: ":"), in: start..<end) != nil {
            self.init(version6: bytes, start..<end)
        } else if let value = Self.version4(bytes, start..<end) {
            self.init(high: 0, low: UInt64(value), isV6: false)
        } else {
            return nil
        }
    }

    public init?(_ text: ArraySlice<UInt8>) { self.init(text.span, in: 0..<text.count) }

    public init?(_ text: String) { self.init(Array(text.utf8)[...]) }

    /// Takes 4 or 16 bytes in network order; `nil` of any other number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        let low = bytes.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self.init(high: bytes.dropLast(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }, low: low, isV6: bytes.count == 16)
    }

    /// The address of version 4 that a number is.
    public init(version4 number: UInt32) { self.init(high: 0, low: UInt64(number), isV6: false) }

    private init(high: UInt64, low: UInt64, isV6: Bool) {
        let isMapped = isV6 && high == 0 && low >> 32 == 0xFFFF
        self.high = high
        self.low = isMapped ? low & 0xFFFF_FFFF : low
        self.isV6 = isV6 && !isMapped
    }

    // IPv4-address-literal = Snum 3("." Snum)
    private static func version4(_ bytes: Span<UInt8>, _ range: ByteRange) -> UInt32? {
        guard range.count <= 15 else { return nil }
        var value: UInt32 = 0
        var part: UInt32 = 0
        var digits = 0
        var dots = 0
        for offset in range {
            let byte = bytes[offset]
            if byte.isDigit, digits < 3 {
                part = part * 10 + UInt32(byte - 0x30)
                digits += 1
            } else if byte == UInt8(ascii: "."), digits > 0, dots < 3, part < 256 {
                value = value << 8 | part
                (part, digits, dots) = (0, 0, dots + 1)
            } else {
                return nil
            }
        }
        return dots == 3 && digits > 0 && part < 256 ? value << 8 | part : nil
    }

    // IPv6-addr = IPv6-full / IPv6-comp / IPv6v4-full / IPv6v4-comp
    private init?(version6 bytes: Span<UInt8>, _ range: ByteRange) {
        var groups = SIMD8<UInt16>()
        var count = 0
        var gap: Int?
        var offset = range.lowerBound
        while offset < range.upperBound {
            if bytes[offset] == UInt8(ascii: ":") {
                // A colon where a group belongs is the second of "::", or the first at the start; there is one "::".
                guard gap == nil, count > 0 || bytes.hasASCII("::", at: offset) else { return nil }
                gap = count
                offset += count == 0 ? 2 : 1
                continue
            }
            let end = bytes.firstOffset(of: UInt8(ascii: ":"), in: offset..<range.upperBound) ?? range.upperBound
            if end == range.upperBound, let tail = Self.version4(bytes, offset..<end), count <= 6 {
                groups[count] = UInt16(tail >> 16)
                groups[count + 1] = UInt16(truncatingIfNeeded: tail)
                count += 2
                break
            }
            guard end - offset <= 4, count < 8 else { return nil }
            for digit in offset..<end {
                guard let value = bytes[digit].hexDigit else { return nil }
                groups[count] = groups[count] << 4 | UInt16(value)
            }
            count += 1
            // A colon at the end belongs to "::".
            guard end < range.upperBound else { break }
            guard end + 1 < range.upperBound else { return nil }
            offset = end + 1
        }
        if let gap {
            guard count <= 7 else { return nil }
            for index in (gap..<count).reversed() { groups[index + 8 - count] = groups[index] }
            for index in gap..<gap + 8 - count { groups[index] = 0 }
        } else if count != 8 {
            return nil
        }
        func four(_ start: Int) -> UInt64 { (start..<start + 4).reduce(0) { $0 << 16 | UInt64(groups[$1]) } }
        self.init(high: four(0), low: four(4), isV6: true)
    }

    /// The canonical text form. RFC 5952
    public var description: String {
        guard isV6 else {
            return String(unsafeUninitializedCapacity: 15) { text in
                var count = 0
                for index in 12..<16 {
                    let byte = self[index]
                    for (isShown, digit) in [
                        (byte >= 100, byte / 100), (byte >= 10, byte / 10 % 10), (true, byte % 10),
                    ]
                    where isShown {
                        text[count] = UInt8(ascii: "0") + digit
                        count += 1
                    }
                    if index < 15 {
                        text[count] = UInt8(ascii: ".")
                        count += 1
                    }
                }
                return count
            }
        }
        let groups = (0..<8).map { UInt16(self[$0 * 2]) << 8 | UInt16(self[$0 * 2 + 1]) }
        var longest = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > longest.count { longest = start..<end }
            start = max(end, start + 1)
        }
        func text(_ range: Range<Int>) -> String {
            groups[range].map { String($0, radix: 16) }.joined(separator: ":")
        }
        if longest.count < 2 { return text(0..<8) }
        return text(0..<longest.lowerBound) + "::" + text(longest.upperBound..<8)
    }

    /// Its bytes, or the hexadecimal digits of version 6, from the last to the first: `1.2.0.192`. RFC 1035 §3.5, RFC 3596 §2.5
    public var reversed: String {
        if !isV6 { return bytes.reversed().map(String.init).joined(separator: ".") }
        return bytes.reversed().flatMap { [$0 & 0xF, $0 >> 4] }.map { String($0, radix: 16) }.joined(separator: ".")
    }

    /// The name under which DNS keeps the host's name. RFC 1035 §3.5, RFC 3596 §2.5
    public var reverseName: Domain { Domain(reversed + (isV6 ? ".ip6.arpa" : ".in-addr.arpa")) }
}

/// What an address is for. IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890)
extension IPAddress {
    public enum Scope: String, Sendable {
        case global, loopback, linkLocal = "link-local", privateUse = "private", shared, documentation, reserved
    }

    public var scope: Scope {
        isV6 ? scopeOfVersion6 : scopeOfVersion4
    }

    private var scopeOfVersion4: Scope {
        switch (self[12], self[13], self[14]) {
        case (127, _, _): .loopback
        case (10, _, _), (172, 16...31, _), (192, 168, _): .privateUse
        case (100, 64...127, _): .shared
        case (169, 254, _): .linkLocal
        case (192, 0, 2), (198, 51, 100), (203, 0, 113): .documentation
        case (0, _, _), (192, 0, 0), (198, 18...19, _), (224..., _, _): .reserved
        default: .global
        }
    }

    private var scopeOfVersion6: Scope {
        switch (self[0], self[1]) {
        case (0, 0): high == 0 && low == 1 ? .loopback : .reserved
        case (0xFE, 0x80...0xBF): .linkLocal
        case (0xFC...0xFD, _): .privateUse
        case (0x20, 0x01) where self[2] == 0x0D && self[3] == 0xB8: .documentation
        case (0x20, 0x02): IPAddress(high: 0, low: high >> 16 & 0xFFFF_FFFF, isV6: false).scope
        case (0xFF, _): .reserved
        default: .global
        }
    }

    /// Whether the address can be reached from the Internet. Documentation addresses stand for such ones.
    public var isPublic: Bool { scope == .global || scope == .documentation }
}

/// A block of addresses: `192.0.2.0/24`. RFC 4632 §3.1
public struct AddressBlock: Hashable, Sendable, CustomStringConvertible {
    public let address: IPAddress
    public let prefixLength: Int

    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
        let bits = address.isV6 ? 128 : 32
        let digits = parts.count > 1 ? String(parts[1]) : String(bits)
        guard digits.utf8.allSatisfy(\.isDigit), let length = Int(digits), length <= bits else { return nil }
        self.address = address
        self.prefixLength = length
    }

    /// The block of an address; the length is cut to what the address has.
    public init(_ address: IPAddress, prefixLength: Int) {
        self.address = address
        self.prefixLength = min(max(0, prefixLength), address.isV6 ? 128 : 32)
    }

    public func contains(_ other: IPAddress) -> Bool {
        guard other.isV6 == address.isV6 else { return false }
        let length = address.isV6 ? prefixLength : prefixLength + 96
        return (other.high ^ address.high) & Self.mask(length) == 0
            && (other.low ^ address.low) & Self.mask(length - 64) == 0
    }

    /// So many ones at the left of 64 bits.
    private static func mask(_ length: Int) -> UInt64 {
        length <= 0 ? 0 : length >= 64 ? .max : ~(.max >> UInt64(length))
    }

    public var description: String { "\(address)/\(prefixLength)" }
}
