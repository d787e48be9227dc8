import Mail

/// MessageLabs, later Symantec.cloud.
struct MessageLabs: Dialect {
    let name = "MessageLabs"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from [192.0.2.9] (using TLSv1.2 with cipher DHE-RSA-AES256-GCM-SHA384 (256 bits)) by server-7.bemta-5.messagelabs.com id 41/57-28412-F2B1C5F5; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "[192.0.2.9]", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["messagelabs"]
}
