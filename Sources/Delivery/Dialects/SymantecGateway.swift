import Mail

/// Symantec Messaging Gateway, once Brightmail.
struct SymantecGateway: Dialect {
    let name = "Symantec gateway"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (192.0.2.9) by host.example.net (SMTP Gateway) with SMTP id 63.58.43953.B11AC5C5; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["(smtp gateway)"]
}
