import Mail

/// IronPort, which is Cisco's.
struct IronPort: Dialect {
    let name = "IronPort"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example ([192.0.2.9]) by ironport1.example.net with ESMTP; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["ironport"]
}
