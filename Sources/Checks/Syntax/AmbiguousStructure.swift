import Inspection
import Mail
import Phrases

struct AmbiguousStructure: Check {
    let about = About(
        "ambiguous-structure", .syntax, "readers differ on the parts of the message",
        severity: .caution,
        why: """
            Two types, two boundaries, a delimiter that is almost one: a filter finds an innocent text where the reader is shown \
            an attachment. Honest messages that went through a broken gateway have it too.
            """,
        remedy: "Name one media type and one boundary, and begin each part with a line that is the delimiter alone.",
        references: [
            .rfc(2046, "5.1.1"), .rfc(2045, "5.1"),
            .page("CVE-2024-28054", "https://www.cve.org/CVERecord?id=CVE-2024-28054"),
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\n⟦Content-Type: multipart/mixed; boundary=a; boundary=b⟧\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n"
            ),
            Example("From: <a@example.com>\r\nContent-Type: text/plain\r\n⟦Content-Type: text/html⟧\r\n\r\nx\r\n"),
            Example("From: <a@example.com>\r\n⟦Content-Type: text/plain; boundary=a⟧\r\n\r\n--a\r\n\r\nx\r\n--a--\r\n"),
            Example("From: <a@example.com>\r\n⟦Content-Type: multipart/mixed⟧\r\n\r\n--a\r\n\r\nx\r\n--a--\r\n"),
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nx\r\n ⟦--a⟧\r\n\r\ny\r\n--a--\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=\"a\"\r\n\r\n--a\r\n\r\nx\r\n--a--\r\n"
            ),
            Example("From: <a@example.com>\r\nContent-Type: text/plain; boundary=a\r\n\r\nx\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.ambiguities.filter { $0.kind == .mediaType || $0.kind == .boundary }.prefix(20).map(\.finding)
    }
}
