import Content
import Inspection
import Mail
import Phrases

struct OtherCharsetInPage: Check {
    let about = About(
        "other-charset-in-page", .content, "a page that names another charset than it is in",
        severity: .note,
        why: """
            Mail programs go by the charset of the part. A browser that the page is saved for goes by what the page says, \
            and reads other characters then; with UTF-7 even other tags. Most often a program changed the charset and left \
            the page alone.
            """,
        remedy: "Read the part as its header says.",
        references: [
            .page("HTML Living Standard §4.2.5.4", "https://html.spec.whatwg.org/multipage/semantics.html#charset"),
            .rfc(2045, "5.2"),
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<meta charset=utf-7>⟧x\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<meta charset=utf-8>x\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<p>x\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let pages = inspection.contents.otherCharsets
        guard let first = pages.first else { return [] }
        let charset = inspection.contents.texts.first { $0.part == first.part }?.charset
        let used: Phrase = charset.map { "\(words: $0)" } ?? "another one"
        return [
            Finding(
                "a page says that it is in \(words: first.value, limit: 40) and is in \(used)",
                pages.prefix(Report.maximumEvidence).map { .bytes($0.range, label: "another charset") },
                count: pages.count)
        ]
    }
}
