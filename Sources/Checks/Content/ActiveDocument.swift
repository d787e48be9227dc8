import Content
import Inspection
import Mail
import Phrases

struct ActiveDocument: Check {
    let about = About(
        "active-document", .content, "a PDF document that does something by itself",
        severity: .caution,
        why: """
            A PDF document may have scripts, start programs, carry files and send off what is typed into it. Forms of \
            offices have scripts; a letter or an invoice needs none of that.
            """,
        remedy: "Open it, if at all, in a viewer that runs no scripts.",
        references: [
            .page(
                "ISO 32000-1 §12.6, Actions",
                "https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/pdf; name=⟦a.pdf⟧\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQKMSAwIG9iajw8L09wZW5BY3Rpb248PC9TL0ojNjF2YVNjcmlwdC9KUyh4KT4+Pj4K\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZy9BPDwvVVJJKGh0dHBzOi8vZXhhbXBsZS5jb20vKT4+Pj4K\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.attachments.compactMap { attachment in
            guard attachment.type?.extensions.first == "pdf" else { return nil }
            // What is done on opening is most often to choose a page; a script or a program is more.
            let marks = attachment.marks.filter { [.script, .startsProgram, .form, .embedded].contains($0) }
            guard !marks.isEmpty else { return nil }
            let all = attachment.marks.map { Phrase(form: $0.rawValue) }
            return Finding(
                "the document \(attachment.quotedName) \(list: all)",
                .bytes(attachment.range(in: inspection.message), label: "does something by itself"))
        }
    }
}
