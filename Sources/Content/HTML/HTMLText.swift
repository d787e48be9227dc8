import Mail

/// Text of HTML with its character references resolved. WHATWG HTML §13.2.5.72
enum HTMLText {
    /// - Parameter inAttribute: there a name without ";" is none when a letter, a digit or "=" follows.
    static func decoded(_ bytes: ArraySlice<UInt8>, inAttribute: Bool) -> String {
        if !hasMarks(bytes) { return bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        append(bytes, inAttribute: inAttribute, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func hasMarks(_ bytes: ArraySlice<UInt8>) -> Bool {
        for byte in bytes where byte == UInt8(ascii: "&") || byte == 0 || byte == .carriageReturn { return true }
        return false
    }

    /// The same, put behind other text.
    static func append(_ bytes: ArraySlice<UInt8>, inAttribute: Bool, to text: inout [UInt8]) {
        if !hasMarks(bytes) {
            text += bytes
            return
        }
        var offset = bytes.startIndex
        while offset < bytes.endIndex {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case 0: text += "\u{FFFD}".utf8
            case .carriageReturn:
                text.append(.lineFeed)
                if offset < bytes.endIndex, bytes[offset] == .lineFeed { offset += 1 }
            case UInt8(ascii: "&"):
                if let (found, end) = reference(bytes, offset, inAttribute) {
                    text += found.utf8
                    offset = end
                } else {
                    text.append(byte)
                }
            default: text.append(byte)
            }
        }
    }

    /// What stands for a reference whose "&" is before `start`, and where it ends.
    private static func reference(_ bytes: ArraySlice<UInt8>, _ start: Int, _ inAttribute: Bool) -> (String, Int)? {
        guard start < bytes.endIndex else { return nil }
        if bytes[start] == UInt8(ascii: "#") { return number(bytes, start + 1) }
        let run = bytes[start...].prefix(CharacterReferences.longest + 1).prefix { $0.isLetter || $0.isDigit }
        let isEnded = run.endIndex < bytes.endIndex && bytes[run.endIndex] == UInt8(ascii: ";")
        if isEnded, let found = CharacterReferences.named(run) { return (found.text, run.endIndex + 1) }
        // Without ";" the longest of the old names counts.
        for length in stride(from: min(run.count, 6), to: 1, by: -1) {
            let end = start + length
            guard let found = CharacterReferences.named(bytes[start..<end]), found.needsNoSemicolon else { continue }
            if inAttribute, end < bytes.endIndex,
                bytes[end] == UInt8(ascii: "=") || bytes[end].isLetter || bytes[end].isDigit
            {
                return nil
            }
            return (found.text, end)
        }
        return nil
    }

    private static func number(_ bytes: ArraySlice<UInt8>, _ start: Int) -> (String, Int)? {
        var offset = start
        var radix: UInt32 = 10
        if offset < bytes.endIndex, bytes[offset].lowercased == UInt8(ascii: "x") {
            radix = 16
            offset += 1
        }
        let first = offset
        var code: UInt32 = 0
        while offset < bytes.endIndex, let digit = bytes[offset].hexDigit, UInt32(digit) < radix {
            code = min(code * radix + UInt32(digit), 0x11_0000)
            offset += 1
        }
        guard offset > first else { return nil }
        if offset < bytes.endIndex, bytes[offset] == UInt8(ascii: ";") { offset += 1 }
        // 0x80 to 0x9F are those of windows-1252. WHATWG HTML §13.2.5.80
        if (0x80...0x9F).contains(code) { return (Charset.windows1252.decode([UInt8(code)]).text, offset) }
        let scalar = code == 0 ? nil : Unicode.Scalar(code)
        return (scalar.map { String(Character($0)) } ?? "\u{FFFD}", offset)
    }
}
