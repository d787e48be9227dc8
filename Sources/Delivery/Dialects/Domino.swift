import Mail

/// IBM and HCL Domino.
struct Domino: Dialect {
    let name = "Domino"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.localdomain ([10.74.120.8]) by smtp.example.net (Lotus Domino Release 8.5.3FP6) with ESMTP id 2026112009000291-10027949 ; Fri, 20 Nov 2026 09:00:02 +0000",
                hello: "hello.localdomain", address: "10.74.120.8")
        ]
    }

    let marks: [StaticString] = ["lotus domino", "(hcl domino"]

    let idHoldsTime = true

    /// The id begins with the local time, and hundredths.
    func time(inID id: String, near date: DateTime?) -> DateTime? {
        guard let local = id.moment() else { return nil }
        return DateTime(seconds: local.seconds - (date?.offset ?? 0), offset: date?.offset)
    }
}
