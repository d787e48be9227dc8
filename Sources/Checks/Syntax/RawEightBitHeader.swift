import Inspection
import Mail
import Phrases

struct RawEightBitHeader: Check {
    let about = About(
        "raw-eight-bit-header", .syntax, "header bytes that are neither ASCII nor encoded",
        severity: .caution,
        why: """
            Text beyond ASCII in a header is encoded, or is UTF-8 in mail that announces SMTPUTF8. Raw bytes are shown \
            differently by every program. Carelessly written mailers send them, honest ones and those of spammers.
            """,
        remedy: "Encode the text as RFC 2047 says, or send UTF-8 with SMTPUTF8.",
        references: [.rfc(5322, "2.2"), .rfc(2047, "2"), .rfc(6532, "3")],
        triggers: [Example("From: <a@example.com>\r\nSubject: caf⟦\u{F7E9}⟧\r\n\r\n")],
        passes: [
            Example("From: <a@example.com>\r\nSubject: =?utf-8?Q?caf=C3=A9?=\r\n\r\n"),
            Example("From: <a@example.com>\r\nSubject: cafe\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let message = inspection.message
        guard !message.source.bytes[message.header].isASCII else { return [] }
        var runs: [ByteRange] = []
        var count = 0
        var start: Int?
        for offset in message.header {
            if message.source.bytes[offset] >= 0x80 {
                start = start ?? offset
            } else if let begin = start {
                count += 1
                if runs.count < Report.maximumEvidence { runs.append(begin..<offset) }
                start = nil
            }
        }
        guard count > 0 else { return [] }
        let isUTF8 = runs.allSatisfy { String(validating: message.source.bytes[$0], as: UTF8.self) != nil }
        let what: Phrase = isUTF8 ? "UTF-8" : "8-bit bytes that are not UTF-8"
        return [
            Finding(
                "the header has raw \(what) in \(count) {2:place|places}",
                runs.map { .bytes($0, label: "not encoded") }, count: count)
        ]
    }
}
