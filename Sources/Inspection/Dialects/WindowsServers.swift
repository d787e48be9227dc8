import Mail

/// Mail servers for Windows.
struct WindowsServers: Dialect {
    let name = "MDaemon, MailEnable or IceWarp"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from User ([192.0.2.66]) by mail.example.it with MailEnable ESMTPA; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "User", address: "192.0.2.66"),
            DialectSample(
                "from ([192.0.2.115]) by host.example.net (IceWarp Merak Mail Server 9.4.2 (2009-05-21) by SoftMail) with ASMTP id WBS77905; Fri, 20 Nov 2026 09:00:00 +0000",
                address: "192.0.2.115"),
            DialectSample(
                "from smtp.example.com [(192.0.2.21)] by mail.example.net (192.0.2.24) (MDaemon PRO v19.0.2) with ESMTP id md50018233933.msg; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "smtp.example.com", address: "192.0.2.21"),
        ]
    }

    let marks: [StaticString] = ["mdaemon", "mailenable", "icewarp", "merak", "hmailserver", "argosoft", "smartermail"]

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        guard let with = line.received.joined(.with), with.value.hasPrefix("MailEnable ") else { return }
        hop.transmission = line.received.words(.with).dropFirst().first
    }
}
