import Inspection
import Mail
import Phrases

struct ReplyToFreeMail: Check {
    let about = About(
        "reply-to-free-mail", .identity, "replies go to a free mailbox, the sender seems to be somebody else",
        severity: .caution,
        why: """
            Whoever writes from a company's address has a mailbox there. Answers that go to one that anybody can open for \
            nothing are what somebody needs who only borrows the address. Small clubs and shops do it too.
            """,
        remedy: "Answer to an address that you had before.",
        references: [
            .rfc(5322, "3.6.2"),
            .page("Rspamd: FREEMAIL_REPLYTO_NEQ_FROM_DOM", "https://rspamd.com/doc/configuration/composites.html"),
        ],
        triggers: [
            Example(
                "From: Billing <billing@example.com>\r\nReply-To: <pay.example@⟦gmail.com⟧>\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "From: <ann@outlook.com>\r\nReply-To: <ann@gmail.com>\r\n\r\n"
            ),
            Example(
                "From: Billing <billing@example.com>\r\nReply-To: <pay@example.net>\r\n\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nReply-To: <ann@gmail.com>\r\nList-Id: <l.example.com>\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let identities = inspection.identities
        guard let from = identities.authorDomain, !FreeMail.isProvider(from.value), !identities.isFromList else {
            return []
        }
        let free = identities.replyTo.compactMap(\.value.domain).filter { FreeMail.isProvider($0.value) }
        guard let first = free.first else { return [] }
        return [
            Finding(
                "replies go to a mailbox at \(first.value), the message says it is from \(from.value)",
                free.prefix(Report.maximumEvidence).map { .at($0, "anybody can have a mailbox here") },
                count: free.count
            )
        ]
    }
}
