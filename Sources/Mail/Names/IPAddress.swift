/// An IP address, version 4 or 6. An IPv4 address mapped into IPv6 is read as the IPv4 address it is.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// Network order; 4 or 16 bytes.
    public let bytes: [UInt8]

    public var isV6: Bool { bytes.count == 16 }

    /// Reads `192.0.2.1`, `2001:db8::1`, `IPv6:2001:db8::1`, `fe80::1%4`, with or without brackets.
    public init?(_ text: some Collection<UInt8>) {
        guard text.count <= 80 else { return nil }
        var text = Array(text)[...]
        if text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") { text = text.dropFirst().dropLast() }
        if text.prefix(5).equalsASCII("ipv6:") { text = text.dropFirst(5) }
        // A zone is the writer's own name for a link, not part of the address. RFC 4007 §11
        text = text.prefix { $0 != UInt8(ascii: "%") }
        if let bytes = text.contains(UInt8(ascii: ":")) ? Self.version6(text) : Self.version4(text) {
            self.init(bytes: bytes)
        } else {
            return nil
        }
    }

    public init?(_ text: String) { self.init(Array(text.utf8)) }

    public init(bytes: [UInt8]) {
        let isMapped =
            bytes.count == 16 && bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        self.bytes = isMapped ? Array(bytes[12...]) : bytes
    }

    // IPv4-address-literal = Snum 3("." Snum)
    private static func version4(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy(\.isDigit),
                let byte = UInt8(String(decoding: part, as: UTF8.self))
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    // IPv6-addr = IPv6-full / IPv6-comp / IPv6v4-full / IPv6v4-comp
    private static func version6(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count >= 3, parts.count <= 9 else { return nil }
        var groups: [UInt8] = []
        var gap: Int?
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                // "::" gives one empty part inside, two at an end.
                let isEdge = index == 0 || index == parts.count - 1
                if isEdge, parts[index == 0 ? 1 : index - 1].isEmpty { continue }
                guard gap == nil, !isEdge else { return nil }
                gap = groups.count
            } else if index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let tail = version4(part) else { return nil }
                groups += tail
            } else {
                guard part.count <= 4, let value = UInt16(String(decoding: part, as: UTF8.self), radix: 16),
                    part.allSatisfy({ $0.hexDigit != nil })
                else { return nil }
                groups += [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
            }
        }
        guard let gap else { return groups.count == 16 ? groups : nil }
        guard groups.count <= 14 else { return nil }
        return groups[..<gap] + [UInt8](repeating: 0, count: 16 - groups.count) + groups[gap...]
    }

    /// The canonical text form. RFC 5952
    public var description: String {
        guard isV6 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
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

    /// The name under which DNS keeps the host's name. RFC 1035 §3.5, RFC 3596 §2.5
    public var reverseName: Domain {
        if !isV6 { return Domain(bytes.reversed().map(String.init).joined(separator: ".") + ".in-addr.arpa") }
        let digits = bytes.reversed().flatMap { [$0 & 0xF, $0 >> 4] }.map { String($0, radix: 16) }
        return Domain(digits.joined(separator: ".") + ".ip6.arpa")
    }
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
        switch (bytes[0], bytes[1], bytes[2]) {
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
        switch (bytes[0], bytes[1]) {
        case (0, 0): bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1 ? .loopback : .reserved
        case (0xFE, 0x80...0xBF): .linkLocal
        case (0xFC...0xFD, _): .privateUse
        case (0x20, 0x01) where bytes[2] == 0x0D && bytes[3] == 0xB8: .documentation
        case (0x20, 0x02): IPAddress(bytes: Array(bytes[2..<6])).scope
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
        let bits = address.bytes.count * 8
        let digits = parts.count > 1 ? String(parts[1]) : String(bits)
        guard digits.utf8.allSatisfy(\.isDigit), let length = Int(digits), length <= bits else { return nil }
        self.address = address
        self.prefixLength = length
    }

    public func contains(_ other: IPAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        let whole = prefixLength / 8
        guard address.bytes[..<whole] == other.bytes[..<whole] else { return false }
        let rest = prefixLength % 8
        return rest == 0 || (address.bytes[whole] ^ other.bytes[whole]) >> (8 - rest) == 0
    }

    public var description: String { "\(address)/\(prefixLength)" }
}
