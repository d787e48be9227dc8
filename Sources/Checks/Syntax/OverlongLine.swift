import Inspection
import Mail
import Phrases

struct OverlongLine: Check {
    let about = About(
        "overlong-line", .syntax, "a line of more than 998 bytes",
        severity: .caution,
        why: """
            Servers may break or cut lines of more than 998 bytes, which changes the message and invalidates its \
            signatures. It is the mark of programs that build mail without a library.
            """,
        remedy: "Fold long header fields; send bodies with long lines in quoted-printable or base64.",
        references: [.rfc(5322, "2.1.1"), .rfc(5321, "4.5.3.1.6")],
        triggers: [
            Example("From: <a@example.com>\r\n\r\n⟦" + String(repeating: "x", count: 999) + "⟧\r\n")
        ],
        passes: [Example("From: <a@example.com>\r\n\r\n" + String(repeating: "x", count: 998) + "\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        let bytes = inspection.message.source.bytes
        var ranges: [ByteRange] = []
        var count = 0
        var longest = 0
        var position = 0
        while position < bytes.count {
            // Where a line ends so near, all lines before are short.
            if let last = bytes[position..<min(position + 999, bytes.count)].lastIndex(of: .lineFeed) {
                position = last + 1
                continue
            }
            let newline = bytes.firstOffset(of: .lineFeed, in: position..<bytes.count)
            var end = newline ?? bytes.count
            if newline != nil, end > position, bytes[end - 1] == .carriageReturn { end -= 1 }
            if end - position > 998 {
                count += 1
                longest = max(longest, end - position)
                if ranges.count < Report.maximumEvidence { ranges.append(position..<end) }
            }
            position = newline.map { $0 + 1 } ?? bytes.count
        }
        guard count > 0 else { return [] }
        return [
            Finding(
                "\(count) {1:line is|lines are} longer than 998 bytes, the longest \(longest)",
                ranges.map { .bytes($0, label: "longer than 998 bytes") }, count: count)
        ]
    }
}
