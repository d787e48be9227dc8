public import Mail

/// A URL as a browser takes it apart, as far as the host. WHATWG URL Standard §4.4
public struct WebAddress: Hashable, Sendable {
    /// In lower case, without the colon.
    public let scheme: String
    /// What stands before `@` in the authority: it looks like a host and is none.
    public let userInfo: String?
    /// In lower case; empty for schemes that have none.
    public let host: String

    public var domain: Domain? { host.isEmpty || address != nil ? nil : Domain(host) }
    public var address: IPAddress? { IPAddress(host) }
    public var isWeb: Bool { scheme == "http" || scheme == "https" }

    /// `nil` when the text is no absolute URL.
    public init?(_ text: String) {
        // Leading and trailing C0 controls and spaces go, tabs and line ends go everywhere.
        var bytes = Array(text.utf8.prefix(8192))[...]
        while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
        bytes = bytes.filter { $0 != .tab && $0 != .carriageReturn && $0 != .lineFeed }[...]
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes.first?.isLetter == true else { return nil }
        let scheme = bytes[..<colon]
        guard scheme.allSatisfy({ $0.isLetter || $0.isDigit || [0x2B, 0x2D, 0x2E].contains($0) }) else { return nil }
        self.scheme = String(decoding: scheme.map(\.lowercased), as: UTF8.self)
        var rest = bytes[(colon + 1)...]
        guard ["http", "https", "ftp", "ws", "wss"].contains(self.scheme) else {
            (userInfo, host) = (nil, "")
            return
        }
        // Special schemes take any number of slashes, forward or back.
        let slashes: [UInt8] = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
        rest = rest.drop { slashes.contains($0) }
        var authority = rest.prefix { !slashes.contains($0) && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            userInfo = String(decoding: authority[..<at], as: UTF8.self)
            authority = authority[(at + 1)...]
        } else {
            userInfo = nil
        }
        if authority.first != UInt8(ascii: "["), let port = authority.lastIndex(of: UInt8(ascii: ":")) {
            authority = authority[..<port]
        }
        host = Self.percentDecoded(authority).lowercased()
    }

    private static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "%")) else { return String(decoding: bytes, as: UTF8.self) }
        var decoded: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                decoded.append(value)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}

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
