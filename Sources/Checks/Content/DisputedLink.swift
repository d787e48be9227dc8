import Content
import Inspection
import Mail
import Phrases

struct DisputedLink: Check {
    let about = About(
        "disputed-link", .content, "a link that one reader of HTML sees and another does not",
        severity: .caution,
        why: """
            Browsers, older programs and filters divide broken HTML into tags in different ways. A link that hides in such a place is \
            shown to the reader, and not to the filter before. Careless programs write broken HTML, too.
            """,
        remedy: "Look at the source before you trust what a filter said of the links.",
        references: [
            .page(
                "HTML Living Standard, tokenization", "https://html.spec.whatwg.org/multipage/parsing.html#tokenization"
            )
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<!-->⟦<a href=\"https://evil.example/\">⟧x</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a/href=\"https://evil.example/\">⟧x</a>\r\n"),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<p><a href=\"https://www.example.com/\">x</a>\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let disputed = inspection.contents.disagreements.filter { $0.link.address?.isWeb == true }
        guard let first = disputed.first, let host = first.link.address?.host else { return [] }
        let seer: Phrase =
            first.isSeenByBrowsers
            ? "browsers see, and readers of HTML 4 do not" : "readers of HTML 4 see, and browsers do not"
        return [
            Finding(
                "a link to \(words: host.defangedHost) that \(seer)",
                disputed.prefix(Report.maximumEvidence).map {
                    .at($0.link.target, $0.isSeenByBrowsers ? "only browsers see it" : "browsers do not see it")
                }, count: disputed.count)
        ]
    }
}
