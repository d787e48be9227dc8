import Mail

/// SmarterMail.
struct SmarterMail: Dialect {
    let name = "SmarterMail"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) by mail.example.net with SmarterMail ESMTP; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["smartermail"]
}
