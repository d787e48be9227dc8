/// RFC 2045 §6.8
enum Base64 {
    /// 0–63 for a digit, `white` for what may stand between digits, `padding`, or `junk`.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: junk, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = UInt8(value) }
        for byte in [UInt8.space, .tab, .carriageReturn, .lineFeed] { values[Int(byte)] = white }
        values[Int(UInt8(ascii: "="))] = padding
        return values
    }()
    private static let white: UInt8 = 0x40
    private static let padding: UInt8 = 0x41
    private static let junk: UInt8 = 0x42

    /// Decodes four digits at a time; junk is noted and skipped, and digits after padding are decoded on.
    static func decode(_ bytes: [UInt8], in range: ByteRange, into body: inout DecodedBody) {
        let values = values
        var position = range.lowerBound
        let end = range.upperBound
        var group: UInt32 = 0
        var digits = 0
        var padded: Int?
        var junkStart: Int?
        var isMarked = false

        while position < end {
            // The common case: four digits in a row.
            if digits == 0, padded == nil, junkStart == nil {
                if !isMarked, values[Int(bytes[position])] < white {
                    body.mark(position)
                    isMarked = true
                }
                while position + 4 <= end {
                    let a = values[Int(bytes[position])]
                    let b = values[Int(bytes[position + 1])]
                    let c = values[Int(bytes[position + 2])]
                    let d = values[Int(bytes[position + 3])]
                    if (a | b | c | d) >= white { break }
                    let whole = UInt32(a) << 18 | UInt32(b) << 12 | UInt32(c) << 6 | UInt32(d)
                    body.bytes.append(UInt8(truncatingIfNeeded: whole >> 16))
                    body.bytes.append(UInt8(truncatingIfNeeded: whole >> 8))
                    body.bytes.append(UInt8(truncatingIfNeeded: whole))
                    position += 4
                }
                if position >= end { break }
            }
            let value = values[Int(bytes[position])]
            if value != junk, let start = junkStart {
                body.note(.base64Junk, at: start..<position)
                junkStart = nil
            }
            switch value {
            case white:
                if isMarked, digits == 0 {
                    body.unmark(position)
                    isMarked = false
                }
            case padding:
                if padded == nil {
                    flush(&group, &digits, into: &body)
                    padded = position
                }
            case junk: if junkStart == nil { junkStart = position }
            default:
                if let place = padded {
                    body.note(.base64AfterPadding, at: place..<position + 1)
                    padded = nil
                }
                if digits == 0, !isMarked {
                    body.mark(position)
                    isMarked = true
                }
                group = group << 6 | UInt32(value)
                digits += 1
                if digits == 4 {
                    body.bytes.append(UInt8(truncatingIfNeeded: group >> 16))
                    body.bytes.append(UInt8(truncatingIfNeeded: group >> 8))
                    body.bytes.append(UInt8(truncatingIfNeeded: group))
                    group = 0
                    digits = 0
                }
            }
            position += 1
        }
        if let start = junkStart { body.note(.base64Junk, at: start..<end) }
        if digits == 1 || (digits > 0 && padded == nil) {
            body.note(.base64Truncated, at: max(range.lowerBound, end - 1)..<end)
        }
        flush(&group, &digits, into: &body)
    }

    /// The one or two bytes of an unfinished group.
    private static func flush(_ group: inout UInt32, _ digits: inout Int, into body: inout DecodedBody) {
        if digits >= 2 { body.bytes.append(UInt8(truncatingIfNeeded: group >> (digits == 2 ? 4 : 10))) }
        if digits == 3 { body.bytes.append(UInt8(truncatingIfNeeded: group >> 2)) }
        group = 0
        digits = 0
    }
}
