import Inspection
import Mail
import Phrases

struct UnclosedMultipart: Check {
    let about = About(
        "unclosed-multipart", .syntax, "a multipart whose end is missing",
        severity: .caution,
        why: """
            The last part is cut off, or a program forgot the end delimiter. Readers differ on what belongs to the \
            last part. Messages that were truncated on the way look like this.
            """,
        remedy: "Send the end delimiter; ask for the message again if it was cut.",
        references: [.rfc(2046, "5.1.1")],
        triggers: [
            Example("From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=⟦x⟧\r\n\r\n--x\r\n\r\nhello\r\n")
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhello\r\n--x--\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard !inspection.message.isHeaderOnly else { return [] }
        let unclosed = inspection.message.defects.filter {
            $0.value == .unclosedMultipart || $0.value == .unusedBoundary
        }
        guard !unclosed.isEmpty else { return [] }
        let message: Phrase =
            unclosed.allSatisfy { $0.value == .unusedBoundary }
            ? "a multipart's boundary never occurs" : "the end of a multipart is missing"
        return [
            Finding(
                message,
                unclosed.prefix(Report.maximumEvidence).map {
                    .at($0, $0.value == .unusedBoundary ? "never occurs" : "no line ends this")
                }, count: unclosed.count)
        ]
    }
}
