import Mail

/// Yandex.
struct Yandex: Dialect {
    let name = "Yandex"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (hello.example [192.0.2.9]) by forward400a.mail.yandex.net (Yandex) with ESMTP id 8C73E66133; Fri, 20 Nov 2026 09:00:00 +0000 (MSK)",
                hello: "hello.example", name: "hello.example", address: "192.0.2.9"),
            DialectSample(
                "by mail-sendbernar-production-main-91.klg.yp-c.yandex.net with HTTP; Fri, 20 Nov 2026 09:00:00 +0000"),
        ]
    }

    let marks: [StaticString] = [".yandex.net", ".yandex.ru"]
}
