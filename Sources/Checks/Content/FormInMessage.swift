import Content
import Inspection
import Mail
import Phrases

struct FormInMessage: Check {
    let about = About(
        "form-in-message", .content, "a form to fill in, inside the message",
        severity: .caution,
        why: """
            What is typed into a form in a message goes to whoever wrote it. Surveys and some newsletters carry one; \
            so do imitations of a login page.
            """,
        remedy: "Type nothing into it. Open the site yourself.",
        references: [.page("HTML Living Standard, forms", "https://html.spec.whatwg.org/multipage/forms.html")],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<form action=\"https://evil.example/\">⟧<input></form>\r\n"
            )
        ],
        passes: [Example("From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<p>no form</p>\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        let forms = inspection.contents.links.filter { $0.element == "form" }
        guard let first = forms.first else { return [] }
        let target: Phrase =
            first.address.map { $0.host.isEmpty ? "\(words: $0.scheme):" : "\(words: $0.host.defangedHost)" }
            ?? "an address that is not whole"
        return [
            Finding(
                "the message has a form that sends what is typed to \(target)",
                forms.prefix(Report.maximumEvidence).map { .at($0.target, "form") }, count: forms.count)
        ]
    }
}
