import Mail

/// amavis, qmail-scanner, SpamAssassin: scans on the way through.
struct ContentFilter: Dialect {
    let name = "content filter"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from mx.example.net ([127.0.0.1]) by localhost (mx.example.net [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id KzQabc; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "mx.example.net", address: "127.0.0.1")
        ]
    }

    let scansContent = true
    let marks: [StaticString] = [
        "amavis", "with qmail-scanner", "spamassassin", "with scanned-ok", "spamd ", "-spam-scanned", "eyou anti_spam",
    ]
}
