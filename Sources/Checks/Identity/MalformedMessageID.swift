import Inspection
import Mail
import Phrases

struct MalformedMessageID: Check {
    let about = About(
        "malformed-message-id", .identity, "a Message-ID that is not of the form <left@right>",
        severity: .caution,
        why: "No mail program writes such ids; scripts do, an ill-configured one as well as a spammer's.",
        remedy: "Write an id as <something-unique@your-domain>.",
        references: [.rfc(5322, "3.6.4")],
        triggers: [
            Example("From: <a@example.com>\r\nMessage-ID: ⟦1⟧2345\r\n\r\n"),
            Example("From: <a@example.com>\r\nMessage-ID: <12345@⟦>⟧\r\n\r\n"),
        ],
        passes: [
            Example("From: <a@example.com>\r\nMessage-ID: <12345@example.com>\r\n\r\n"),
            Example("From: <a@example.com>\r\nMessage-ID:\r\n <12345@[192.0.2.1]>\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.identities.messageIDs.compactMap { field, id in
            guard case .failure(let error) = id else { return nil }
            return Finding(
                "the Message-ID is not of the form <left@right>: \(words: inspection.message.source.text(field.value, limit: 80))",
                .bytes(error.range, label: "expected \(Phrase(form: error.expected))"))
        }
    }
}
