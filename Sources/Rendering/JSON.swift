import Mail

/// A JSON value whose members keep the order they are given in. RFC 8259
enum JSON {
    case null
    case bool(Bool)
    case number(Int)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])

    /// The text: valid UTF-8, with whatever steers a terminal, a browser or an eye escaped.
    func written(isCompact: Bool) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(32 << 10)
        write(to: &text, indentation: isCompact ? nil : 0)
        text.append(UInt8(ascii: "\n"))
        return String(decoding: text, as: UTF8.self)
    }

    private func write(to text: inout [UInt8], indentation: Int?) {
        switch self {
        case .null: text += "null".utf8
        case .bool(let value): text += (value ? "true" : "false").utf8
        case .number(let value): text += String(value).utf8
        case .string(let value): Self.write(value, to: &text)
        case .array(let values):
            Self.list(values.count, UInt8(ascii: "["), UInt8(ascii: "]"), to: &text, indentation) {
                index, text, inner in
                values[index].write(to: &text, indentation: inner)
            }
        case .object(let members):
            Self.list(members.count, UInt8(ascii: "{"), UInt8(ascii: "}"), to: &text, indentation) {
                index, text, inner in
                Self.write(members[index].0, to: &text)
                text.append(UInt8(ascii: ":"))
                if inner != nil { text.append(.init(ascii: " ")) }
                members[index].1.write(to: &text, indentation: inner)
            }
        }
    }

    private static func list(
        _ count: Int, _ open: UInt8, _ close: UInt8, to text: inout [UInt8], _ indentation: Int?,
        _ element: (Int, inout [UInt8], Int?) -> Void
    ) {
        text.append(open)
        let inner = indentation.map { $0 + 2 }
        for index in 0..<count {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            if let inner { newLine(inner, &text) }
            element(index, &text, inner)
        }
        if count > 0, let indentation { newLine(indentation, &text) }
        text.append(close)
    }

    private static func newLine(_ indentation: Int, _ text: inout [UInt8]) {
        text.append(UInt8(ascii: "\n"))
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
    }

    // string = quotation-mark *char quotation-mark
    private static func write(_ value: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        // Most texts need no escapes.
        let isPlain =
            value.utf8.withContiguousStorageIfAvailable { buffer in
                for byte in buffer where byte < 0x20 || byte >= 0x7F || isEscaped(byte) { return false }
                text.append(contentsOf: buffer)
                return true
            } ?? false
        if isPlain {
            text.append(UInt8(ascii: "\""))
            return
        }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\"".utf8
            case "\\": text += "\\\\".utf8
            case "\n": text += "\\n".utf8
            case "\r": text += "\\r".utf8
            case "\t": text += "\\t".utf8
            // A report may be put into a page.
            case "<", ">", "&": escape(UInt16(scalar.value), to: &text)
            case _ where scalar.value < 0x7F && scalar.value >= 0x20: text.append(UInt8(scalar.value))
            case _ where scalar.steers: for unit in UTF16.encode(scalar) ?? .init() { escape(unit, to: &text) }
            default: text += String(Character(scalar)).utf8
            }
        }
        text.append(UInt8(ascii: "\""))
    }

    /// ASCII that is written in another way.
    private static func isEscaped(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): true
        default: false
        }
    }

    private static func escape(_ unit: UInt16, to text: inout [UInt8]) {
        let digits = String(unit, radix: 16)
        text += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements) }
    init(nilLiteral: ()) { self = .null }

    init(_ value: String?) { self = value.map(JSON.string) ?? .null }
    init(_ value: Int?) { self = value.map(JSON.number) ?? .null }
    init(_ values: [String]) { self = .array(values.map(JSON.string)) }
}
