import Mail

extension String {
    /// The text with every URL in it made so that no program turns it into a link: `hxxps://evil[.]example`.
    public var defanged: String {
        let text = Array(utf8)
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 16)
        var isInAuthority = false
        var index = 0
        while index < text.count {
            let byte = text[index]
            switch byte | 0x20 {
            case UInt8(ascii: "h") where text.hasASCII("http", at: index):
                let scheme = text.hasASCII("s", at: index + 4) ? 5 : 4
                if text.hasASCII("://", at: index + scheme) {
                    result += (scheme == 5 ? "hxxps://" : "hxxp://").utf8
                    index += scheme + 3
                    isInAuthority = true
                    continue
                }
            case UInt8(ascii: "f") where text.hasASCII("ftp://", at: index):
                result += "fxp://".utf8
                index += 6
                isInAuthority = true
                continue
            case UInt8(ascii: "w") where text.hasASCII("www.", at: index): isInAuthority = true
            default: break
            }
            switch byte {
            case 0...0x20, UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "#"),
                UInt8(ascii: "\""),
                UInt8(ascii: "<"), UInt8(ascii: ">"):
                isInAuthority = false
                result.append(byte)
            case UInt8(ascii: ".") where isInAuthority: result += "[.]".utf8
            default: result.append(byte)
            }
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A lone host name, made unclickable: `evil[.]example`.
    public var defangedHost: String { split(separator: ".", omittingEmptySubsequences: false).joined(separator: "[.]") }
}
