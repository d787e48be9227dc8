import Content
import Inspection
import Mail
import Phrases

struct DoubleExtension: Check {
    let about = About(
        "double-extension", .content, "a file name that hides a program behind a document's ending",
        severity: .alarm,
        why: """
            Windows hides known endings, so "invoice.pdf.exe" is shown as "invoice.pdf". Nobody names a file so by \
            accident.
            """,
        remedy: "Do not open it.",
        references: [
            .page("MITRE ATT&CK T1036.007, Double File Extension", "https://attack.mitre.org/techniques/T1036/007/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/octet-stream; name=\"⟦invoice.pdf.exe⟧\"\r\n\r\nx\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: application/octet-stream; name=\"⟦photo.jpg       .scr⟧\"\r\n\r\nx\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/octet-stream; name=\"backup.tar.gz\"\r\n\r\nx\r\n"),
            Example("From: <a@example.com>\r\nContent-Type: application/octet-stream; name=\"v1.2.exe\"\r\n\r\nx\r\n"),
        ])

    private static let harmless: Set<String> = [
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "rtf", "jpg", "jpeg", "png", "gif", "bmp", "mp3",
        "mp4",
        "avi", "zip", "htm", "html", "csv", "odt", "ods",
    ]

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.attachments.compactMap { attachment in
            guard let name = attachment.name, let last = attachment.fileExtension,
                FileType.runs(last)
            else { return nil }
            let pieces = name.value.lowercased().split(separator: ".").map { $0.filter { !$0.isWhitespace } }
            guard pieces.count > 2, let before = pieces.dropLast().last, Self.harmless.contains(before) else {
                return nil
            }
            return Finding(
                "the file name \"\(words: name.value, limit: 80)\" looks like a .\(words: before) and is a .\(words: last)",
                .at(name, "ends in .\(words: last)"))
        }
    }
}
