import Inspection
import Mail
import Phrases

struct MalformedQuotedPrintable: Check {
    let about = About(
        "malformed-quoted-printable", .syntax, "quoted-printable that does not follow its rules",
        severity: .caution,
        why: """
            "=" begins two hexadecimal digits or ends the line. Where it does neither, readers guess. Text that was \
            labelled quoted-printable and never encoded is the usual cause.
            """,
        remedy: "Encode the part again, or label it with the encoding it has.",
        references: [.rfc(2045, "6.7")],
        triggers: [
            Example("From: <a@example.com>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na⟦=ZZ⟧\r\n")
        ],
        passes: [
            Example("From: <a@example.com>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na=3D=\r\nb\r\n")
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.damage([(.badQuotedPrintable, "no two hexadecimal digits")]) {
            "the quoted-printable text of part \($0) is damaged in \($1) {2:place|places}"
        }
    }
}
