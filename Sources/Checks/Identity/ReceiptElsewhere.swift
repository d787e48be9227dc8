import Inspection
import Mail
import Phrases

struct ReceiptElsewhere: Check {
    let about = About(
        "receipt-elsewhere", .identity, "a receipt is asked for by somebody else",
        severity: .caution,
        why: """
            A receipt tells whoever it goes to that the message was read, and when. Senders ask for one to their own \
            address; one that goes elsewhere is for somebody who does not show.
            """,
        remedy: "Send no receipt.",
        references: [
            .rfc(8098, "2.1")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nDisposition-Notification-To: <x@⟦example.net⟧>\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nDisposition-Notification-To: <a@mail.example.com>\r\n\r\n"
            ),
            Example(
                "From: <a@example.com>\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let known = inspection.identities.sendingDomains.map(\.value)
        guard !known.isEmpty else { return [] }
        return inspection.message.values(.receiptTo).flatMap(\.value.mailboxes).prefix(10).compactMap { mailbox in
            guard let domain = mailbox.value.domain, !known.contains(where: { $0.isSameOrganisation(as: domain.value) })
            else {
                return nil
            }
            return Finding(
                "a receipt goes to \(domain.value), the message is from \(known[0])",
                .at(domain, "told that you read it"))
        }
    }
}
