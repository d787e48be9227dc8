import Mail

/// The host of a URL as browsers read it. WHATWG URL Standard §3.5
enum WebHost {
    /// A name in A-labels (as it is written, if ICU is not there), an address of version 4 in four numbers, one of version 6 in brackets; `nil` for what no browser takes.
    static func parse(_ written: ArraySlice<UInt8>) -> String? { read(written)?.host }

    /// The same, and the name if it is one.
    static func read(_ written: ArraySlice<UInt8>) -> (host: String, domain: Domain?)? {
        if written.first == UInt8(ascii: "[") {
            guard written.last == UInt8(ascii: "]"), written.contains(UInt8(ascii: ":")),
                let address = IPAddress(written)
            else { return nil }
            guard !address.isV6 else { return ("[\(address)]", nil) }
            // An address of version 4 inside of one of version 6 keeps the form of the latter. §3.5, IPv6 serializer
            let bytes = address.description.split(separator: ".").compactMap { UInt16($0) }
            guard bytes.count == 4 else { return nil }
            let (high, low) = (bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3])
            return ("[::ffff:\(String(high, radix: 16)):\(String(low, radix: 16))]", nil)
        }
        let decoded = written.contains(UInt8(ascii: "%")) ? written.percentDecoded[...] : written
        guard !decoded.isEmpty, decoded.count <= 1024, !decoded.contains(where: isForbidden) else { return nil }
        let domain = Domain(decoded.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
        // Letters beyond ASCII can become some that no host has.
        guard let name = domain.ascii ?? (domain.isUnconverted ? domain.description : nil), !name.isEmpty,
            decoded.isASCII || !name.utf8.contains(where: isForbidden)
        else {
            return nil
        }
        // Numbers in hexadecimal end in a letter, too, and have a digit before.
        guard name.utf8.contains(where: \.isDigit), endsInNumber(name) else {
            return (name, domain.description == name ? domain : Domain(name))
        }
        return version4(name).map { (IPAddress(version4: $0).description, nil) }
    }

    /// Forbidden domain code points. §3.4
    private static func isForbidden(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: "#"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: "?"), UInt8(ascii: "@"), UInt8(ascii: "["), UInt8(ascii: "\\"),
            UInt8(ascii: "]"), UInt8(ascii: "^"), UInt8(ascii: "|"), UInt8(ascii: "%"):
            true
        default: false
        }
    }

    private static func endsInNumber(_ name: String) -> Bool {
        var text = name.utf8[...]
        if text.last == UInt8(ascii: ".") { text.removeLast() }
        let last = text.lastIndex(of: UInt8(ascii: ".")).map { text[text.index(after: $0)...] } ?? text
        return !last.isEmpty && (last.allSatisfy(\.isDigit) || number(last) != nil)
    }

    /// Decimal, octal behind a zero, hexadecimal behind "0x".
    private static func number(_ text: Substring.UTF8View) -> UInt64? {
        var digits = text
        var radix: UInt64 = 10
        if digits.count >= 2, digits.first == UInt8(ascii: "0") {
            let isHexadecimal = digits.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
            digits = digits.dropFirst(isHexadecimal ? 2 : 1)
            radix = isHexadecimal ? 16 : 8
        }
        var value: UInt64 = 0
        for byte in digits {
            guard let digit = byte.hexDigit, UInt64(digit) < radix else { return nil }
            value = min(value * radix + UInt64(digit), 1 << 40)
        }
        return value
    }

    /// One to four numbers; the last one fills what is left.
    private static func version4(_ name: String) -> UInt32? {
        let parts = name.utf8.split(separator: UInt8(ascii: "."))
        guard (1...4).contains(parts.count) else { return nil }
        var value: UInt64 = 0
        for (index, part) in parts.enumerated() {
            guard let number = number(part) else { return nil }
            if index + 1 < parts.count {
                guard number < 256 else { return nil }
                value |= number << UInt64(8 * (3 - index))
            } else {
                guard number < 1 << UInt64(8 * (4 - index)) else { return nil }
                value |= number
            }
        }
        return UInt32(exactly: value)
    }
}
