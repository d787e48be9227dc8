import Content
import Inspection
import Mail
import Phrases

struct MacrosInDocument: Check {
    let about = About(
        "macros-in-document", .content, "a document with a program in it",
        severity: .warning,
        why: """
            Macros run when a reader allows it, and documents that come by mail ask for that. Offices that send each other \
            such documents know that they do.
            """,
        remedy: "Do not open it, or do not enable its content, unless you expected it.",
        references: [
            .page("MITRE ATT&CK T1137.001, Office Template Macros", "https://attack.mitre.org/techniques/T1137/001/"),
            .page(
                "Microsoft: Macros from the internet are blocked by default in Office",
                "https://learn.microsoft.com/en-us/microsoft-365-apps/security/internet-macros-blocked"),
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/octet-stream; name=⟦a.docm⟧\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBBQAAAAAAAAAIVwrhCYSBAAAAAQAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbDx4Lz5QSwMEFAAAAAAAAAAhXIMW3IwBAAAAAQAAABMAAAB3b3JkL3ZiYVByb2plY3QuYmlueFBLAQIUAxQAAAAAAAAAIVwrhCYSBAAAAAQAAAATAAAAAAAAAAAAAACAAQAAAABbQ29udGVudF9UeXBlc10ueG1sUEsBAhQDFAAAAAAAAAAhXIMW3IwBAAAAAQAAABMAAAAAAAAAAAAAAIABNQAAAHdvcmQvdmJhUHJvamVjdC5iaW5QSwUGAAAAAAIAAgCCAAAAZwAAAAAA\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/octet-stream; name=a.docx\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBBQAAAAAAAAAIVwrhCYSBAAAAAQAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbDx4Lz5QSwMEFAAAAAAAAAAhXIMW3IwBAAAAAQAAABEAAAB3b3JkL2RvY3VtZW50LnhtbHhQSwECFAMUAAAAAAAAACFcK4QmEgQAAAAEAAAAEwAAAAAAAAAAAAAAgAEAAAAAW0NvbnRlbnRfVHlwZXNdLnhtbFBLAQIUAxQAAAAAAAAAIVyDFtyMAQAAAAEAAAARAAAAAAAAAAAAAACAATUAAAB3b3JkL2RvY3VtZW50LnhtbFBLBQYAAAAAAgACAIAAAABlAAAAAAA=\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.attachments.compactMap { attachment in
            let marks = attachment.marks.filter { [.macros, .oldMacros, .externalTemplate].contains($0) }
            guard !marks.isEmpty else { return nil }
            return Finding(
                "the document \(attachment.quotedName) \(Phrase.joined(marks.map { Phrase(form: $0.rawValue) }, by: " and "))",
                .bytes(attachment.range(in: inspection.message), label: "has a program in it"))
        }
    }
}
