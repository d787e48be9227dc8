import Mail

/// Writes bytes in the transfer encodings and in encoded words.
enum Encoding {
    private static let hex = Array("0123456789ABCDEF".utf8)

    /// Lines of 76 characters. RFC 2045 §6.8
    static func base64Body(_ bytes: [UInt8], _ lineEnd: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 57) {
            if start > 0 { result += lineEnd }
            result += Base64.encoded(bytes[start..<Swift.min(start + 57, bytes.count)])
        }
        return result
    }

    // qp-line := *(qp-segment transport-padding CRLF) qp-part transport-padding
    /// Lines of at most 76 characters. RFC 2045 §6.7
    static func quotedPrintable(_ bytes: [UInt8], _ lineEnd: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var column = 0
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            let breakLength = bytes[position...].starts(with: [0x0D, 0x0A]) ? 2 : byte == 0x0A ? 1 : 0
            if breakLength > 0 {
                result += bytes[position..<(position + breakLength)]
                column = 0
                position += breakLength
                continue
            }
            let next = position + 1 < bytes.count ? bytes[position + 1] : 0x0A
            let isAtEnd = next == 0x0A || next == 0x0D
            let isPlain =
                (byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "="))
                || ((byte == 0x20 || byte == 0x09) && !isAtEnd)
            let piece = isPlain ? [byte] : [UInt8(ascii: "="), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            if column + piece.count > 75 {
                result.append(UInt8(ascii: "="))
                result += lineEnd
                column = 0
            }
            result += piece
            column += piece.count
            position += 1
        }
        return result
    }

    /// UTF-8 as encoded words of at most 75 characters, folded. RFC 2047 §2
    static func words(_ utf8: [UInt8], _ lineEnd: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var start = 0
        while start < utf8.count {
            var end = Swift.min(start + 45, utf8.count)
            // No character is divided. RFC 2047 §5
            while end < utf8.count, end > start + 1, utf8[end] & 0xC0 == 0x80 { end -= 1 }
            if start > 0 { result += lineEnd + [0x20] }
            result += "=?utf-8?B?".utf8 + Base64.encoded(utf8[start..<end]) + "?=".utf8
            start = end
        }
        return result
    }
}
