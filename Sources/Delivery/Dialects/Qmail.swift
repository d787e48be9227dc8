import Mail
import Phrases

/// qmail and its heirs. https://cr.yp.to/qmail.html
struct Qmail: Dialect {
    let name = "qmail"
    var samples: [DialectSample] {
        [
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
    }

    let marks: [StaticString] = ["qmail", "with smtp"]
    var forms: [StaticString] { ["(helo "] }

    func wrote(_ line: ReceivedLine) -> Bool {
        if !line.received.has(.id), line.has("(helo "), let with = line.received.range(of: .with),
            line.source.bytes.hasASCII("smtp", at: with.lowerBound)
        {
            return true
        }
        return Self.isBare(line) || line.says("qmail")
    }

    /// Without "(HELO …)" the client said its reverse name; the stamp is in UTC and says so with "-0000".
    private static func isBare(_ line: ReceivedLine) -> Bool {
        !line.received.has(.id) && line.isWord("smtp", .with)
            && line.source.bytes.hasASCII("-0000", at: line.range.upperBound - 5)
            && line.received.clause(.from).count { line.received.items[$0].kind == .comment } == 1
    }

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        if !line.has("(helo ") { hop.helloIsAlsoName() }
    }

    func skips(_ line: ReceivedLine) -> Phrase? {
        guard !line.received.has(.from), line.says("invoked") else { return nil }
        return "qmail handed the message on to itself"
    }
}
