import Mail

/// MailEnable.
struct MailEnable: Dialect {
    let name = "MailEnable"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from User ([192.0.2.66]) by mail.example.it with MailEnable ESMTPA; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "User", address: "192.0.2.66"),
            DialectSample(
                "from (192.0.2.4 [192.0.2.4]) by MailEnable Inbound Mail Agent with ESMTP; Fri, 20 Nov 2026 09:00:00 +0000",
                address: "192.0.2.4"),
        ]
    }

    let marks: [StaticString] = ["mailenable"]

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        guard let with = line.received.joined(.with), with.value.hasPrefix("MailEnable ") else { return }
        hop.transmission = line.received.words(.with).dropFirst().first
    }
}
