import Inspection
import Mail
import Phrases

struct EncodedComposite: Check {
    let about = About(
        "encoded-composite", .syntax, "a message or multipart that is encoded as a whole",
        severity: .note,
        why: """
            Parts that hold parts may not be encoded: filters and readers that keep to the rule see no parts, others decode them. \
            Some gateways encode attached messages all the same.
            """,
        remedy: "Send the part as 7bit or 8bit, and encode what is in it.",
        references: [.rfc(2045, "6.4"), .rfc(2046, "5.2.1")],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: message/rfc822\r\n⟦Content-Transfer-Encoding: base64⟧\r\n\r\nRnJvbTogYg0KDQo=\r\n"
            )
        ],
        passes: [Example("From: <a@example.com>\r\nContent-Type: message/rfc822\r\n\r\nFrom: <b@example.com>\r\n\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.message.parts.compactMap { part in
            guard !part.encoding.isIdentity, part.contentType.isMessage || part.contentType.isMultipart,
                let field = part.fields.first(where: {
                    part.source.bytes[$0.name].equalsASCII("content-transfer-encoding")
                })
            else { return nil }
            return Finding(
                "the \(words: part.contentType.mediaType) part \(part.index) is encoded in \(Phrase(form: part.encoding.rawValue))",
                .bytes(
                    part.messageRange(of: field.name.lowerBound..<field.value.upperBound), label: "encodes other parts")
            )
        }
    }
}
