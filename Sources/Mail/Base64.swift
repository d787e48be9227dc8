import CBytes

/// RFC 2045 §6.8
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The bytes in digits and padding, without line ends. RFC 4648 §4
    public static func encoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 3 * 4 + 4)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let group = bytes[position...].prefix(3)
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for index in 0..<4 {
                result.append(index > group.count ? UInt8(ascii: "=") : alphabet[value >> (18 - 6 * index) & 0x3F])
            }
            position += 3
        }
        return result
    }

    /// 0–63 for a digit, `white` for what may stand between digits, `padding`, or `junk`.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: junk, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        for byte in [UInt8.space, .tab, .carriageReturn, .lineFeed] { values[Int(byte)] = white }
        values[Int(UInt8(ascii: "="))] = padding
        return values
    }()
    private static let white: UInt8 = 0x40
    private static let padding: UInt8 = 0x41
    private static let junk: UInt8 = 0x42

    /// Room for the bytes that `count` digits stand for, and for what the fast loop writes beyond them.
    static func capacity(for count: Int) -> Int { count / 4 * 3 + 3 + Int(BACKSTAMP_BASE64_SLACK) }

    /// Decodes four digits at a time. Junk is noted and skipped. The data end at padding that completes a group; digits after
    /// that are noted, for some readers decode on.
    static func decode(
        _ bytes: [UInt8], in range: ByteRange, into output: inout OutputSpan<UInt8>, _ notes: inout DecodingNotes
    ) {
        let values = values
        var position = range.lowerBound
        let end = range.upperBound
        var group: UInt32 = 0
        var digits = 0
        var pads = 0
        var padded: Int?
        var junkStart: Int?
        var isMarked = false

        while position < end {
            // Most of a body is whole groups and line ends.
            if digits == 0, junkStart == nil, !notes.isMapped {
                position += decodeGroups(bytes, in: position..<end, into: &output)
                guard position < end else { break }
            }
            let value = values[Int(bytes[position])]
            if value != junk, let start = junkStart {
                notes.note(.base64Junk, at: start..<position)
                junkStart = nil
            }
            switch value {
            case white:
                if isMarked, digits == 0 {
                    notes.unmark(position)
                    isMarked = false
                }
            case padding:
                pads += 1
                if digits >= 2, digits + pads >= 4 {
                    flush(&group, &digits, into: &output)
                    notes.unmark(position + 1)
                    if let more = bytes[(position + 1)..<end].firstIndex(where: { values[Int($0)] < white }) {
                        notes.note(.base64AfterPadding, at: position..<more + 1)
                    }
                    return
                }
                padded = position
                // Padding where none belongs pads nothing.
                if digits == 0, output.count > 0 { notes.note(.base64Junk, at: position..<position + 1) }
            case junk: if junkStart == nil { junkStart = position }
            default:
                if let offset = padded, digits > 0 { notes.note(.base64AfterPadding, at: offset..<position + 1) }
                padded = nil
                pads = 0
                if digits == 0, !isMarked {
                    notes.mark(position, after: output.count)
                    isMarked = true
                }
                group = group << 6 | UInt32(value)
                digits += 1
                if digits == 4 {
                    output.put(UInt8(truncatingIfNeeded: group >> 16))
                    output.put(UInt8(truncatingIfNeeded: group >> 8))
                    output.put(UInt8(truncatingIfNeeded: group))
                    group = 0
                    digits = 0
                }
            }
            position += 1
        }
        if let start = junkStart { notes.note(.base64Junk, at: start..<end) }
        if digits > 0 {
            notes.note(.base64Truncated, at: max(range.lowerBound, end - 1)..<end)
        }
        flush(&group, &digits, into: &output)
    }

    /// The one or two bytes of an unfinished group.
    private static func flush(_ group: inout UInt32, _ digits: inout Int, into output: inout OutputSpan<UInt8>) {
        if digits >= 2 { output.put(UInt8(truncatingIfNeeded: group >> (digits == 2 ? 4 : 10))) }
        if digits == 3 { output.put(UInt8(truncatingIfNeeded: group >> 2)) }
        group = 0
        digits = 0
    }

    /// Decodes whole groups, with line ends between them, as far as they are nothing else; comes back with how many bytes that
    /// took.
    private static func decodeGroups(
        _ bytes: [UInt8], in range: ByteRange, into output: inout OutputSpan<UInt8>
    ) -> Int {
        bytes.withUnsafeBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target, count in
                guard let from = source.baseAddress, let to = target.baseAddress else { return 0 }
                var written = 0
                let read = backstamp_base64_groups(
                    from + range.lowerBound, range.count, to + count, target.count - count, &written)
                count += written
                return read
            }
        }
    }
}
