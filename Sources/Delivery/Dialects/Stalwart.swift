import Mail

/// Stalwart. https://stalw.art
struct Stalwart: Dialect {
    let name = "Stalwart"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) (using TLSv1.3 with cipher TLS13_AES_256_GCM_SHA384) by mx.example.net (Stalwart SMTP) with ESMTPS id 2E5D80BC1A5E4B3; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["(stalwart"]
}
