import Content
import Inspection
import Mail
import Phrases

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
        let protected = inspection.protected
        guard !protected.isEmpty else { return [] }
        // What the sender's own name resembles is told of the sender.
        let author = inspection.identities.authorDomain?.value
        var judged: [Domain: Phrase] = [:]
        for domain in inspection.contents.destinations.prefix(500) {
            judged[domain] = Self.similarity(domain, protected, author, inspection)
        }
        guard !judged.isEmpty else { return [] }
        let found = inspection.contents.links.compactMap { link in
            (link.destination?.domain).flatMap { judged[$0] }.map { (link: link, sentence: $0) }
        }
        guard let first = found.first else { return [] }
        return [
            Finding(
                first.sentence,
                found.prefix(Report.maximumEvidence).map { .at($0.link.target, "imitates another name") },
                count: found.count)
        ]
    }

    private static func similarity(
        _ domain: Domain, _ protected: [ProtectedDomain], _ author: Domain?, _ inspection: Inspection
    ) -> Phrase? {
        guard !inspection.isProtected(domain), author.map({ !$0.isSameOrganisation(as: domain) }) ?? true else {
            return nil
        }
        for one in protected {
            let (known, isNamed) = (one.domain, one.isNamed)
            guard let similarity = DomainSimilarity.between(domain, and: known) else { continue }
            // Services give their customers' names to hosts of their own, and companies have other names like theirs; whom the user
            // names is told of them too.
            guard isNamed || [.looks, .word, .spelling].contains(similarity) else { continue }
            return
                "a link leads to \(words: domain.unicode.defangedHost), which is not \(words: known.unicode.defangedHost) and \(Phrase(form: similarity.rawValue))"
        }
        return nil
    }
}
