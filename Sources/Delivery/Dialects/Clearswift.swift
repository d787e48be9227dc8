import Mail

/// Clearswift, once MAILsweeper.
struct Clearswift: Dialect {
    let name = "Clearswift"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (unverified) by mx.example.net (Clearswift SMTPRS 5.1.7) with ESMTP id <T78926b35f2c0a80003da8@mx.example.net> for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example")
        ]
    }

    let marks: [StaticString] = ["clearswift", "mailsweep"]
}
