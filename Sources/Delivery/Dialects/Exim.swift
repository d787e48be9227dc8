import Mail

/// Exim, and what is built on it. https://www.exim.org
struct Exim: Dialect {
    let name = "Exim"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from name.example ([192.0.2.31]:53566 helo=hello.example) by mx.example.net with esmtpsa (TLS1.2) tls TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <a@example.com>) id 1qRjuq-00A9Xw-0M for b@example.net; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.31"),
            DialectSample(
                "from [192.0.2.229] (helo=hello.example ident=abc) by mx.example.net with smtp (Exim 3.35 #1 (Debian)) id 194BE5-0005Zh-00; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.229"),
            DialectSample(
                "from name.example ([192.0.2.48]:52313) by mx.example.net with esmtps (TLS-1.0:DHE_RSA_3DES_EDE_CBC_SHA:24) (Exim 4.50) id 1GzVLs-0002Oz-7b for a@example.de; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "name.example", name: "name.example", address: "192.0.2.48"),
        ]
    }

    let marks: [StaticString] = ["(exim ", "with local-esmtp", "(nemesis)"]
    var forms: [StaticString] { ["helo="] }

    func wrote(_ line: ReceivedLine) -> Bool {
        // Others write "helo=" too, but not protocols in lower case.
        marks.contains(where: line.says)
            || line.received.range(of: .with).map { line.source.bytes[$0.lowerBound] >= 0x61 } == true
    }

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        // Exim 3: NAME (HELO) [address]
        if line.says("(exim 3"), let name = hop.peer.name.domain, let hello = hop.peer.helloDomain,
            let address = hop.peer.address, address.range.lowerBound > name.range.upperBound + 1,
            hello.range.lowerBound < name.range.lowerBound
        {
            hop.peer.hello = Located(name.value.description, at: name.range)
            hop.peer.name = .found(hello)
        }
        if !line.has("helo=") { hop.helloIsAlsoName() }
    }

    // tttttt-pppppp-ss, since 4.97 tttttt-ppppppppppp-ssss: seconds since 1970 in base 62. Exim specification §3.4
    func isOwn(id: String) -> Bool? {
        let parts = id.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0].count == 6 && [6, 11].contains(parts[1].count)
            && [2, 4].contains(parts[2].count)
            && id.utf8.allSatisfy { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: "-") }
    }

    let idHoldsTime = true

    func time(inID id: String, near _: DateTime?) -> DateTime? {
        guard isOwn(id: id) == true, let seconds = String(id.prefix(6)).number(base: .base62) else { return nil }
        return DateTime(seconds: seconds)
    }
}
