import Inspection
import Mail
import Phrases

struct ReplyToNothing: Check {
    let about = About(
        "reply-to-nothing", .identity, "an answer to a message that there was none of",
        severity: .note,
        why: """
            A subject that begins like an answer's, without a word of which message it answers, makes strangers look like \
            acquaintances. Programs on telephones and forms on pages leave that word out, too.
            """,
        remedy: "See whether you wrote to this sender before.",
        references: [
            .rfc(5322, "3.6.4"),
            .rfc(5322, "3.6.5"),
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nSubject: ⟦Re: Your payment⟧\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nSubject: Re: Your payment\r\nIn-Reply-To: <1@example.net>\r\n\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nSubject: Reading list\r\n\r\n"
            ),
        ])

    private static let marks = ["re:", "aw:", "sv:", "antw:", "vs:", "odp:", "rif:", "res:", "ynt:", "re :"]

    func findings(in inspection: Inspection) -> [Finding] {
        let message = inspection.message
        guard message.fields(named: "References").isEmpty, message.fields(named: "In-Reply-To").isEmpty,
            message.fields(named: "Thread-Index").isEmpty, let subject = inspection.identities.subjects.first
        else { return [] }
        let text = subject.value.drop(while: \.isWhitespace).lowercased()
        guard Self.marks.contains(where: text.hasPrefix) else { return [] }
        return [
            Finding(
                "the subject is an answer's, and no message is named that it answers",
                .at(subject, "an answer to nothing"))
        ]
    }
}
