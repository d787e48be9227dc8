import Inspection
import Mail
import Phrases

struct AuthorWithoutDomain: Check {
    let about = About(
        "author-without-domain", .identity, "a From without an address that could be answered",
        severity: .warning,
        why: """
            Programs show something in its place: the name, the Sender, or an address of the receiver's own domain. \
            Programs that run on the receiver's machine leave the domain out; a forger may, to have it filled in.
            """,
        remedy: "Take the author for unknown.",
        references: [.rfc(5322, "3.6.2")],
        triggers: [
            Example("From:⟦ Billing⟧\r\n\r\n"),
            Example("From: Billing <⟦billing⟧>\r\n\r\n"),
        ],
        passes: [
            Example("From: Billing <billing@example.com>\r\n\r\n"),
            Example("Subject: no author at all\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let message = inspection.message
        return inspection.identities.fromFields.compactMap { field in
            switch message.source.read(AddressList.self, in: field.value, charset: message.headerCharset) {
            case .failure: return Finding("From holds no address", .bytes(field.value, label: "no address"))
            case .success(let list):
                guard let mailbox = list.mailboxes.first(where: { $0.value.domain == nil }) else { return nil }
                let isWhole = mailbox.value.displayName == nil
                return Finding(
                    "From names no domain: \(words: message.source.text(field.value, limit: 80))",
                    .bytes(isWhole ? field.value : mailbox.value.address, label: "no domain"))
            }
        }
    }
}
