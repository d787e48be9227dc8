import Mail

/// Haraka, OpenSMTPD, mox, Stalwart and other servers of the last years.
struct ModernServers: Dialect {
    let name = "Haraka, OpenSMTPD, mox or Stalwart"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.179]) by mx.example.net (Haraka/2.8.25) with ESMTPS id B3C0198B-A390-42E9-9DDC-C57D8D207298.1 envelope-from <a@example.com> (cipher=TLS_AES_256_GCM_SHA384); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.179"),
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) by mx.example.net (OpenSMTPD) with ESMTPS id 5db34e0d (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO) for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9"),
        ]
    }

    let marks: [StaticString] = ["(haraka", "(opensmtpd)", "via tcp with", "(stalwart", "(maddy", "(james"]
}
