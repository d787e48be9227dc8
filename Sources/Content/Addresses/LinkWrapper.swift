import Mail

/// Services that put a link of their own around others', to look at where the reader goes, or to count.
package enum LinkWrapper {
    /// The links that stand one inside of the other, from the outermost on, without the first; four at the most. Nothing is asked.
    package static func unwrapped(_ address: WebAddress) -> [String] {
        var chain: [String] = []
        var current = address
        while chain.count < 4, let next = inner(current), next.utf8.count <= 8192, let found = WebAddress(next),
            found.isWeb
        {
            chain.append(next)
            current = found
        }
        return chain
    }

    /// Where all of them are.
    private static let services: [StaticString] = [
        "outlook.com", "urldefense.com", "urldefense.us", "proofpoint.com", "cudasvc.com", "google.com", "facebook.com",
        "youtube.com", "slack-redir.net", "linkedin.com", "deref-gmx.net", "deref-web.de", "deref-mail.com",
        "duckduckgo.com",
    ]

    private static func inner(_ address: WebAddress) -> String? {
        guard address.isWeb else { return nil }
        let host = address.host
        func ends(_ names: StaticString...) -> Bool { host.isWithin(anyOf: names) }
        guard host.isWithin(anyOf: services) else { return nil }
        let path = String(Substring(address.rest.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }))
        // Microsoft Defender for Office 365, Safe Links
        if ends("safelinks.protection.outlook.com") { return query("url", address) }
        // Proofpoint URL Defense: version 3 between underlines, 2 with "-" and "_" for "%" and "/", 1 encoded as usual
        if ends("urldefense.com", "urldefense.us"), path.hasPrefix("/v3/__") { return proofpoint(address.rest) }
        if ends("urldefense.proofpoint.com", "urldefense.us") {
            guard let text = query("u", address) else { return nil }
            guard path.hasPrefix("/v2/") else { return text }
            let plain = text.map { $0 == "-" ? "%" : $0 == "_" ? "/" : $0 }
            return decoded(String(plain))
        }
        if ends("linkprotect.cudasvc.com") { return query("a", address) }
        if ends("google.com"), path == "/url" { return query("q", address) ?? query("url", address) }
        if ends("google.com"), path.hasPrefix("/amp/s/") { return "https://" + path.dropFirst("/amp/s/".count) }
        if ends("facebook.com"), path.hasSuffix("/l.php") { return query("u", address) }
        if ends("youtube.com"), path == "/redirect" { return query("q", address) }
        if ends("slack-redir.net") || ends("linkedin.com") && path.hasPrefix("/redir/") { return query("url", address) }
        if ends("deref-gmx.net", "deref-web.de", "deref-mail.com") { return query("redirectUrl", address) }
        if ends("duckduckgo.com"), path == "/l/" { return query("uddg", address) }
        return nil
    }

    /// The first value of that name in the query, decoded.
    private static func query(_ name: String, _ address: WebAddress) -> String? {
        guard let mark = address.rest.firstIndex(of: "?") else { return nil }
        let query = address.rest[address.rest.index(after: mark)...].prefix { $0 != "#" }
        for pair in query.split(whereSeparator: { $0 == "&" || $0 == ";" }) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, parts[0] == name { return decoded(String(parts[1])) }
        }
        return nil
    }

    private static func decoded(_ text: String) -> String {
        String(decoding: Array(text.utf8)[...].percentDecoded, as: UTF8.self)
    }

    /// `/v3/__URL__;CHARACTERS!!…`: each "*" of the URL stands for one of the characters, which are in base64; "**" and a letter for more of
    /// them.
    private static func proofpoint(_ rest: String) -> String? {
        let body = rest.dropFirst("/v3/__".count)
        let bytes = Array(body.utf8)
        guard let end = bytes.firstOffset(of: "__;", in: 0..<bytes.count) else { return nil }
        let coded = bytes[(end + 3)...].prefix { $0 != UInt8(ascii: "!") }
        let plain = coded.map {
            $0 == UInt8(ascii: "-") ? UInt8(ascii: "+") : $0 == UInt8(ascii: "_") ? UInt8(ascii: "/") : $0
        }
        let source = Source(exactly: plain)
        var characters = String(decoding: source.decode(0..<plain.count, from: .base64).bytes, as: UTF8.self)
            .unicodeScalars[...]
        var text = String.UnicodeScalarView()
        var url = String(decoding: bytes[..<end], as: UTF8.self).unicodeScalars[...]
        let lengths = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".unicodeScalars)
        while let scalar = url.popFirst() {
            guard scalar == "*" else {
                text.append(scalar)
                continue
            }
            var count = 1
            if url.first == "*", let code = url.dropFirst().first, let length = lengths.firstIndex(of: code) {
                url = url.dropFirst(2)
                count = length + 2
            }
            for _ in 0..<count { if let next = characters.popFirst() { text.append(next) } }
        }
        return String(text)
    }
}

extension String {
    /// Whether a host is one of these, which are in lower case, or below it.
    fileprivate func isWithin(anyOf names: [StaticString]) -> Bool {
        var host = self
        return host.withUTF8 { own in
            names.contains { name in
                let end = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
                let start = own.count - end.count
                // Most hosts have no label that begins there.
                guard start == 0 || start > 0 && own[start - 1] == UInt8(ascii: ".") else { return false }
                return own[start...].elementsEqual(end)
            }
        }
    }
}
