import Inspection
import Mail
import Phrases

struct MixedScripts: Check {
    let about = About(
        "mixed-scripts", .identity, "letters of other alphabets among those of a word",
        severity: .warning,
        why: """
            A Cyrillic о in a word of Latin letters looks as it should and is another word to a filter, and another name to \
            a list of names. No keyboard mixes them by accident.
            """,
        remedy: "Take the name for an imitation.",
        references: [
            .page(
                "UTS #39 §5.1, Mixed-Script Detection", "https://www.unicode.org/reports/tr39/#Mixed_Script_Detection")
        ],
        triggers: [
            Example(
                "From: ⟦=?utf-8?Q?C=D0=BEurt?= Clerk⟧ <x@example.net>\r\n\r\n"
            ),
            Example(
                "From: <x@example.net>\r\nSubject: ⟦Υοur acсount⟧\r\n\r\n"
            ),
        ],
        passes: [
            Example(
                "From: =?utf-8?Q?Ren=C3=A9?= <a@example.com>\r\nSubject: Привет from Москва\r\n\r\n"
            ),
            Example(
                "From: 山田 Taro さん <a@example.com>\r\nSubject: 5 µm, α-Test, T-Shirt-Größe\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.identities.unplainTexts.compactMap { what, text in
            guard let word = Script.mixedWord(in: text.value) else { return nil }
            return Finding(
                "the \(Phrase(form: what)) mixes alphabets within a word: \(words: word, limit: 60)",
                .at(text, "letters that look alike"))
        }
    }
}
