import Mail

/// Mailchimp and Mandrill.
struct Mailchimp: Dialect {
    let name = "Mailchimp"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from localhost (localhost [127.0.0.1]) by mail42.example.net (Mailchimp) with ESMTP id 4NL2Gf1twVzKtHDcs for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "localhost", name: "localhost", address: "127.0.0.1")
        ]
    }

    let marks: [StaticString] = ["(mailchimp)", "(mandrill)"]
}
