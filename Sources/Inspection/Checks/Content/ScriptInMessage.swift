import Content
import Mail

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
        let words = marks.isEmpty ? "" : ": " + marks.map(\.rawValue).joined(separator: ", ")
        return [
            Finding(
                scripts.count == 1
                    ? "the message has a script\(words)" : "the message has \(scripts.count) scripts\(words)",
                scripts.prefix(Report.maximumPlaces).map { .bytes($0.place, label: "script") }, places: scripts.count)
        ]
    }
}
