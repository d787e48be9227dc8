import Inspection
import Mail
import Phrases

struct ContentElsewhere: Check {
    let about = About(
        "content-elsewhere", .content, "a part of the message is somewhere else",
        severity: .caution,
        why: """
            message/external-body names a place to fetch the content from, message/partial one piece of several messages. Both are \
            of the 1990s and go past every filter that looks at one message. It is not fetched and not joined here.
            """,
        remedy: "Do not fetch it; ask the sender for the file itself.",
        references: [.rfc(2046, "5.2.2"), .rfc(2046, "5.2.3")],
        triggers: [
            Example(
                "From: <a@example.com>\r\n⟦Content-Type: message/external-body; access-type=URL; URL=\"http://example.net/x\"⟧\r\n\r\n\r\n"
            ),
            Example("From: <a@example.com>\r\n⟦Content-Type: message/partial; id=x; number=1; total=2⟧\r\n\r\nx\r\n"),
        ],
        passes: [Example("From: <a@example.com>\r\nContent-Type: message/rfc822\r\n\r\nFrom: <b@example.com>\r\n\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.message.parts.prefix(1000).compactMap { part in
            let type = part.contentType
            guard type.type == "message", type.subtype == "external-body" || type.subtype == "partial",
                let field = part.fields.first(where: { part.source.bytes[$0.name].equalsASCII("content-type") })
            else { return nil }
            let names = type.subtype == "partial" ? ["number", "total", "id"] : ["access-type", "url", "site", "name"]
            let said = names.compactMap { name -> Phrase? in
                type.parameters[name].map { "\(term: name) \(words: $0.value, limit: 100)" }
            }
            return Finding(
                "part \(part.index) is \(words: type.mediaType): \(list: said)",
                .bytes(part.messageRange(of: field.name.lowerBound..<field.value.upperBound), label: "is elsewhere"))
        }
    }
}
