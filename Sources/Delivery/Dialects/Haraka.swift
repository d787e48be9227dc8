import Mail

/// Haraka. https://haraka.github.io
struct Haraka: Dialect {
    let name = "Haraka"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.179]) by mx.example.net (Haraka/2.8.25) with ESMTPS id B3C0198B-A390-42E9-9DDC-C57D8D207298.1 envelope-from <a@example.com> (cipher=TLS_AES_256_GCM_SHA384); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.179")
        ]
    }

    let marks: [StaticString] = ["(haraka"]
}
