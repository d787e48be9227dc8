import Mail

/// Post.Office.
struct PostOffice: Dialect {
    let name = "Post.Office"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example ([192.0.2.11]) by mail4.example.net (Post.Office MTA v3.5.3 release 223 ID# 0-59787U250000L250000S0V35) with ESMTP id com for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.11")
        ]
    }

    let marks: [StaticString] = ["post.office"]
}
