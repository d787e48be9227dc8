import Inspection
import Mail
import Phrases

struct MissingBoundary: Check {
    let about = About(
        "missing-boundary", .syntax, "a multipart that does not say what divides it",
        severity: .warning,
        why: """
            Without a boundary no reader can find the parts; some guess, some show the raw text. Broken templates do \
            this, and filters that cannot see an attachment let it pass.
            """,
        remedy: "Name the boundary in Content-Type.",
        references: [.rfc(2046, "5.1")],
        triggers: [
            Example("From: <a@example.com>\r\n⟦Content-Type: multipart/mixed⟧\r\n\r\n--x\r\n\r\nhello\r\n--x--\r\n")
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhello\r\n--x--\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.message.parts.filter { $0.contentType.isMultipart && $0.contentType.boundary?.isEmpty != false }
            .compactMap { part in
                part.fields.first { part.source.bytes[$0.name].equalsASCII("content-type") }
                    .map { part.messageRange(of: $0.name.lowerBound..<$0.value.upperBound) }
            }
            .map { Finding("a multipart names no boundary", .bytes($0, label: "no boundary")) }
    }
}
