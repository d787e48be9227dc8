import Mail

/// MDaemon.
struct MDaemon: Dialect {
    let name = "MDaemon"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from smtp.example.com [(192.0.2.21)] by mail.example.net (192.0.2.24) (MDaemon PRO v19.0.2) with ESMTP id md50018233933.msg; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "smtp.example.com", address: "192.0.2.21"),
            DialectSample(
                "from web.example.com by mail.example.net (MDaemon PRO v9.0.1) with ESMTP id md50000050056.msg for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "web.example.com"),
        ]
    }

    let marks: [StaticString] = ["mdaemon"]
}
