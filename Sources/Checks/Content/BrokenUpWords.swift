import Content
import Inspection
import Mail
import Phrases

struct BrokenUpWords: Check {
    let about = About(
        "broken-up-words", .content, "words broken up by what no reader sees",
        severity: .warning,
        why: """
            Filters look for words; a reader sees none of the hidden letters or of the characters without width between the \
            letters. Long words are given places to break at like that too, so a few are nothing.
            """,
        remedy: "Take the message for one that hides from filters.",
        references: [
            .page(
                "Unicode Technical Report #36 §3.6, Secure Encoding Conversion and deletion of code points",
                "https://www.unicode.org/reports/tr36/#Deletion_of_Noncharacters")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<p>pass<span style=\"font-size:0\">⟦xqz⟧</span>word</p>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦a&#8203;c&#8203;c&#8203;o&#8203;u&#8203;n&#8203;t\r\n⟧"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<p>pass <span style=\"font-size:0\">xqz</span> word</p>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\nDonau&#8203;dampfschiff\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\nمی&#8204;خواهم می&#8204;خواهم می&#8204;خواهم می&#8204;خواهم\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let contents = inspection.contents
        let hidden = contents.concealed.filter(\.value.isInWord)
        let splits = contents.splits.count >= 4 ? contents.splits : (ranges: [], count: 0)
        guard !hidden.isEmpty || splits.count > 0 else { return [] }
        let evidence: [Evidence] =
            hidden.map { .bytes($0.range, label: "hidden inside of a word") }
            + splits.ranges.map { .bytes($0, label: "has characters without width inside of words") }
        return [
            Finding(
                "words are broken up in \(hidden.count.addingClamped(splits.count)) places by what no reader sees",
                Array(evidence.prefix(Report.maximumEvidence)), count: evidence.count)
        ]
    }
}
