import Mail

/// MailChannels.
struct MailChannels: Dialect {
    let name = "MailChannels"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from app31.example (name.example [192.0.2.140]) by 0.0.0.0:25 (trex/5.7.12); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "app31.example", name: "name.example", address: "192.0.2.140")
        ]
    }

    let marks: [StaticString] = ["mailchannels", "trex/"]
}
