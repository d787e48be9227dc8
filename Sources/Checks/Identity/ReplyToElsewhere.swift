import Inspection
import Mail
import Phrases

struct ReplyToElsewhere: Check {
    let about = About(
        "reply-to-elsewhere", .identity, "replies leave the sender's domain",
        severity: .note,
        why: """
            Reply-To redirects answers. Mailing lists and help desks do it openly; someone writing in another's name \
            does it to receive the answers that their victim should have had.
            """,
        remedy: "Ask the sender over another channel before answering.",
        references: [.rfc(5322, "3.6.2")],
        triggers: [Example("From: Billing <billing@example.com>\r\nReply-To: <pay@⟦example.net⟧>\r\n\r\n")],
        passes: [
            Example("From: Billing <billing@example.com>\r\n\r\n"),
            Example("From: Billing <billing@example.com>\r\nReply-To: <pay@desk.example.com>\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let from = inspection.identities.authorDomain else { return [] }
        let elsewhere = inspection.identities.replyTo.compactMap(\.value.domain)
            .filter { !$0.value.isSameOrganisation(as: from.value) }
        guard let first = elsewhere.first else { return [] }
        return [
            Finding(
                "replies go to \(first.value), the message says it is from \(from.value)",
                elsewhere.prefix(Report.maximumEvidence).map { .at($0, "replies go here") }, count: elsewhere.count)
        ]
    }
}
