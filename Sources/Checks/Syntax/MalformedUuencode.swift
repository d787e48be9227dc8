import Inspection
import Mail
import Phrases

struct MalformedUuencode: Check {
    let about = About(
        "malformed-uuencode", .syntax, "a uuencoded line that does not hold what its length says",
        severity: .caution,
        why: "Lines lost or cut in transport do this; so does text that was only labelled as uuencoded.",
        remedy: "Send files in base64.",
        references: [
            .page("POSIX.1-2017 uuencode", "https://pubs.opengroup.org/onlinepubs/9699919799/utilities/uuencode.html")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n⟦%:&5L⟧\r\n`\r\nend\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n%:&5L;&\\\r\n`\r\nend\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.damage([(.badUuencode, "not as long as it says")]) {
            "the uuencoded data of part \($0) are damaged in \($1) {2:place|places}"
        }
    }
}
