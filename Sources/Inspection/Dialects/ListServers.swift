import Mail

/// List servers, and servers of the last century.
struct ListServers: Dialect {
    let name = "list server"
    var samples: [DialectSample] {
        [
            DialectSample(
                "majordomo@lists.example.org by lists.example.org via listexpand id S230171AbhFJIbY ORCPT <rfc822;a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000"
            ),
            DialectSample(
                "from hello.example ([192.0.2.38]) by mx.example.net (InterMail vM.4.01.03.37) with ESMTP id <20261120090000.GCFK2588.mx.example.net@hello> for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.38"),
        ]
    }

    let marks: [StaticString] = [
        "via listexpand", "(listserv", "(lsmtp", "via smap", "via smtpd", "(mercury", "smail", "pmdf", "post.office",
        "intermail", "groupwise", "scalix",
    ]

    func time(inID id: String, near _: DateTime?) -> DateTime? { id.drop { $0 == "<" }.description.moment() }
}
