import Mail

/// GroupWise.
struct GroupWise: Dialect {
    let name = "GroupWise"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from GW-MTA by mail.example.edu with Novell_GroupWise; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "GW-MTA")
        ]
    }

    let marks: [StaticString] = ["groupwise"]
}
