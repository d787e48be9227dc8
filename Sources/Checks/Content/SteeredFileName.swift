import Content
import Inspection
import Mail
import Phrases

struct SteeredFileName: Check {
    let about = About(
        "steered-file-name", .content, "a file name with characters that change how it looks",
        severity: .warning,
        why: """
            A direction mark turns the end of a name around: what is shown as "exe.pdf" ends in "fdp.exe". Control \
            characters hide what follows. Names in right-to-left scripts rarely need such marks.
            """,
        remedy: "Read the name with its hidden characters shown before you open the file.",
        references: [
            .page("MITRE ATT&CK T1036.002, Right-to-Left Override", "https://attack.mitre.org/techniques/T1036/002/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/octet-stream; name=\"⟦invoice\u{202E}fdp.exe⟧\"\r\n\r\nx\r\n"
            )
        ],
        passes: [
            Example("From: <a@example.com>\r\nContent-Type: application/octet-stream; name=\"счёт.pdf\"\r\n\r\nx\r\n")
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.attachments.compactMap { attachment in
            guard let name = attachment.name,
                let scalar = name.value.unicodeScalars.first(where: {
                    $0.steers && $0 != "\u{FE0F}" && $0.properties.generalCategory != .unassigned
                        && $0.properties.generalCategory != .privateUse
                })
            else { return nil }
            return Finding(
                "the file name \"\(words: name.value, limit: 120)\" contains U+\(term: String(scalar.value, radix: 16, uppercase: true))",
                .at(name, "has hidden characters"))
        }
    }
}
