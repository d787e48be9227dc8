import Mail

/// QQ Mail.
struct QQ: Dialect {
    let name = "QQ"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example ( [192.0.2.71]) by bizesmtp.qq.com (ESMTP) with id ; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.71"),
            DialectSample(
                "from [192.168.1.4] ([192.0.2.71]) by newxmesmtplogicsvrszb43-0.qq.com (NewEsmtp) with SMTP id E8327467; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "[192.168.1.4]", address: "192.0.2.71"),
        ]
    }

    let marks: [StaticString] = [".qq.com", "newesmtp"]
}
