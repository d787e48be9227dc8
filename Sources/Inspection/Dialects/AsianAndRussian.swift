import Mail

/// Yandex, Mail.ru, Zoho, QQ, Aliyun, Coremail.
struct AsianAndRussian: Dialect {
    let name = "Yandex, Mail.ru, Zoho, QQ or Aliyun"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (hello.example [192.0.2.9]) by forward400a.mail.yandex.net (Yandex) with ESMTP id 8C73E66133; Fri, 20 Nov 2026 09:00:00 +0000 (MSK)",
                hello: "hello.example", name: "hello.example", address: "192.0.2.9"),
            DialectSample(
                "from hello.example ( [192.0.2.71]) by bizesmtp.qq.com (ESMTP) with id ; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.71"),
        ]
    }

    let marks: [StaticString] = [
        ".yandex.net", ".yandex.ru", ".mail.ru", "zoho.", ".qq.com", "aliyun", "(coremail)", "newesmtp",
    ]
}
