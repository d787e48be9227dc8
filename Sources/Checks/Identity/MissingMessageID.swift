import Inspection
import Mail
import Phrases

struct MissingMessageID: Check {
    let about = About(
        "missing-message-id", .identity, "no Message-ID",
        severity: .caution,
        why: """
            Mail programs and the servers they hand their mail to give every message an id. A message without one was \
            sent by a script straight to the receiver; home-made but honest scripts exist.
            """,
        remedy: "Add a Message-ID with a domain of your own when you send.",
        references: [.rfc(5322, "3.6.4")],
        triggers: [Example("From: <a@example.com>\r\n\r\nhello\r\n")],
        passes: [Example("From: <a@example.com>\r\nMessage-ID: <1@example.com>\r\n\r\nhello\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        guard inspection.identities.messageIDs.isEmpty else { return [] }
        return [Finding("the message has no Message-ID", .absence("no Message-ID field"))]
    }
}
