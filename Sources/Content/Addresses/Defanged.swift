import Mail

extension String {
    /// The text with every URL in it made so that no program turns it into a link: `hxxps://evil[.]example`.
    public var defanged: String {
        let text = Array(utf8)
        // A dot becomes three bytes, and nothing else grows.
        return String(unsafeUninitializedCapacity: text.count.multipliedClamped(3)) { result in
            var count = 0
            func append(_ more: StaticString) {
                for index in 0..<more.utf8CodeUnitCount { result[count + index] = more.utf8Start[index] }
                count += more.utf8CodeUnitCount
            }
            var isInAuthority = false
            var index = 0
            while index < text.count {
                let byte = text[index]
                switch byte | 0x20 {
                case UInt8(ascii: "h") where text.hasASCII("http://", at: index):
                    append("hxxp://")
                    index += 7
                    isInAuthority = true
                    continue
                case UInt8(ascii: "h") where text.hasASCII("https://", at: index):
                    append("hxxps://")
                    index += 8
                    isInAuthority = true
                    continue
                case UInt8(ascii: "f") where text.hasASCII("ftp://", at: index):
                    append("fxp://")
                    index += 6
                    isInAuthority = true
                    continue
                case UInt8(ascii: "w") where text.hasASCII("www.", at: index): isInAuthority = true
                default: break
                }
                index += 1
                if byte == UInt8(ascii: "."), isInAuthority {
                    append("[.]")
                    continue
                }
                switch byte {
                case 0...0x20, UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "#"),
                    UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"):
                    isInAuthority = false
                default: break
                }
                result[count] = byte
                count += 1
            }
            return count
        }
    }

    /// A lone host name, made unclickable: `evil[.]example`.
    public var defangedHost: String { split(separator: ".", omittingEmptySubsequences: false).joined(separator: "[.]") }
}
