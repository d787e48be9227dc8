import Mail

/// InterMail.
struct InterMail: Dialect {
    let name = "InterMail"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example ([192.0.2.38]) by mx.example.net (InterMail vM.4.01.03.37) with ESMTP id <20261120090000.GCFK2588.mx.example.net@hello> for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.38")
        ]
    }

    let marks: [StaticString] = ["intermail"]

    /// The id begins with the time in UTC.
    func time(inID id: String, near _: DateTime?) -> DateTime? { id.drop { $0 == "<" }.description.moment() }
}
