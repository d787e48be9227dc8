import Inspection
import Mail
import Phrases

struct CousinDomain: Check {
    let about = About(
        "cousin-domain", .identity, "the sender's domain is made to be taken for another",
        severity: .warning,
        why: """
            A name that is spelt almost like that of the recipient's company or of a brand, or has it among other words, was \
            chosen for that. Branches abroad and companies whose names happen to be alike are the innocent case.
            """,
        remedy: "Compare the domain letter by letter with the one that you know.",
        references: [
            .page(
                "MITRE ATT&CK T1583.001, Acquire Infrastructure: Domains",
                "https://attack.mitre.org/techniques/T1583/001/")
        ],
        triggers: [
            Example(
                "From: <boss@⟦exmaple-shop.com⟧>\r\nTo: <b@example-shop.com>\r\n\r\n"
            ),
            Example(
                "From: <it@⟦contoso-login.com⟧>\r\nTo: <b@contoso.com>\r\n\r\n"
            ),
            Example(
                "From: <a@example.net>\r\nReply-To: <it@⟦contoso.com.mailer.net⟧>\r\nTo: <b@contoso.com>\r\n\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@mail.contoso.com>\r\nTo: <b@contoso.com>\r\n\r\n"
            ),
            Example(
                "From: <a@northwind.com>\r\nTo: <b@contoso.com>\r\n\r\n"
            ),
            Example(
                "From: <a@gmial.com>\r\nTo: <b@gmail.com>\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let protected = inspection.protected
        guard !protected.isEmpty else { return [] }
        var seen: [Domain] = []
        return inspection.identities.sendingDomains.prefix(50).compactMap { domain in
            guard !seen.contains(domain.value), !inspection.isProtected(domain.value) else { return nil }
            seen.append(domain.value)
            for one in protected {
                let (known, isNamed) = (one.domain, one.isNamed)
                // Whole families of companies differ in the suffix, or in letters behind; whom the user names is told of them too. What
                // looks the same is another check's.
                guard let similarity = DomainSimilarity.between(domain.value, and: known), similarity != .looks,
                    isNamed || (similarity != .sameName && similarity != .affix)
                else { continue }
                return Finding(
                    "\(words: domain.value.unicode) is not \(words: known.unicode), and \(Phrase(form: similarity.rawValue))",
                    .at(domain, "not \(known)"))
            }
            return nil
        }
    }
}
