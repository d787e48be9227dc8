import Inspection
import Mail
import Phrases

struct BareCarriageReturn: Check {
    let about = About(
        "bare-carriage-return", .syntax, "a carriage return without a line feed",
        severity: .caution,
        why: """
            Some programs take a lone CR for the end of a line, others for a character, so they read different \
            messages. Old Macintosh text and double conversion leave them behind; smuggling attacks plant them.
            """,
        remedy: "Remove the stray carriage returns, or send them encoded.",
        references: [.rfc(5322, "2.3"), .rfc(5321, "2.3.8")],
        triggers: [Example("From: <a@example.com>\r\n\r\none⟦\r⟧two\r\n")],
        passes: [
            Example("From: <a@example.com>\r\n\r\none\r\n"),
            Example("From: <a@example.com>\n\none\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let bytes = inspection.message.source.bytes
        var ranges: [ByteRange] = []
        var count = 0
        var position = 0
        while let offset = bytes.firstOffset(of: .carriageReturn, in: position..<bytes.count) {
            position = offset + 1
            if position < bytes.count, bytes[position] == .lineFeed { continue }
            count += 1
            if ranges.count < Report.maximumEvidence { ranges.append(offset..<offset + 1) }
        }
        guard count > 0 else { return [] }
        return [
            Finding(
                "\(count) carriage {1:return|returns} without a line feed",
                ranges.map { .bytes($0, label: "no line feed after this") }, count: count)
        ]
    }
}
