import Mail

/// Aliyun, which is Alibaba Cloud.
struct Aliyun: Dialect {
    let name = "Aliyun"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example(mailfrom:a@example.com fp:SMTPD_---0UZw1ezY_1621853215) by smtp.aliyun-inc.com(127.0.0.1); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example")
        ]
    }

    let marks: [StaticString] = ["aliyun"]

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        // The address in "(mailfrom:a@example.com fp:…)" is the envelope's, and no user at a host.
        guard line.has("(mailfrom:") else { return }
        hop.peer.name = .notLookedUp
        hop.peer.ident = nil
    }
}
