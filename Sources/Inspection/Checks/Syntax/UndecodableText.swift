import Content
import Mail

struct UndecodableText: Check {
    let about = About(
        "undecodable-text", .syntax, "a text that is not in the charset it names",
        severity: .caution,
        why: """
            Some bytes mean nothing in the charset that the part declares. A wrong label, or text cut in the middle of \
            a character, are the honest causes; words broken up this way escape filters.
            """,
        remedy: "Declare the charset that the text is in.",
        references: [.rfc(2046, "4.1.2")],
        triggers: [
            Example("From: <a@example.com>\r\nContent-Type: text/plain; charset=⟦utf-8⟧\r\n\r\ncaf\u{F7E9} au lait\r\n")
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\ncaf\u{F7E9} au lait\r\n")
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.texts.filter { $0.replacements > 0 }.compactMap { text in
            inspection.message.parts[text.part].charset.map { charset in
                Finding(
                    "\(text.replacements) place\(text.replacements == 1 ? "" : "s") of part \(text.part) cannot be read as \(text.charset)",
                    .at(charset.label, "the declared charset"))
            }
        }
    }
}
