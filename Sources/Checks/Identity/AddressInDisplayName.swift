import Inspection
import Mail
import Phrases

struct AddressInDisplayName: Check {
    let about = About(
        "address-in-display-name", .identity, "the sender's name is another address",
        severity: .warning,
        why: """
            Phones show the name and hide the address, so a name that reads like an address is taken for it. Calendars \
            and lists that write on somebody's behalf put that person's address there openly.
            """,
        remedy: "Go by the address in the angle brackets, never by the name.",
        references: [.rfc(5322, "3.4")],
        triggers: [Example("From: ⟦\"security@example.com\"⟧ <x@⟦example.net⟧>\r\n\r\n")],
        passes: [
            Example("From: \"a@example.com\" <a@example.com>\r\n\r\n"),
            Example("From: foo@foo.example- private <foo@foo.example>\r\n\r\n"),
            Example("From: \"Bugzilla@Mozilla\" <bugzilla@example.com>\r\n\r\n"),
            Example("From: Ann <a@example.com>\r\n\r\n"),
            Example(
                "From: \"a@example.org (Google Calendar)\" <calendar-notification@google.com>\r\nSender: Google Calendar <calendar-notification@google.com>\r\n\r\n"
            ),
            Example(
                "From: \"a@example.org (via Google Docs)\" <drive-shares-dm-noreply@google.com>\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.identities.from.compactMap { mailbox in
            guard let name = mailbox.value.displayName, let domain = mailbox.value.domain,
                let shown = Self.domain(in: name.value), !shown.isSameOrganisation(as: domain.value),
                !inspection.writesOnBehalf(name.value)
            else { return nil }
            return Finding(
                "the sender's name reads like an address at \(shown), the address is at \(domain.value)",
                .at(name, "shown as the name"), .at(domain, "the real domain"))
        }
    }

    private static let separators = Array(" \t\"'<>(),;[]".utf8)

    /// The domain of the first word that looks like an address.
    private static func domain(in name: String) -> Domain? {
        guard name.utf8.contains(UInt8(ascii: "@")) else { return nil }
        for word in name.utf8.split(whereSeparator: { separators.contains($0) }).map(Substring.init) {
            guard let at = word.lastIndex(of: "@"), at > word.startIndex else { continue }
            let text = word[word.index(after: at)...].prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
            let domain = Domain(String(text.reversed().drop { $0 == "-" || $0 == "." }.reversed()))
            if domain.isHostName { return domain }
        }
        return nil
    }
}
