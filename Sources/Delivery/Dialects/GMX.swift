import Mail

/// GMX, WEB.DE and IONOS.
struct GMX: Dialect {
    let name = "GMX"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from name.example (EHLO hello) [192.0.2.64] by mail.gmx.net (mp010) with SMTP; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello", name: "name.example", address: "192.0.2.64"),
            DialectSample(
                "from [192.0.2.4] ([192.0.2.4]) by mrelayeu.kundenserver.de (mreue009 [192.0.2.103]) with ESMTPSA (Nemesis) id 1MrhLw-1rQ1Ls0Qhc-00nlQX for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "[192.0.2.4]", address: "192.0.2.4"),
        ]
    }

    let marks: [StaticString] = [".gmx.net", ".kundenserver.de", "(via http)", ".web.de"]

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        guard line.says("(via http)") else { return }
        hop.peer.hello = nil
        hop.authenticated = hop.authenticated ?? line.received.comments.first
    }
}
