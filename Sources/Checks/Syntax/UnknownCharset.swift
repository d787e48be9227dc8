import Content
import Inspection
import Mail
import Phrases

struct UnknownCharset: Check {
    let about = About(
        "unknown-charset", .syntax, "a text in a charset that is not known",
        severity: .caution,
        why: "Readers guess how such a text is meant, and guess differently. Misspelt names are the usual cause.",
        remedy: "Send the text in UTF-8 and say so.",
        references: [.rfc(2045, "2.4"), .rfc(2046, "4.1.2")],
        triggers: [Example("From: <a@example.com>\r\nContent-Type: text/plain; charset=⟦klingon⟧\r\n\r\nhello\r\n")],
        passes: [Example("From: <a@example.com>\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\nhello\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.texts.filter { !$0.isKnown }.compactMap { text in
            text.declared.map { label in
                Finding(
                    "the charset \"\(words: label.value)\" is not known; the text is read as \(words: text.charset)",
                    .at(label, "not known"))
            }
        }
    }
}
