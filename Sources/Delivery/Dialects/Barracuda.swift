import Mail

/// The gateways of Barracuda.
struct Barracuda: Dialect {
    let name = "Barracuda"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) by barracuda.example.net with ESMTP id SCo6TjhTrzELcj0f (version=TLSv1 cipher=AES128-SHA bits=128 verify=NO); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["barracuda"]
}
