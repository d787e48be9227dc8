import Mail

/// IceWarp, once Merak.
struct IceWarp: Dialect {
    let name = "IceWarp"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from ([192.0.2.115]) by host.example.net (IceWarp Merak Mail Server 9.4.2 (2009-05-21) by SoftMail) with ASMTP id WBS77905; Fri, 20 Nov 2026 09:00:00 +0000",
                address: "192.0.2.115"),
            DialectSample(
                "from HOST by mail.example.net (Merak 8.0.3) with SMTP id ACM38534 for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "HOST"),
        ]
    }

    let marks: [StaticString] = ["icewarp", "merak"]
}
