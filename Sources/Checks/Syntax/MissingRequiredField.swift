import Inspection
import Mail
import Phrases

struct MissingRequiredField: Check {
    let about = About(
        "missing-required-field", .syntax, "From or Date is missing",
        severity: .warning,
        why: """
            Every message has a From and a Date. Mail programs add them, so a message without them was put together by \
            a script, an honest one or a spammer's; what readers are shown in their place differs.
            """,
        remedy: "Add the field before the message is sent.",
        references: [.rfc(5322, "3.6")],
        triggers: [
            Example("From: <a@example.com>\r\n\r\nno date\r\n"),
            Example("Date: Fri, 20 Nov 2026 09:00:00 +0000\r\n\r\nno author\r\n"),
        ],
        passes: [Example("From: <a@example.com>\r\nDate: Fri, 20 Nov 2026 09:00:00 +0000\r\n\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        (["From", "Date"] as [HeaderField.Name]).filter { inspection.message.fields(named: $0).isEmpty }
            .map { Finding("the message has no \($0) field", .absence("no \($0) field")) }
    }
}
