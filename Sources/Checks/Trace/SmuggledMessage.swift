import Delivery
import Inspection
import Mail
import Phrases

struct SmuggledMessage: Check {
    let about = About(
        "smuggled-message", .trace, "the body ends in the middle and goes on in SMTP",
        severity: .warning,
        why: """
            A line with nothing but a dot, and after it MAIL FROM: servers that end a message at such a line, whatever its line ends, took \
            the rest for a second message, from whomever it says. A text about SMTP can hold such lines, too.
            """,
        remedy:
            "Look which servers on the way take a bare line end for one; what follows the dot was written by the sender of this message.",
        references: [
            .rfc(5321, "4.1.1.4"),
            .page(
                "SMTP Smuggling, T. Longin, 2023",
                "https://sec-consult.com/blog/detail/smtp-smuggling-spoofing-e-mails-worldwide/"),
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\n\r\nText\r\n⟦.\nMAIL FROM:⟧<b@example.org>\r\nRCPT TO:<c@example.net>\r\nDATA\r\n"
            ),
            Example("From: <a@example.com>\r\n\r\nText\r\n⟦.\r\nmail from:⟧<b@example.org>\r\n"),
        ],
        passes: [
            Example("From: <a@example.com>\r\n\r\nSay MAIL FROM:<b@example.org> and then DATA, and end with\r\n.\r\n"),
            Example("From: <a@example.com>\r\n\r\n250 OK\r\nMAIL FROM:<b@example.org>\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let message = inspection.message
        let bytes = message.source.bytes
        var ranges: [ByteRange] = []
        var position = message.body.lowerBound
        while ranges.count < 10,
            let command = bytes.firstOffset(ofAnyCase: "mail from:", in: position..<message.body.upperBound)
        {
            position = command + 1
            // Before it: line ends of any kind, a dot, and another line end.
            var offset = command
            while offset > message.body.lowerBound, bytes[offset - 1].isLineEnd { offset -= 1 }
            guard offset < command, offset > message.body.lowerBound, bytes[offset - 1] == UInt8(ascii: ".") else {
                continue
            }
            offset -= 1
            guard offset == message.body.lowerBound || bytes[offset - 1].isLineEnd else { continue }
            ranges.append(offset..<command + 10)
        }
        guard !ranges.isEmpty else { return [] }
        return [
            Finding(
                "after a line with a dot the body goes on with the SMTP command MAIL FROM",
                ranges.map { .bytes($0, label: "another message may begin here") })
        ]
    }
}

extension UInt8 {
    fileprivate var isLineEnd: Bool { self == .carriageReturn || self == .lineFeed }
}
