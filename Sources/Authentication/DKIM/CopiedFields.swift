import Mail

extension DKIM {
    /// A field as the signer copied it into the tag `z=`, that the message does not have so any more.
    package struct ChangedField: Sendable {
        /// In lower case.
        package let name: String
        /// The copy, decoded.
        package let was: String
    }

    // sig-z-tag      = %x7A [FWS] "=" [FWS] sig-z-tag-copy *( "|" [FWS] sig-z-tag-copy )
    // sig-z-tag-copy = hdr-name [FWS] ":" qp-hdr-value
    /// Which of the copied fields no field of the message is like, blanks aside. RFC 6376 §3.5
    static func changes(_ copies: Located<String>, in message: Message) -> [ChangedField] {
        let bytes = message.source.bytes
        var changes: [ChangedField] = []
        for copy in bytes[copies.range].split(separator: UInt8(ascii: "|")).prefix(50) {
            guard let colon = copy.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: copy[..<colon].filter { !$0.isFolding }.map(\.lowercased), as: UTF8.self)
            let value = quotedPrintable(copy[(colon + 1)...])
            let fields = message.fields(named: HeaderField.Name(name))
            let plain = value.filter { !$0.isFolding }
            if !fields.contains(where: { bytes[$0.value].filter { !$0.isFolding } == plain }) {
                changes.append(
                    ChangedField(name: name, was: String(decoding: value.drop(while: \.isFolding), as: UTF8.self)))
            }
        }
        return changes
    }

    // dkim-quoted-printable = *(FWS / hex-octet / dkim-safe-char), hex-octet = "=" 2HEXDIG. RFC 6376 §2.11
    private static func quotedPrintable(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        var offset = text.startIndex
        while offset < text.endIndex {
            let byte = text[offset]
            offset += 1
            if byte == UInt8(ascii: "="), offset + 1 < text.endIndex,
                let high = text[offset].hexDigit, let low = text[offset + 1].hexDigit
            {
                decoded.append(high << 4 | low)
                offset += 2
            } else if !byte.isFolding {
                decoded.append(byte)
            }
        }
        return decoded
    }
}
