import Mail

/// Zoho.
struct Zoho: Dialect {
    let name = "Zoho"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) by mx.zoho.com with SMTPS id 1795421000000123.456789; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["zoho."]
}
