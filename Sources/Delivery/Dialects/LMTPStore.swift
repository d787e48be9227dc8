import Mail

/// Dovecot, Cyrus, Zimbra and others that put the message into the mailbox over LMTP (RFC 2033).
struct LMTPStore: Dialect {
    let name = "mail store"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from a.example.net (LHLO b.example.net) (10.2.2.20) by c.example.net with LMTP; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "b.example.net", name: "a.example.net", address: "10.2.2.20"),
            DialectSample(
                "from mx.example.net ([unix socket]) by mail.example.net (Cyrus v2.3.14) with LMTPA; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "mx.example.net"),
            DialectSample(
                "by mail.example.net with LMTP id SFLiMlRZhVrHAAAA0JVFlw; Fri, 20 Nov 2026 09:00:00 +0000"),
        ]
    }

    let marks: [StaticString] = ["with lmtp", "(cyrus", "[unix socket]", "(dovecot"]
    var forms: [StaticString] { ["(lhlo "] }
}
