import Inspection
import Mail
import Phrases

struct BeyondScanners: Check {
    let about = About(
        "beyond-scanners", .syntax, "more than common filters look at",
        severity: .note,
        why: """
            Filters stop somewhere: Postfix cuts a field at 102,400 bytes, ClamAV goes 17 levels deep and reads 1,024 parts, \
            SpamAssassin 1,000. What lies behind that went through unseen. Large messages of machines reach such sizes honestly.
            """,
        remedy: "Look at what lies behind the limit yourself.",
        references: [
            .page("Postfix: header_size_limit", "https://www.postfix.org/postconf.5.html#header_size_limit"),
            .page("ClamAV: clamd.conf", "https://docs.clamav.net/manual/Usage/Configuration.html"),
        ],
        triggers: [
            Example("From: <a@example.com>\r\n⟦X-Long: " + String(repeating: "x", count: 110_000) + "⟧\r\n\r\n")
        ],
        passes: [Example("From: <a@example.com>\r\nX-Long: " + String(repeating: "x", count: 1000) + "\r\n\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        let message = inspection.message
        var findings: [Finding] = []
        if let field = message.fields.first(where: { $0.range.count > 102_400 }) {
            findings.append(
                Finding(
                    "a header field has \(field.range.count) bytes; Postfix cuts it at 102400",
                    .bytes(field.name.lowerBound..<field.value.upperBound, label: "cut by some servers")))
        }
        if let part = message.parts.first(where: { $0.depth > 17 }) {
            findings.append(
                Finding(
                    "parts lie more than 17 levels deep, where ClamAV stops",
                    .bytes(part.messageRange(of: part.header), label: "level \(part.depth)")))
        }
        if message.parts.count > 1000 {
            let part = message.parts[1000]
            findings.append(
                Finding(
                    "there are \(message.parts.count) parts; SpamAssassin stops after 1000, ClamAV after 1024",
                    .bytes(part.messageRange(of: part.header), label: "part 1001")))
        }
        return findings
    }
}
