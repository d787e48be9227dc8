import Mail

/// qmail and its heirs. https://cr.yp.to/qmail.html
struct Qmail: Dialect {
    let name = "qmail"
    let samples = [
        DialectSample(
            "from unknown (HELO hello.example) (192.0.2.210) by mx.example.net with SMTP; 20 Nov 2026 09:00:00 -0000",
            hello: "hello.example", address: "192.0.2.210"),
        DialectSample(
            "from name.example (user@192.0.2.129) by mx.example.net with SMTP; 20 Nov 2026 09:00:00 -0000",
            hello: "name.example", name: "name.example", address: "192.0.2.129"),
        DialectSample(
            "from unknown (HELO hello.example) (user@[192.0.2.70]) (envelope-sender <a@example.com>) by mx (qmail-ldap-1.03) with SMTP for <b@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
            hello: "hello.example", address: "192.0.2.70"),
    ]

    func wrote(_ line: ReceivedLine) -> Bool {
        line.says("qmail")
            || (line.has("(helo ") && line.received["id"] == nil
                && line.received["with"]?.value?.value.hasPrefix("SMTP") == true)
            || Self.isBare(line)
    }

    /// Without "(HELO …)" the client said its reverse name; the stamp is in UTC and says so with "-0000".
    private static func isBare(_ line: ReceivedLine) -> Bool {
        line.received["id"] == nil && line.received["from"]?.comments.count == 1
            && line.lowered.suffix(5).elementsEqual("-0000".utf8)
            && line.received["with"]?.value?.value == "SMTP"
    }

    func refine(_ hop: inout Hop, _ line: ReceivedLine) {
        if !line.has("(helo ") { hop.helloIsAlsoName() }
    }

    func skips(_ line: ReceivedLine) -> String? {
        guard line.received["from"] == nil, line.says("invoked") else { return nil }
        return "qmail handed the message on to itself"
    }
}
