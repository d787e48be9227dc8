import Content
import Mail

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

    /// Names under which Windows, and mail programs on it, run a file. The source's list, less documents and archives.
    static let extensions: Set<String> = [
        "exe", "scr", "com", "pif", "bat", "cmd", "cpl", "msi", "msp", "mst", "dll", "js", "jse", "vbs", "vbe", "wsf",
        "wsh", "ws", "hta", "ps1", "psm1", "lnk", "jar", "reg", "scf", "url", "msc", "gadget", "application",
        "appref-ms",
        "chm", "xll", "sct", "inf", "iso", "img", "vhd", "vhdx", "one",
    ]

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.attachments.compactMap { attachment in
            let runs = attachment.fileExtension.map(Self.extensions.contains) ?? false
            // Text may begin with the letters MZ; a part that says it is text is left to its name.
            let isProgram = attachment.type?.kind == .program && !attachment.declaredType.hasPrefix("text/")
            guard runs || isProgram else { return nil }
            let name = attachment.name.map { "\"\($0.value.printableLine.cut(to: 80))\"" } ?? "without a name"
            let what = attachment.type.map { $0.kind == .program ? ", by its content a \($0.name)" : "" } ?? ""
            let part = inspection.message.parts[attachment.part]
            return Finding(
                "the attachment \(name) runs when it is opened\(what)",
                .bytes(attachment.name?.range ?? part.place(of: part.header), label: "opens as a program"))
        }
    }
}
