import Mail

/// The gateways of Forcepoint.
struct Forcepoint: Dialect {
    let name = "Forcepoint"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) by mx.forcepoint.example.net with ESMTPS id Ab3dEf6hIj; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["forcepoint"]
}
