import Inspection
import Mail
import Phrases

struct MessageIDElsewhere: Check {
    let about = About(
        "message-id-elsewhere", .identity, "the Message-ID was made in another domain than the sender's",
        severity: .note,
        why: """
            The right side of the id names where it was made. Mailing services, phones and containers write names of \
            their own there, so a difference is common; it becomes telling next to others.
            """,
        remedy: "Look whether the domain belongs to a mailing service that the sender uses.",
        references: [.rfc(5322, "3.6.4")],
        triggers: [Example("From: <a@example.com>\r\nMessage-ID: <1@⟦example.net⟧>\r\n\r\n")],
        passes: [
            Example("From: <a@example.com>\r\nMessage-ID: <1@mail.example.com>\r\n\r\n"),
            Example("From: <a@example.com>\r\nMessage-ID: <1@localhost>\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let from = inspection.identities.authorDomain, let first = inspection.identities.messageIDs.first,
            case .success(let id) = first.id, id.right.value.isHostName,
            !id.right.value.isSameOrganisation(as: from.value)
        else { return [] }
        return [
            Finding(
                "the Message-ID was made at \(id.right.value), the message says it is from \(from.value)",
                .at(id.right, "made here"))
        ]
    }
}
