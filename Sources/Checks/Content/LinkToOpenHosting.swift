import Content
import Inspection
import Mail
import Phrases

struct LinkToOpenHosting: Check {
    let about = About(
        "link-to-open-hosting", .content, "a link to a page that anybody can put up",
        severity: .caution,
        why: """
            Storage and hosting services give a page to whoever asks, under their own good name, which filters know. Files \
            that people share lie there too; the login page of a bank does not.
            """,
        remedy: "Type nothing into such a page.",
        references: [
            .page(
                "MITRE ATT&CK T1583.006, Acquire Infrastructure: Web Services",
                "https://attack.mitre.org/techniques/T1583/006/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"https://storage.googleapis.com/x/login.html\">⟧Log in</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"https://bank-login.web.app/\">⟧Log in</a>\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"https://www.google.com/\">x</a>\r\n"
            ),
            Example(
                "From: <a@shop.web.app>\r\nContent-Type: text/html\r\n\r\n<a href=\"https://shop.web.app/\">x</a>\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let author = inspection.identities.authorDomain?.value
        let open = Set(
            inspection.contents.destinations.filter { domain in
                HostingService.isOpen(domain) && author.map { !$0.isSameOrganisation(as: domain) } ?? true
            })
        guard !open.isEmpty else { return [] }
        let links = inspection.contents.links.filter { link in
            link.destination?.isWeb == true && link.destination?.domain.map(open.contains) == true
        }
        guard let first = links.first, let domain = first.destination?.domain else { return [] }
        return [
            Finding(
                "a link leads to \(words: domain.description.defangedHost, limit: 120), where anybody can put up a page",
                links.prefix(Report.maximumEvidence).map { .at($0.target, "anybody's page") }, count: links.count)
        ]
    }
}
