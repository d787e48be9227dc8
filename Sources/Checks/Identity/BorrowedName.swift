import Inspection
import Mail
import Phrases

struct BorrowedName: Check {
    let about = About(
        "borrowed-name", .identity, "the sender has the name of a domain that it is not of",
        severity: .warning,
        why: """
            Phones show the name and hide the address. A name like that of the recipient's company or of a brand, over an \
            address elsewhere, is how requests for money begin. Services that write on behalf of a company say so.
            """,
        remedy: "Go by the address in the angle brackets; ask the company in another way.",
        references: [
            .rfc(5322, "3.4"),
            .page("MITRE ATT&CK T1656, Impersonation", "https://attack.mitre.org/techniques/T1656/"),
        ],
        triggers: [
            Example(
                "From: ⟦C o n t o s o Payroll⟧ <x@⟦example.net⟧>\r\nTo: <b@contoso.com>\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "From: Contoso Payroll <x@mail.contoso.com>\r\nTo: <b@contoso.com>\r\n\r\n"
            ),
            Example(
                "From: \"Contoso Talk via Groups\" <x@example.net>\r\nList-Id: <l.example.net>\r\nTo: <b@contoso.com>\r\n\r\n"
            ),
            Example("From: Paula Contoso <x@example.net>\r\nTo: <b@contoso.com>\r\n\r\n"),
            Example(
                "From: Ann Contosova <x@example.net>\r\nTo: <b@contoso.com>\r\n\r\n"
            ),
            Example(
                "From: \"Contoso Wiki (Jira)\" <jira@contoso.atlassian.net>\r\nTo: <b@contoso.com>\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let protected = inspection.protected
        return inspection.identities.from.prefix(20).compactMap { mailbox in
            guard let name = mailbox.value.displayName, let domain = mailbox.value.domain,
                !inspection.isProtected(domain.value), !inspection.writesOnBehalf(name.value)
            else { return nil }
            for one in protected {
                let (known, isNamed) = (one.domain, one.isNamed)
                let brand = DomainSimilarity.label(known)
                // Whose own domain has the name under another suffix may be called so.
                guard brand.count >= 5, Self.names(brand, name.value),
                    isNamed
                        || (DomainSimilarity.label(domain.value.organisational) != brand && Self.hasRole(name.value))
                else { continue }
                return Finding(
                    "the sender is called after \(words: known.unicode), the address is at \(domain.value)",
                    .at(name, "shown as the name"), .at(domain, "the real domain"))
            }
            return nil
        }
    }

    /// Whether a name is one of an office: people and shops may be called like the recipient's domain by chance.
    private static func hasRole(_ name: String) -> Bool {
        name.lowercased().split { !$0.isLetter }.contains { roles.contains(String($0)) }
    }

    private static let roles: Set<String> = [
        "account", "accounting", "accounts", "admin", "administrator", "billing", "board", "ceo", "cfo", "customer",
        "desk", "finance",
        "fraud", "help", "helpdesk", "hr", "human", "invoice", "it", "legal", "mail", "mailbox", "management",
        "manager", "notification",
        "office", "operations", "payroll", "postmaster", "president", "sales", "security", "service", "services",
        "staff", "support",
        "system", "team", "verification", "webmail",
    ]

    private static func words(_ name: String) -> [String] {
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
            return name.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        }
        return name.utf8.split { !$0.isLetter && !$0.isDigit }.map { String(Substring($0)) }
    }

    /// Whether the words of a name, or letters that stand apart, spell the brand; letters that look alike count.
    private static func names(_ brand: String, _ name: String) -> Bool {
        let words = words(name.lowercased())
        let wanted = Domain(brand).skeleton
        if words.contains(where: { Domain($0).skeleton == wanted }) { return true }
        guard words.contains(where: { $0.dropFirst().isEmpty }) else { return false }
        var spelt = ""
        for word in words.prefix(60) {
            guard word.count == 1 else {
                if !spelt.isEmpty, Domain(spelt).skeleton.contains(bytesOf: wanted) { return true }
                spelt = ""
                continue
            }
            spelt += word
        }
        return spelt.count >= brand.count && Domain(spelt).skeleton.contains(bytesOf: wanted)
    }
}
