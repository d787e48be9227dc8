import Content
import Inspection
import Mail
import Phrases

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
        inspection.contents.texts.compactMap { text in
            guard let label = text.declared, text.isKnown else { return nil }
            if text.replacements > 0 {
                return Finding(
                    "\(text.replacements) {1:place|places} of part \(text.part) cannot be read as \(words: text.charset)",
                    .at(label, "the declared charset"))
            }
            // ASCII is what programs declare that do not look.
            guard let guessed = text.guessed, !label.value.utf8.equalsASCII("us-ascii") else { return nil }
            return Finding(
                "part \(text.part) says that it is in \(words: label.value), and its bytes are \(words: guessed)",
                .at(label, "the declared charset"))
        }
    }
}
