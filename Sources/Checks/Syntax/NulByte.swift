import Inspection
import Mail
import Phrases

struct NulByte: Check {
    let about = About(
        "nul-byte", .syntax, "a NUL byte",
        severity: .warning,
        why: """
            No text has NUL bytes. Programs written in C stop reading at one, so what comes after it is seen by some \
            and not by others. Broken generators and binary data sent as text put them there by accident.
            """,
        remedy: "Encode binary data in base64; remove NUL bytes from text.",
        references: [.rfc(5322, "3.1"), .rfc(2045, "2.7")],
        triggers: [Example("From: <a@example.com>\r\nSubject: a⟦\0⟧b\r\n\r\nhello\r\n")],
        passes: [
            Example("From: <a@example.com>\r\nSubject: ab\r\n\r\nhello\r\n"),
            Example("From: <a@example.com>\r\nContent-Transfer-Encoding: binary\r\n\r\n\0\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let bytes = inspection.message.source.bytes
        var ranges: [ByteRange] = []
        var count = 0
        func look(_ range: ByteRange) {
            var position = range.lowerBound
            while let offset = bytes.firstOffset(of: 0, in: position..<range.upperBound) {
                count += 1
                if ranges.count < Report.maximumEvidence { ranges.append(offset..<offset + 1) }
                position = offset + 1
            }
        }
        for part in inspection.message.parts {
            look(part.header)
            if part.isLeaf, part.encoding != .binary, part.source.enclosing == nil { look(part.body) }
        }
        guard count > 0 else { return [] }
        return [
            Finding(
                "\(count) NUL {1:byte|bytes} in text",
                ranges.map { .bytes($0, label: "NUL") }, count: count)
        ]
    }
}
