import Mail

/// OpenSMTPD. https://www.opensmtpd.org
struct OpenSMTPD: Dialect {
    let name = "OpenSMTPD"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) by mx.example.net (OpenSMTPD) with ESMTPS id 5db34e0d (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO) for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["(opensmtpd)"]
}
