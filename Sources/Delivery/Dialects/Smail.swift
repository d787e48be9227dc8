import Mail

/// Smail 3.
struct Smail: Dialect {
    let name = "Smail"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from mx2.example.net from [192.0.2.77] by mail.example.net (/\\##/\\ Smail3.1.30.16 #30.56) with esmtp for <a@example.net> sender: <b@example.com> id <mO/17oq5U-000EoYO@mail.example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "mx2.example.net", address: "192.0.2.77")
        ]
    }

    let marks: [StaticString] = ["smail"]
}
