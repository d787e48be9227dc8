import Mail

/// PMDF.
struct PMDF: Dialect {
    let name = "PMDF"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) by mx.example.edu (PMDF V6.1 #38532) with ESMTP id <0GZW00B01ABCDE@mx.example.edu> for a@example.edu; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["pmdf"]
}
