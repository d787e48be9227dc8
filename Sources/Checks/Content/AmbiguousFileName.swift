import Inspection
import Mail
import Phrases

struct AmbiguousFileName: Check {
    let about = About(
        "ambiguous-file-name", .content, "readers differ on what a file is called",
        severity: .caution,
        why: """
            A filter that reads "report.txt" passes what a mail program saves as "report.exe". Programs that write the name twice \
            and shorten one of them do it honestly.
            """,
        remedy: "Look at every name of the file before you open it.",
        references: [
            .rfc(2183, "2.3"), .rfc(2231, "3"),
            .page("CVE-2024-39929", "https://www.cve.org/CVERecord?id=CVE-2024-39929"),
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\n⟦Content-Type: application/pdf; name=a.txt⟧\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF-1.4\r\n"
            ),
            Example(
                "From: <a@example.com>\r\n⟦Content-Disposition: attachment; filename=\"a.txt\"; filename*=utf-8''a.exe⟧\r\n\r\nx\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF-1.4\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: application/pdf; name=\"=?utf-8?q?=C3=A9.pdf?=\"\r\nContent-Disposition: attachment; filename*=utf-8''%C3%A9.pdf\r\n\r\n%PDF-1.4\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.ambiguities.filter { $0.kind == .fileName }.prefix(20).map(\.finding)
    }
}
