import Mail

/// LSMTP, which sends the mail of LISTSERV.
struct LSMTP: Dialect {
    let name = "LSMTP"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example) by lists.example.com (LSMTP for Windows NT v1.1b) with SMTP id <194.000FB39B@lists.example.com>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example")
        ]
    }

    let marks: [StaticString] = ["(lsmtp"]
}
