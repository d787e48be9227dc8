import Mail

/// Apache James. https://james.apache.org
struct James: Dialect {
    let name = "James"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from 192.0.2.9 (EHLO hello.example) ([192.0.2.9]) by mx.example.net (JAMES SMTP Server ) with ESMTP ID 1216345675 for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["(james"]
}
