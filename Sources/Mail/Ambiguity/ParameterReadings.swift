import Phrases

/// The values of one parameter that common readers find in a field, ours first.
struct ParameterReadings {
    private(set) var all: [(rule: Phrase, bytes: [UInt8])] = []

    init(_ name: String, of parameters: Parameters, in field: HeaderField, _ source: Source) {
        let ours = parameters.parameter(name)
        if let ours { all.append((ours.isExtended ? "the extended form of RFC 2231" : "the first value", ours.raw)) }
        for other in parameters.all where other.name == name {
            add(other.isExtended ? "the extended form of RFC 2231" : "the plain form", other.raw)
        }
        if let last = parameters.all.last(where: { $0.name == name && !$0.isExtended }) {
            add("the last value", last.raw)
        }
        if let ours, !ours.isExtended { addSpellings(ours, in: field, source) }
        // bound⏎ ary=x: a name that a fold divides.
        let value = source.bytes[field.value]
        if value.contains(.lineFeed) {
            let joined = Self.withoutFolds(value)
            if joined.count < value.count, let found = Self.parameter(name, Array(joined)) {
                add("folds are taken out", found.raw)
            }
        }
        if value.contains(where: { $0.isControl && !$0.isFolding }),
            let found = Self.parameter(name, value.filter { !$0.isControl || $0.isFolding })
        {
            add("control characters are taken out", found.raw)
        }
    }

    private mutating func add(_ rule: Phrase, _ bytes: [UInt8]) {
        if all.count < 20, !all.contains(where: { $0.bytes == bytes }) { all.append((rule, bytes)) }
    }

    /// The same bytes by other rules of quoting.
    private mutating func addSpellings(_ ours: Parameters.Parameter, in field: HeaderField, _ source: Source) {
        let bytes = source.bytes
        let range = ours.value.range
        let isQuoted = range.lowerBound > 0 && bytes[range.lowerBound - 1] == UInt8(ascii: "\"")
        let raw = Array(bytes[range])
        if isQuoted {
            if raw.contains(UInt8(ascii: "\\")) { add("a backslash is a character", raw) }
            // "a"b
            let after = bytes[min(range.upperBound + 1, field.value.upperBound)..<field.value.upperBound]
                .prefix { $0 != UInt8(ascii: ";") && !$0.isFolding && $0 != UInt8(ascii: "(") }
            if !after.isEmpty {
                add("what follows the quotes belongs to it", raw + after.filter { $0 != UInt8(ascii: "\"") })
            }
        } else {
            let token = Array(raw.prefix { !$0.isFolding && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ",") })
            if !token.isEmpty { add("a value ends at a blank, a comma or a comment", token) }
            if raw.count > 2, raw.first == UInt8(ascii: "'"), raw.last == UInt8(ascii: "'") {
                add("single quotes are quotes", Array(raw.dropFirst().dropLast()))
            }
            if raw.contains(UInt8(ascii: "\"")) {
                add("quotes inside are taken out", raw.filter { $0 != UInt8(ascii: "\"") })
            }
        }
        if let mark = source.bytes.firstOffset(of: UInt8(ascii: "?"), in: range), mark > range.lowerBound {
            add("encoded words are decoded", Array(source.decodedText(range).utf8))
            add("encoded words are not decoded", raw)
        }
    }

    private static func withoutFolds(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var isAfterFold = false
        for byte in value {
            if byte == .carriageReturn || byte == .lineFeed {
                isAfterFold = true
            } else if !(isAfterFold && byte.isBlank) {
                isAfterFold = false
                result.append(byte)
            }
        }
        return result
    }

    private static func parameter(_ name: String, _ bytes: [UInt8]) -> Parameters.Parameter? {
        let source = Source(exactly: bytes)
        // Past the type or the disposition, to the first semicolon.
        guard let semicolon = bytes.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        var cursor = Cursor(source, in: semicolon..<bytes.count)
        return Parameters(from: &cursor).parameter(name)
    }
}
