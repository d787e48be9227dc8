import Inspection
import Mail
import Phrases

struct SenderElsewhere: Check {
    let about = About(
        "sender-elsewhere", .identity, "sent by somebody in another domain than the author's",
        severity: .note,
        why: """
            Sender names who really sent the message. Mailing services, lists and secretaries use it openly, and some \
            programs show "on behalf of".
            """,
        remedy: "Look whether the sender may write for the author.",
        references: [.rfc(5322, "3.6.2")],
        triggers: [Example("From: <a@example.com>\r\nSender: <b@⟦example.net⟧>\r\n\r\n")],
        passes: [Example("From: <a@example.com>\r\nSender: <b@mail.example.com>\r\n\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let from = inspection.identities.authorDomain,
            let sender = inspection.identities.sender.first?.value.domain,
            !sender.value.isSameOrganisation(as: from.value)
        else { return [] }
        return [
            Finding(
                "\(sender.value) says it sent the message for \(from.value)", .at(sender, "sent from here"))
        ]
    }
}
