import Content
import Inspection
import Mail
import Phrases

struct ShortenedLink: Check {
    let about = About(
        "shortened-link", .content, "a link that hides where it leads",
        severity: .caution,
        why: """
            A shortening service shows nothing of the target, and the target can be changed after the message has passed a \
            filter. People use them in short messages and on paper; a company has no need of one in a letter to its \
            customers.
            """,
        remedy: "Do not click; open the site that you know.",
        references: [
            .page(
                "OWASP: Unvalidated Redirects and Forwards",
                "https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"https://bit.ly/3abc\">⟧Log in</a>\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"https://www.example.com/3abc\">Log in</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nList-Id: <l.example.com>\r\n\r\nsee https://bit.ly/3abc\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let isFromList = inspection.identities.isFromList
        let shorteners = Set(
            inspection.contents.destinations.filter {
                HostingService.shorteners.contains($0.organisational.description)
            })
        guard !shorteners.isEmpty else { return [] }
        let links = inspection.contents.links.filter { link in
            // In talk on a list, which is plain text, they are what people write.
            link.destination?.isWeb == true && (!isFromList || link.element != "text")
                && link.destination?.domain.map(shorteners.contains) == true
        }
        guard let first = links.first, let domain = first.destination?.domain else { return [] }
        return [
            Finding(
                "a link leads through \(words: domain.description.defangedHost), which hides where it ends",
                links.prefix(Report.maximumEvidence).map { .at($0.target, "leads anywhere") }, count: links.count)
        ]
    }
}
