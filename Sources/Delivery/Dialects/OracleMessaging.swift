import Mail

/// Oracle, Sun and iPlanet Messaging Server; iCloud runs it.
struct OracleMessaging: Dialect {
    let name = "Oracle Messaging Server"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.5]) by mx.example.net (Oracle Communications Messaging Server 8.1.0.1.20231214 64bit (built Dec 14 2023)) with ESMTPS id <0S6B00A@mx.example.net> for a@example.net; Fri, 20 Nov 2026 09:00:00 +0000 (GMT)",
                hello: "hello.example", name: "name.example", address: "192.0.2.5")
        ]
    }

    let marks: [StaticString] = ["messaging server"]
}
