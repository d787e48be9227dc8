import Content
import Inspection
import Mail
import Phrases

struct HiddenText: Check {
    let about = About(
        "hidden-text", .content, "text that no reader sees",
        severity: .caution,
        why: """
            What is hidden is written for filters: harmless words that outweigh the others, or a text that only copying \
            shows. Newsletters hide the line that lists of messages preview, and what they show on other screens; those are \
            left out as far as they can be told.
            """,
        remedy: "Read the hidden text too; ask what it is for.",
        references: [
            .page("MITRE ATT&CK T1027, Obfuscated Files or Information", "https://attack.mitre.org/techniques/T1027/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<p>Pay now</p><p style=\"font-size:0\">⟦the meeting minutes of our garden club are attached⟧</p>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<p>Pay now</p><font color=\"#fefefe\">⟦the meeting minutes of our garden club are attached⟧</font>\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<div style=\"display:none\">What this newsletter is about, shown by lists of messages</div><p>Hello</p>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<p>Hello</p><div style=\"display:none\">for other screens</div>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<p>Pay now</p><table bgcolor=\"#003366\"><tr><td><font color=\"white\">the meeting minutes of our garden club</font></table>\r\n"
            ),
        ])

    /// Letters and digits of hidden text that a message may have: what is not displayed is often meant for another screen.
    private static let allowed = 30
    private static let allowedUndisplayed = 1000

    func findings(in inspection: Inspection) -> [Finding] {
        let all = inspection.contents.concealed.filter { !$0.value.isFirst }
        let undisplayed = all.filter { $0.value.concealment == .notDisplayed }
        let hidden = all.filter { $0.value.concealment != .notDisplayed }
        func letters(_ list: [Contents.Found<HTMLDocument.Concealed>]) -> Int {
            list.reduce(0) { $0.addingClamped($1.value.letters) }
        }
        var told: [Contents.Found<HTMLDocument.Concealed>] = []
        if letters(hidden) >= Self.allowed { told += hidden }
        if letters(undisplayed) >= Self.allowedUndisplayed { told += undisplayed }
        guard let first = told.max(by: { $0.value.letters < $1.value.letters }) else { return [] }
        let words = Words(first.value.text, limit: 60)
        return [
            Finding(
                "\(letters(told)) letters of text are hidden from the reader (\(Phrase(form: first.value.concealment.rawValue))): \"\(words)\"",
                told.prefix(Report.maximumEvidence).map {
                    .bytes($0.range, label: Phrase(form: $0.value.concealment.rawValue))
                }, count: told.count)
        ]
    }
}
