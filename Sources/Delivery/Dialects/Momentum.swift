import Mail

/// Momentum, once ecelerity; SparkPost runs it.
struct Momentum: Dialect {
    let name = "Momentum"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from ([192.0.2.27:53798] helo=hello.example) by mx.example.net (ecelerity 2.1 r(10620)) with ESMTP id 5A/F0-04030-76FF6054 for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.27")
        ]
    }

    let marks: [StaticString] = ["ecelerity"]

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        if !line.has("helo="), hop.peer.hello?.value.hasPrefix("[") == true { hop.peer.hello = nil }
    }
}
