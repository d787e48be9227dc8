import Mail

/// Courier.
struct Courier: Dialect {
    let name = "Courier"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from [10.25.197.120] (name.example [192.0.2.120]) (AUTH: CRAM-MD5 user@example.net, TLS: TLS1.3, 128bits, ECDHE_RSA_AES_128_GCM_SHA256) by mail.example.net with ESMTPSA id 0000000000345; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "[10.25.197.120]", name: "name.example", address: "192.0.2.120")
        ]
    }

    let forms: [StaticString] = ["(auth: ", "(softdnserr", "tls: "]

    func wrote(_ line: ReceivedLine) -> Bool {
        line.has("(auth: ") || line.has("(softdnserr") || line.hasComment("tls: ", in: .from)
    }

    func refine(_ hop: inout HopReading, _: ReceivedLine) {
        // "softdnserr" stands where the name would.
        if case .found(let name) = hop.peer.name, name.value.description == "softdnserr" {
            hop.peer.name = .missing(name.range)
        }
    }

    /// "000000DB.43735815.00001E11": the second number is the time.
    func time(inID id: String, near _: DateTime?) -> DateTime? {
        let parts = id.split(separator: ".")
        guard parts.count == 3, let seconds = String(parts[1]).uppercased().number(base: .base16),
            (700_000_000...4_000_000_000).contains(seconds)
        else { return nil }
        return DateTime(seconds: seconds)
    }
}
