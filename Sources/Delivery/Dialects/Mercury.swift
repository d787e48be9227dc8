import Mail

/// Mercury, of Pegasus Mail.
struct Mercury: Dialect {
    let name = "Mercury"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from spooler by mail.example.net (Mercury/32 v4.01a) ID MO0072A1; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "spooler")
        ]
    }

    let marks: [StaticString] = ["(mercury"]
}
