import Mail

/// Mail.ru.
struct MailRu: Dialect {
    let name = "Mail.ru"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from name.example ([192.0.2.9]:37322 helo=hello.example) by smtp41.i.mail.ru with esmtpa (envelope-from <a@example.com>) id 1qRjuq-00A9Xw-0M for b@example.net; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = [".mail.ru"]
}
