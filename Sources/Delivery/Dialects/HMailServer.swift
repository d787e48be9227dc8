import Mail

/// hMailServer.
struct HMailServer: Dialect {
    let name = "hMailServer"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) by mail.example.net (hMailServer 5.6.8) with ESMTPSA; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["hmailserver"]
}
