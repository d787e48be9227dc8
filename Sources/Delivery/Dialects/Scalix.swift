import Mail

/// Scalix.
struct Scalix: Dialect {
    let name = "Scalix"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from HOST ( 192.0.2.162) by mail.example.com (Scalix SMTP Relay 10.0.1.3) via ESMTP; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "HOST", address: "192.0.2.162")
        ]
    }

    let marks: [StaticString] = ["scalix"]
}
