import Content
import Inspection
import Mail
import Phrases

struct ProgramInArchive: Check {
    let about = About(
        "program-in-archive", .content, "a program inside of an archive",
        severity: .warning,
        why: """
            Programs are not let through by mail filters, so they are put into archives. Developers send each other such \
            archives, and know it.
            """,
        remedy: "Do not unpack it.",
        references: [
            .page("MITRE ATT&CK T1027.015, Compression", "https://attack.mitre.org/techniques/T1027/015/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/octet-stream; name=⟦a.zip⟧\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBBQAAAAAAAAAIVxdm7CPAgAAAAIAAAAPAAAAaW52b2ljZS5wZGYuZXhlTVpQSwECFAMUAAAAAAAAACFcXZuwjwIAAAACAAAADwAAAAAAAAAAAAAAgAEAAAAAaW52b2ljZS5wZGYuZXhlUEsFBgAAAAABAAEAPQAAAC8AAAAAAA==\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: application/octet-stream; name=⟦a.zip⟧\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBBQAAAAAAAAAIVzh8qvMbwAAAG8AAAAFAAAAYi56aXBQSwMEFAAAAAAAAAAhXIMW3IwBAAAAAQAAAAYAAABydW4uanN4UEsBAhQDFAAAAAAAAAAhXIMW3IwBAAAAAQAAAAYAAAAAAAAAAAAAAIABAAAAAHJ1bi5qc1BLBQYAAAAAAQABADQAAAAlAAAAAABQSwECFAMUAAAAAAAAACFc4fKrzG8AAABvAAAABQAAAAAAAAAAAAAAgAEAAAAAYi56aXBQSwUGAAAAAAEAAQAzAAAAkgAAAAAA\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/octet-stream; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBBQAAAAAAAAAIVyiulnpCAAAAAgAAAALAAAAaW52b2ljZS5wZGYlUERGLTEuNFBLAQIUAxQAAAAAAAAAIVyiulnpCAAAAAgAAAALAAAAAAAAAAAAAACAAQAAAABpbnZvaWNlLnBkZlBLBQYAAAAAAQABADkAAAAxAAAAAAA=\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.attachments.compactMap { attachment in
            guard let archive = attachment.archive, !attachment.isPackage else { return nil }
            let programs = archive.entries.filter { entry in
                let ending = entry.name?.split(separator: ".").last?.lowercased() ?? ""
                return entry.type?.kind == .program
                    || (entry.name?.contains(".") == true && FileType.runs(ending))
            }
            guard let first = programs.first else { return nil }
            let name: Phrase = first.name.map { "\"\(words: $0, limit: 80)\"" } ?? "one without a name"
            let more: Phrase = programs.count > 1 ? " and \(programs.count - 1) more" : ""
            return Finding(
                "the archive \(attachment.quotedName) holds a program: \(name)\(more)",
                .bytes(attachment.range(in: inspection.message), label: "holds a program"))
        }
    }
}
