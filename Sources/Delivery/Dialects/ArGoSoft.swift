import Mail

/// ArGoSoft Mail Server.
struct ArGoSoft: Dialect {
    let name = "ArGoSoft"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from [192.0.2.9] by mail.example.net (ArGoSoft Mail Server Pro for WinNT/2000/XP, Version 1.8 (1.8.8.2)); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "[192.0.2.9]", address: "192.0.2.9")
        ]
    }

    let marks: [StaticString] = ["argosoft"]
}
