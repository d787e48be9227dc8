package import Mail

/// The data of one resource record.
package enum Record: Hashable, Sendable {
    /// A and AAAA. RFC 1035 §3.4.1, RFC 3596 §2.2
    case address(IPAddress)
    /// MX; an exchange of `.` accepts no mail. RFC 1035 §3.3.9, RFC 7505
    case mailExchange(preference: Int, host: Domain)
    /// PTR and CNAME: another name. RFC 1035 §3.3
    case host(Domain)
    /// TXT: one or more strings of up to 255 bytes. RFC 1035 §3.3.14
    case text([[UInt8]])

    /// TLSA: what a server's certificate has to be. RFC 6698 §2.1
    case certificate(usage: UInt8, selector: UInt8, matching: UInt8, data: [UInt8])

    // RDATA. RFC 1035 §3.3
    /// Reads data as it stands in a reply, names uncompressed; `nil` when it is not what the type wants.
    init?(_ data: [UInt8], _ type: RecordType) {
        switch type {
        case .a where data.count == 4, .aaaa where data.count == 16:
            guard let address = IPAddress(bytes: data) else { return nil }
            self = .address(address)
        case .mx:
            guard data.count > 2, let host = Self.name(data[2...]) else { return nil }
            self = .mailExchange(preference: Int(data[0]) << 8 | Int(data[1]), host: host)
        case .ptr, .cname:
            guard let host = Self.name(data[...]) else { return nil }
            self = .host(host)
        case .txt:
            guard let strings = Self.strings(data) else { return nil }
            self = .text(strings)
        case .tlsa where data.count > 3:
            self = .certificate(usage: data[0], selector: data[1], matching: data[2], data: Array(data[3...]))
        default: return nil
        }
    }

    // <domain-name> = labels of a length octet and that many octets, ended by a zero length
    private static func name(_ data: ArraySlice<UInt8>) -> Domain? {
        var text = ""
        var position = data.startIndex
        while position < data.endIndex {
            let length = Int(data[position])
            if length == 0 { return Domain(text) }
            let end = position + 1 + length
            guard length < 64, end <= data.endIndex else { return nil }
            for byte in data[position + 1..<end] { text += escaped(byte) }
            text += "."
            position = end
        }
        return nil
    }

    private static func strings(_ data: [UInt8]) -> [[UInt8]]? {
        var strings: [[UInt8]] = []
        var position = 0
        while position < data.count {
            let end = position + 1 + Int(data[position])
            guard end <= data.count else { return nil }
            strings.append(Array(data[position + 1..<end]))
            position = end
        }
        return strings
    }

    // \DDD where each D is a digit is the octet of that number. RFC 1035 §5.1
    private static func escaped(_ byte: UInt8, quoted: Bool = false) -> String {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): return "\\\(Character(Unicode.Scalar(byte)))"
        case 0x20...0x7E where quoted || ![UInt8(ascii: "."), UInt8(ascii: ";"), .space].contains(byte):
            return String(Character(Unicode.Scalar(byte)))
        default:
            let digits = String(byte)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
    }
}

extension Record: CustomStringConvertible {
    /// The data as a zone file has it. RFC 1035 §5.1
    package var description: String {
        switch self {
        case .address(let address): address.description
        case .mailExchange(let preference, let host): "\(preference) \(host)."
        case .host(let name): "\(name)."
        case .text(let strings):
            strings.map { "\"" + $0.map { Self.escaped($0, quoted: true) }.joined() + "\"" }.joined(separator: " ")
        case .certificate(let usage, let selector, let matching, let data):
            "\(usage) \(selector) \(matching) "
                + data.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
        }
    }

    // <character-string>, <domain-name>: the fields of a zone file's line. RFC 1035 §5.1
    /// Reads data as a zone file has it; strings stand in quotes.
    init?(_ fields: [Zone.Field], _ type: RecordType) {
        switch type {
        case .a, .aaaa:
            guard fields.count == 1, let address = IPAddress(fields[0].bytes[...]), (address.isV6) == (type == .aaaa)
            else {
                return nil
            }
            self = .address(address)
        case .mx:
            guard fields.count == 2, let preference = UInt16(fields[0].text) else { return nil }
            self = .mailExchange(preference: Int(preference), host: Domain(fields[1].text))
        case .ptr, .cname:
            guard fields.count == 1 else { return nil }
            self = .host(Domain(fields[0].text))
        case .txt:
            guard !fields.isEmpty else { return nil }
            self = .text(fields.map(\.bytes))
        case .tlsa:
            let numbers = fields.prefix(3).compactMap { UInt8($0.text) }
            let digits = fields.dropFirst(3).flatMap(\.bytes)
            guard numbers.count == 3, !digits.isEmpty, digits.count % 2 == 0 else { return nil }
            var data: [UInt8] = []
            for index in stride(from: 0, to: digits.count, by: 2) {
                guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else {
                    return nil
                }
                data.append(byte)
            }
            self = .certificate(usage: numbers[0], selector: numbers[1], matching: numbers[2], data: data)
        }
    }
}
