import Content
import Inspection
import Mail
import Phrases

struct HTMLSmuggling: Check {
    let about = About(
        "html-smuggling", .content, "a page that puts a file together in the browser",
        severity: .alarm,
        why: """
            A script that decodes data, makes a file of it and has the browser save it brings a program past every filter \
            that looks at attachments. No honest message needs that.
            """,
        remedy: "Do not open the part; report it.",
        references: [
            .page("MITRE ATT&CK T1027.006, HTML Smuggling", "https://attack.mitre.org/techniques/T1027/006/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<script>⟦var b=new Blob([atob(x)]);a.href=URL.createObjectURL(b);a.download=\"x.iso\"⟧</script>\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<script>document.write(1)</script>\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let scripts = inspection.contents.scripts.filter {
            $0.value.marks.contains(.decodesData)
                && ($0.value.marks.contains(.makesFile) || $0.value.marks.contains(.savesFile))
        }
        guard let first = scripts.first else { return [] }
        return [
            Finding(
                "a script \(list: first.value.marks.map { Phrase(form: $0.rawValue) }): it can bring a file along that no filter saw",
                scripts.prefix(Report.maximumEvidence).map { .bytes($0.range, label: "puts a file together") },
                count: scripts.count)
        ]
    }
}
