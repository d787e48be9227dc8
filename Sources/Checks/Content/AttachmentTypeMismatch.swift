import Content
import Inspection
import Mail
import Phrases

struct AttachmentTypeMismatch: Check {
    let about = About(
        "attachment-type-mismatch", .content, "a file that is not what its name says",
        severity: .caution,
        why: """
            Programs open a file by its name, or by its content, and differ. Renamed files are often honest, web pages \
            saved as .xls among them; a page named .pdf asks for a password.
            """,
        remedy: "Open it only with a program that you choose yourself.",
        references: [.rfc(2183, "2.3"), .rfc(2046, "4.5.1")],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/pdf; name=⟦a.pdf⟧\r\n\r\n<!DOCTYPE html><html>\r\n")
        ],
        passes: [
            Example("From: <a@example.com>\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4\r\n"),
            Example("From: <a@example.com>\r\nContent-Type: application/x-unknown; name=a.unknown\r\n\r\n%PDF-1.4\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.attachments.compactMap { attachment in
            guard let type = attachment.type, let name = attachment.name, let ending = attachment.fileExtension,
                FileType.knownExtensions.contains(ending), !type.extensions.contains(ending)
            else { return nil }
            return Finding(
                "\"\(words: name.value, limit: 80)\" is not what its name says: its content is \(Phrase(form: type.name))",
                .at(name, "content is \(Phrase(form: type.name))"))
        }
    }
}
