import Mail

/// Coremail.
struct Coremail: Dialect {
    let name = "Coremail"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (unknown [192.0.2.162]) by APP-03 (Coremail) with SMTP id rQCowAD3AsqSHvxpMmhLEA--.42925S2; Fri, 20 Nov 2026 09:00:00 +0000 (CST)",
                hello: "hello.example", address: "192.0.2.162")
        ]
    }

    let marks: [StaticString] = ["(coremail)"]
}
