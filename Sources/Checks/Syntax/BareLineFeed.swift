import Inspection
import Mail
import Phrases

struct BareLineFeed: Check {
    let about = About(
        "bare-line-feed", .syntax, "some lines end in CRLF, others in a bare line feed",
        severity: .caution,
        why: """
            LF throughout is how files are stored, and no finding. A mixture is usually a careless program or editor; \
            but servers disagree on where such a line ends, and that disagreement can smuggle in a second message.
            """,
        remedy: "Send every line end as CRLF.",
        references: [.rfc(5322, "2.3"), .rfc(5321, "2.3.8")],
        triggers: [
            Example("From: <a@example.com>\r\nSubject: x⟦\n⟧\r\n"),
            Example("From: <a@example.com>\r\n\r\n1⟦\n⟧2⟦\n⟧3\r\n"),
        ],
        passes: [
            Example("From: <a@example.com>\r\nSubject: x\r\n\r\nhello\r\n"),
            Example("From: <a@example.com>\nSubject: x\n\nhello\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let bytes = inspection.message.source.bytes
        // In most mail all line ends are the same.
        guard bytes.firstOffset(of: .carriageReturn, in: 0..<bytes.count) != nil else { return [] }
        var bare: [ByteRange] = []
        var bareCount = 0
        var pairs = 0
        var position = 0
        while let offset = bytes.firstOffset(of: .lineFeed, in: position..<bytes.count) {
            if offset > 0, bytes[offset - 1] == .carriageReturn {
                pairs += 1
            } else {
                bareCount += 1
                if bare.count < Report.maximumEvidence { bare.append(offset..<offset + 1) }
            }
            position = offset + 1
        }
        guard bareCount > 0, pairs > 0 else { return [] }
        return [
            Finding(
                "line ends are mixed: \(pairs) CRLF, \(bareCount) bare LF",
                bare.map { .bytes($0, label: "no carriage return before this") }, count: bareCount)
        ]
    }
}
