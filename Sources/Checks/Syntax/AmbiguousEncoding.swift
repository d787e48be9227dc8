import Inspection
import Mail
import Phrases

struct AmbiguousEncoding: Check {
    let about = About(
        "ambiguous-encoding", .syntax, "readers decode a part differently",
        severity: .caution,
        why: """
            Data after the padding that ends base64, an encoding named twice or misspelt: one program decodes to a program, another \
            to nothing. Footers that lists add to encoded text are the usual cause.
            """,
        remedy: "Name one encoding, and encode the part again from the original file.",
        references: [.rfc(2045, "6.1"), .rfc(2045, "6.8"), .rfc(4648, "3.3")],
        triggers: [
            Example("From: <a@example.com>\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8⟦=a⟧GVs\r\n"),
            Example("From: <a@example.com>\r\n⟦Content-Transfer-Encoding: base64, 7bit⟧\r\n\r\naGVs\r\n"),
            Example("From: <a@example.com>\r\n⟦Content-Transfer-Encoding: ba(x)se64⟧\r\n\r\naGVs\r\n"),
            Example(
                "From: <a@example.com>\r\nContent-Transfer-Encoding: base64\r\n⟦Content-Transfer-Encoding: 7bit⟧\r\n\r\naGVs\r\n"
            ),
        ],
        passes: [
            Example("From: <a@example.com>\r\nContent-Transfer-Encoding: base64\r\n\r\naGVs\r\nbG8=\r\n"),
            Example("From: <a@example.com>\r\nContent-Transfer-Encoding: 7bit (as ever)\r\n\r\nx\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.ambiguities.filter { $0.kind == .transferEncoding || $0.kind == .data }.prefix(20).map(\.finding)
    }
}
