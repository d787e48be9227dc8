import Mail

/// Cloudmark Gateway.
struct Cloudmark: Dialect {
    let name = "Cloudmark"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example ([192.0.2.9]) by cmsmtp with ESMTP id Ab3dEf6hIj9kLm2nOp; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["by cmsmtp", "with ngmta"]
}
