import Mail

/// Halon.
struct Halon: Dialect {
    let name = "Halon"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (unknown [192.0.2.9]) by smtp.example.net (Halon) with ESMTPS id 539a1e90-c70a-11ee-8d57-005056a66d10; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["(halon)"]
}
