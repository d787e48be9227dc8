package import Mail

/// A URL as a browser takes it apart. WHATWG URL Standard §4.4
package final class WebAddress: Sendable {
    /// In lower case, without the colon.
    package let scheme: String
    /// What stands before `@` in the authority: it looks like a host and is none.
    package let userInfo: String?
    /// Where a browser goes, in A-labels, or an address in its usual form; empty for schemes that have none, and for a host that no
    /// browser takes.
    package let host: String
    package let port: Int?
    /// Path, query and fragment, as written.
    package let rest: String
    /// The host that RFC 3986 finds in the same text; `nil` when it finds none.
    package let genericHost: String?

    /// The host as a name, if it is one.
    package let domain: Domain?
    /// The host as an address, if it is one.
    package let address: IPAddress?
    package var isWeb: Bool { scheme == "http" || scheme == "https" }

    /// Whether programs that keep to RFC 3986 go to another host than browsers.
    package var isDisputed: Bool {
        guard isWeb, !host.isEmpty else { return false }
        guard let genericHost else { return true }
        // What is a host is read as itself.
        if genericHost == host { return false }
        let other = WebHost.parse(Array(genericHost.utf8)[...]) ?? genericHost.lowercased()
        return other != host
    }

    private static var slash: UInt8 { UInt8(ascii: "/") }
    private static var backslash: UInt8 { UInt8(ascii: "\\") }
    /// The usual port of a special scheme. §3.1
    private static func usualPort(_ scheme: String) -> Int? {
        switch scheme {
        case "http", "ws": 80
        case "https", "wss": 443
        case "ftp": 21
        default: nil
        }
    }

    /// `nil` when the text is no absolute URL, and there is no base that it could be relative to.
    package init?(_ text: String, relativeTo base: WebAddress? = nil) {
        // Leading and trailing C0 controls and spaces go, tabs and line ends go everywhere.
        var bytes = Array(text.utf8)[...].prefix(8192)
        while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
        genericHost = Self.genericHost(bytes) ?? (base?.genericHost)
        if bytes.contains(where: { $0 == .tab || $0 == .carriageReturn || $0 == .lineFeed }) {
            bytes = bytes.filter { $0 != .tab && $0 != .carriageReturn && $0 != .lineFeed }[...]
        }
        // scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )
        let name = bytes.prefix { $0.isLetter || $0.isDigit || [0x2B, 0x2D, 0x2E].contains($0) }
        let hasScheme =
            name.first?.isLetter == true && name.endIndex < bytes.endIndex && bytes[name.endIndex] == UInt8(ascii: ":")
        var rest = bytes
        if hasScheme {
            scheme = Self.scheme(name)
            rest = bytes[(name.endIndex + 1)...]
        } else if let base, base.isWeb {
            scheme = base.scheme
            guard rest.count >= 2, Self.isSlash(rest[rest.startIndex]), Self.isSlash(rest[rest.startIndex + 1]) else {
                // A path of the base's host.
                (userInfo, host, port) = (nil, base.host, base.port)
                self.rest = String(decoding: rest, as: UTF8.self)
                (domain, address) = (base.domain, base.address)
                return
            }
        } else {
            return nil
        }
        guard let usual = Self.usualPort(scheme) else {
            (userInfo, host, port, self.rest) = (nil, "", nil, String(decoding: rest, as: UTF8.self))
            (domain, address) = (nil, nil)
            return
        }
        // Special schemes take any number of slashes, forward or back.
        rest = rest.drop(while: Self.isSlash)
        var authority = rest.prefix { !Self.isSlash($0) && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        self.rest = String(decoding: rest[authority.endIndex...], as: UTF8.self)
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            userInfo = String(decoding: authority[..<at], as: UTF8.self)
            authority = authority[(at + 1)...]
        } else {
            userInfo = nil
        }
        let (written, number) = Self.split(authority)
        port = number == usual ? nil : number
        let read = WebHost.read(written)
        host = read?.host ?? ""
        domain = read?.domain
        // One in brackets is of version 6.
        address = domain == nil && !host.isEmpty ? IPAddress(host) : nil
    }

    private static func scheme(_ name: ArraySlice<UInt8>) -> String {
        if name.equalsASCII("http") { return "http" }
        if name.equalsASCII("https") { return "https" }
        return String(decoding: name.map(\.lowercased), as: UTF8.self)
    }

    private static func isSlash(_ byte: UInt8) -> Bool { byte == slash || byte == backslash }

    /// Host and port.
    private static func split(_ authority: ArraySlice<UInt8>) -> (host: ArraySlice<UInt8>, port: Int?) {
        let end = authority.first == UInt8(ascii: "[") ? authority.lastIndex(of: UInt8(ascii: "]")) : nil
        guard let colon = authority.lastIndex(of: UInt8(ascii: ":")), end.map({ colon > $0 }) ?? true else {
            return (authority, nil)
        }
        let digits = authority[(colon + 1)...]
        let number = digits.allSatisfy(\.isDigit) ? Int(String(decoding: digits.prefix(6), as: UTF8.self)) : nil
        return (authority[..<colon], number.flatMap { $0 < 65_536 ? $0 : nil })
    }

    // URI = scheme ":" hier-part [ "?" query ] [ "#" fragment ], hier-part = "//" authority path-abempty / …
    /// By the expression of RFC 3986 appendix B, which knows neither backslashes nor missing slashes.
    private static func genericHost(_ bytes: ArraySlice<UInt8>) -> String? {
        let scheme = bytes.prefix {
            $0 != UInt8(ascii: ":") && $0 != slash && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
        }
        var rest = bytes
        if scheme.endIndex < bytes.endIndex, bytes[scheme.endIndex] == UInt8(ascii: ":") {
            rest = bytes[(scheme.endIndex + 1)...]
        }
        guard rest.count > 2, rest[rest.startIndex] == slash, rest[rest.startIndex + 1] == slash else { return nil }
        var authority = rest.dropFirst(2).prefix { $0 != slash && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) { authority = authority[(at + 1)...] }
        let host = split(authority).host
        return host.isEmpty ? nil : String(decoding: host, as: UTF8.self)
    }
}
