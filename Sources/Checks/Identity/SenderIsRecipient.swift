import Inspection
import Mail
import Phrases

struct SenderIsRecipient: Check {
    let about = About(
        "sender-is-recipient", .identity, "the sender has the recipient's name or address",
        severity: .caution,
        why: """
            Swindlers put the reader's own address where the sender's belongs, to be noticed, or to pass for a note to \
            oneself. Scanners, forms and people who do write to themselves are the innocent case: their mail comes from \
            their own domain.
            """,
        remedy: "If you did not send it to yourself, somebody else did.",
        references: [
            .rfc(5322, "3.6.2")
        ],
        triggers: [
            Example(
                "Return-Path: <x@example.org>\r\nReceived: from x.example.org by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: ⟦b@example.net⟧\r\nTo: ⟦b@example.net⟧\r\n\r\n"
            ),
            Example(
                "From: ⟦b@example.net⟧ <x@example.org>\r\nTo: ⟦b@example.net⟧\r\n\r\n"
            ),
        ],
        passes: [
            Example(
                "Return-Path: <b@example.net>\r\nReceived: from x.example.net by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: b@example.net\r\nTo: b@example.net\r\n\r\n"
            ),
            Example(
                "From: a@example.net\r\nTo: b@example.net\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let recipients = inspection.identities.recipients.prefix(20)
        guard !inspection.identities.isFromList, let from = inspection.identities.author, from.value.domain != nil
        else {
            return []
        }
        let author = from.value.spec.lowercased()
        let shown = from.value.displayName.map { (name: $0.value.lowercased(), range: $0.range) }
        for recipient in recipients {
            guard recipient.value.domain != nil else { continue }
            let address = recipient.value.spec.lowercased()
            if author == address, let bounce = inspection.bounceDomain?.domain,
                let own = from.value.domain?.value, !bounce.isSameOrganisation(as: own)
            {
                return [
                    finding(
                        "the sender has the recipient's address, and bounces go to \(bounce)", from.range,
                        recipient.range)
                ]
            }
            if let shown, author != address, shown.name.contains(bytesOf: address) {
                return [finding("the sender's name is the recipient's address", shown.range, recipient.range)]
            }
        }
        return []
    }

    private func finding(_ message: Phrase, _ sender: ByteRange, _ recipient: ByteRange) -> Finding {
        Finding(message, .bytes(sender, label: "the sender"), .bytes(recipient, label: "the recipient"))
    }
}
