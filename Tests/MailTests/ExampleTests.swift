import Mail
import Phrases
import Testing

/// The worked example of the documentation, as a user of the library writes it.
@Test func workedExample() {
    let bytes = Array(
        """
        From: "Ann" <ann@example.com>
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8

        hello
        --b
        Content-Type: application/pdf; name=a.pdf
        Content-Type: text/html
        Content-Transfer-Encoding: base64

        JVBERi0=
        --b--

        """.utf8)
    let message = Message(Source(bytes))
    var lines: [String] = []

    for case .success(let list) in message[.from] {
        for mailbox in list.mailboxes {
            lines.append("\(mailbox.value.displayName?.value ?? "") \(mailbox.value.spec) \(mailbox.range)")
        }
    }
    for part in message.parts {
        if part.contentType.isText {
            let text = part.decodedText()
            lines.append("\(part.contentType.mediaType) \(text.used.name) \(text.text.count)")
        } else if part.isLeaf {
            lines.append("\(part.contentType.mediaType) \(part.fileName?.value ?? "") \(part.decoded().bytes.count)")
        }
    }
    for ambiguity in message.ambiguities {
        for reading in ambiguity.readings {
            lines.append("\(ambiguity.kind) \(reading.rule): \(reading.shows)")
        }
    }
    #expect(
        lines == [
            "Ann ann@example.com 6..<29", "text/plain utf-8 5", "application/pdf a.pdf 5",
            "mediaType the first of 2 fields: application/pdf; name=a.pdf", "mediaType the last of 2 fields: text/html",
        ])
}
