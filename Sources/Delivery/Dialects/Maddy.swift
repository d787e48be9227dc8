import Mail

/// maddy. https://maddy.email
struct Maddy: Dialect {
    let name = "maddy"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) by mx.example.net (maddy) with UTF8ESMTPS id 5db34e0d; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["(maddy"]
}
