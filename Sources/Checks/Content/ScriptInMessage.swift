import Content
import Inspection
import Mail
import Phrases

struct ScriptInMessage: Check {
    let about = About(
        "script-in-message", .content, "a script in the message",
        severity: .caution,
        why: """
            Mail programs run no scripts, so one is of use only where a part is saved and opened in a browser, or where a \
            program has a hole. Pages that somebody sent as a file, and systems that make mail of web pages, bring theirs \
            along.
            """,
        remedy: "Do not open the part in a browser.",
        references: [
            .page("HTML Living Standard", "https://html.spec.whatwg.org/multipage/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<script>⟦go()⟧</script>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<body onload=\"go()\">⟧\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<p>script</p>\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let scripts = inspection.contents.scripts
        guard !scripts.isEmpty else { return [] }
        let marks = ScriptMark.allCases.filter { mark in scripts.contains { $0.value.marks.contains(mark) } }
        let words: Phrase = marks.isEmpty ? "" : ": \(list: marks.map { Phrase(form: $0.rawValue) })"
        return [
            Finding(
                scripts.count == 1
                    ? "the message has a script\(words)" : "the message has \(scripts.count) scripts\(words)",
                scripts.prefix(Report.maximumEvidence).map { .bytes($0.range, label: "script") }, count: scripts.count)
        ]
    }
}
