import Mail

/// Gmail and Google Workspace.
struct Gmail: Dialect {
    let name = "Gmail"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from mail-sor-f65.google.com (mail-sor-f65.google.com. [192.0.2.65]) by mx.google.com with SMTPS id h21-20020a0sor5485666ote.6.2026.11.20.01.00.00 for <a@example.com> (Google Transport Security); Fri, 20 Nov 2026 01:00:00 -0800 (PST)",
                hello: "mail-sor-f65.google.com", name: "mail-sor-f65.google.com", address: "192.0.2.65"),
            DialectSample(
                "from [127.0.0.1] ([192.0.2.227]) by smtp.gmail.com with ESMTPSA id v19-20020a05622a; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "[127.0.0.1]", address: "192.0.2.227"),
            DialectSample(
                "by 2002:a54:25ca:0:0:0:0:0 with SMTP id x10csp123456; Fri, 20 Nov 2026 01:00:00 -0800 (PST)"),
        ]
    }

    let marks: [StaticString] = ["google.com", "gmail.com", "2002:a", "by 10."]

    func wrote(_ line: ReceivedLine) -> Bool {
        line.isBy("google.com") || line.isBy("gmail.com") || Self.isInside(line)
    }

    /// "by 2002:a54:25ca:0:0:0:0:0 with SMTP id …": what looks like an address is the name of a machine inside.
    private static func isInside(_ line: ReceivedLine) -> Bool {
        guard let by = line.received.range(of: .by)?.lowerBound else { return false }
        return !line.received.has(.from)
            && (line.source.bytes.hasASCII("2002:a", at: by) || line.source.bytes.hasASCII("10.", at: by))
            && line.received.has(.id)
            && line.says("with smtp")
    }

    func refine(_ hop: inout HopReading, _: ReceivedLine) {
        if case .found(let name) = hop.peer.name, hop.peer.hello == nil {
            hop.peer.hello = Located(name.value.description, at: name.range)
        }
    }

    let idHoldsTime = true

    /// The id of mail from outside ends in the local time: `….2023.07.28.12.25.21`.
    func time(inID id: String, near date: DateTime?) -> DateTime? {
        let parts = id.split(separator: ".").suffix(6)
        guard parts.count == 6, parts.first?.utf8.count == 4, parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
            let local = parts.joined().moment()
        else { return nil }
        return DateTime(seconds: local.seconds - (date?.offset ?? 0), offset: date?.offset)
    }
}
