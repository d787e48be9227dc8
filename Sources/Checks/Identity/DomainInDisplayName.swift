import Inspection
import Mail
import Phrases

struct DomainInDisplayName: Check {
    let about = About(
        "domain-in-display-name", .identity, "the sender's name is a domain that the address is not at",
        severity: .caution,
        why: """
            Phones show the name and hide the address, so a name like that of a site is taken for the sender. People whose \
            company is called like its domain, and services that write on behalf of one, do it openly.
            """,
        remedy: "Go by the address in the angle brackets, never by the name.",
        references: [
            .rfc(5322, "3.4")
        ],
        triggers: [
            Example(
                "From: ⟦Example.com Security⟧ <x@⟦example.net⟧>\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "From: Example.com <news@mail.example.com>\r\n\r\n"
            ),
            Example(
                "From: \"Ann B. Smith\" <a@example.net>\r\n\r\n"
            ),
            Example(
                "From: \"a@example.com\" <x@example.net>\r\n\r\n"
            ),
            Example(
                "From: \"example.com via Example Groups\" <x@example.net>\r\nList-Id: <l.example.net>\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard !inspection.identities.isFromList else { return [] }
        return inspection.identities.from.compactMap { mailbox in
            guard let name = mailbox.value.displayName, let domain = mailbox.value.domain,
                let shown = Self.domain(in: name.value), !shown.isSameOrganisation(as: domain.value)
            else { return nil }
            return Finding(
                "the sender is called \(shown), the address is at \(domain.value)",
                .at(name, "shown as the name"), .at(domain, "the real domain"))
        }
    }

    /// The first word that is a domain under a suffix that is in use; addresses are another check's.
    private static func domain(in name: String) -> Domain? {
        guard name.utf8.contains(UInt8(ascii: ".")) else { return nil }
        for word in name.split(whereSeparator: { " \t\"'<>(),;:[]|/".contains($0) }) where !word.contains("@") {
            let labels = word.split(separator: ".", omittingEmptySubsequences: false)
            guard labels.count >= 2, let last = labels.last, last.count >= 2, labels.allSatisfy({ $0.count > 1 }) else {
                continue
            }
            let domain = Domain(String(word))
            if domain.isHostName, domain.isRegistrable { return domain.organisational }
        }
        return nil
    }
}
