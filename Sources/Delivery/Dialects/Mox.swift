import Mail

/// mox. https://www.xmox.nl
struct Mox: Dialect {
    let name = "mox"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) by mx.example.net ([192.0.2.24]) via tcp with ESMTPS id Ab3dEf6hIj9kLm2nOp5qRs (TLS1.3 TLS_AES_128_GCM_SHA256) for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["via tcp with"]
}
