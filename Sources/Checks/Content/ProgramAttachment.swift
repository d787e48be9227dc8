import Content
import Inspection
import Mail
import Phrases

struct ProgramAttachment: Check {
    let about = About(
        "program-attachment", .content, "an attachment that runs when it is opened",
        severity: .alarm,
        why: """
            Opening such a file gives its sender the reader's computer. Mail providers have refused programs for years, \
            so hardly anyone sends one honestly.
            """,
        remedy: "Do not open it. Have it looked at by somebody whose trade that is.",
        references: [
            .page(
                "Microsoft: blocked attachments in Outlook",
                "https://support.microsoft.com/office/blocked-attachments-in-outlook-434752e1-02d3-4e90-9124-8b81e49a8519"
            )
        ],
        triggers: [
            Example("From: <a@example.com>\r\nContent-Type: application/octet-stream; name=⟦setup.exe⟧\r\n\r\nMZ\r\n"),
            Example(
                "From: <a@example.com>\r\nContent-Type: application/pdf; name=⟦a.pdf⟧\r\nContent-Transfer-Encoding: base64\r\n\r\nTVqQAAMAAAA=\r\n"
            ),
        ],
        passes: [
            Example("From: <a@example.com>\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4\r\n"),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/plain; name=notes.txt\r\n\r\nMZ is how programs begin\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.attachments.compactMap { attachment in
            let runs = attachment.fileExtension.map(FileType.runs) ?? false
            // Text may begin with the letters MZ; a part that says it is text is left to its name.
            let isProgram = attachment.type?.kind == .program && !attachment.declaredType.hasPrefix("text/")
            guard runs || isProgram else { return nil }
            let name: Phrase = attachment.name.map { "\"\(words: $0.value, limit: 80)\"" } ?? "without a name"
            let program = attachment.type.flatMap { $0.kind == .program ? $0.name : nil }
            let what: Phrase = program.map { ", by its content a \(Phrase(form: $0))" } ?? ""
            let part = inspection.message.parts[attachment.part]
            return Finding(
                "the attachment \(name) runs when it is opened\(what)",
                .bytes(attachment.name?.range ?? part.messageRange(of: part.header), label: "opens as a program"))
        }
    }
}
