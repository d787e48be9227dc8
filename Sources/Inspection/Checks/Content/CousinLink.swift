import Content
import Mail

struct CousinLink: Check {
    let about = About(
        "cousin-link", .content, "a link to a host that is made to be taken for another",
        severity: .warning,
        why: """
            A name that is spelt almost like that of the recipient's company or of a brand, or has it among other words, was \
            chosen for that. Services that keep a company's pages under its name are the innocent case.
            """,
        remedy: "Do not click. Type the address that you know.",
        references: [
            .page(
                "MITRE ATT&CK T1583.001, Acquire Infrastructure: Domains",
                "https://attack.mitre.org/techniques/T1583/001/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nTo: <b@contoso.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"https://contoso-login.net/\">⟧x</a>\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nTo: <b@contoso.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"https://www.contoso.com/\">x</a><a href=\"https://contoso.de/\">x</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nTo: <b@contoso.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"https://contoso.sharepoint.com/\">x</a>\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let guarded = inspection.guarded
        guard !guarded.isEmpty else { return [] }
        // What the sender's own name resembles is told of the sender.
        let author = inspection.identities.authorDomain?.value
        var judged: [Domain: Sentence] = [:]
        for domain in inspection.contents.destinations.prefix(500) {
            judged[domain] = Self.likeness(domain, guarded, author, inspection)
        }
        guard !judged.isEmpty else { return [] }
        let found = inspection.contents.links.compactMap { link in
            (link.destination?.domain).flatMap { judged[$0] }.map { (link: link, sentence: $0) }
        }
        guard let first = found.first else { return [] }
        return [
            Finding(
                first.sentence, found.prefix(Report.maximumPlaces).map { .at($0.link.target, "imitates another name") },
                places: found.count)
        ]
    }

    private static func likeness(
        _ domain: Domain, _ guarded: [GuardedDomain], _ author: Domain?, _ inspection: Inspection
    ) -> Sentence? {
        guard !inspection.isGuarded(domain), author.map({ !$0.isSameOrganisation(as: domain) }) ?? true else {
            return nil
        }
        for one in guarded {
            let (known, isNamed) = (one.domain, one.isNamed)
            guard let likeness = Likeness.between(domain, and: known) else { continue }
            // Services give their customers' names to hosts of their own, and companies have other names like theirs; whom the user
            // names is told of them too.
            guard isNamed || [.looks, .word, .spelling].contains(likeness) else { continue }
            return
                "a link leads to \(domain.unicode.defangedHost.printable), which is not \(known.unicode.defangedHost) and \(likeness.rawValue)"
        }
        return nil
    }
}
