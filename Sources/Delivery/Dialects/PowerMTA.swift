import Mail

/// PowerMTA.
struct PowerMTA: Dialect {
    let name = "PowerMTA"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from localhost (10.0.22.21) by vmta6.example.net (PowerMTA(TM) v3.5r17) id hrakoo0lrlgv for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000 (envelope-from <b@example.com>)",
                hello: "localhost", address: "10.0.22.21")
        ]
    }

    let marks: [StaticString] = ["powermta"]
}
