import Content
import Inspection
import Mail
import Phrases

struct LookalikeLink: Check {
    let about = About(
        "lookalike-link", .content, "a link to a host whose name imitates another",
        severity: .warning,
        why: """
            Letters of another alphabet that look like Latin ones make a name that reads like the one that somebody knows, \
            and belongs to somebody else. Names that are wholly in their own alphabet are left alone.
            """,
        remedy: "Do not click. Type the address that you know.",
        references: [
            .page("UTS #39 §5, Detection Mechanisms", "https://www.unicode.org/reports/tr39/#Mixed_Script_Detection"),
            .rfc(5890, "4.4"),
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"https://www.xn--pypal-4ve.com/\">⟧Log in</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"https://аррӏе.com/\">⟧Log in</a>\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"https://bücher.example/\">x</a><a href=\"https://пример.рф/\">x</a>\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let links = inspection.contents.links.compactMap { link -> (link: Contents.Link, domain: Domain)? in
            guard let domain = link.destination?.domain, domain.ascii?.contains(ascii: "xn--") == true,
                domain.imitation != nil
            else {
                return nil
            }
            return (link, domain)
        }
        guard let first = links.first else { return [] }
        return [
            Finding(
                "a link leads to \(words: first.domain.unicode.defangedHost), which imitates another name: it is \(words: (first.domain.ascii ?? "").defangedHost)",
                links.prefix(Report.maximumEvidence).map { .at($0.link.target, "imitates another name") },
                count: links.count)
        ]
    }
}
