import Content
import Inspection
import Mail
import Phrases

struct PathInFileName: Check {
    let about = About(
        "path-in-file-name", .content, "a file name that is a path, or a device",
        severity: .caution,
        why: """
            A program that saves the file where its name says writes outside of the folder it was given, or into a device. Old mail \
            programs put the sender's folder into the name.
            """,
        remedy: "Save the file under a name of your own.",
        references: [.rfc(2183, "2.3"), .page("CWE-22", "https://cwe.mitre.org/data/definitions/22.html")],
        triggers: [
            Example("From: <a@example.com>\r\nContent-Type: text/x-sh; name=\"⟦../../etc/cron.d/x⟧\"\r\n\r\nx\r\n"),
            Example("From: <a@example.com>\r\nContent-Type: text/x-sh; name=⟦CON.txt⟧\r\n\r\nx\r\n"),
            Example("From: <a@example.com>\r\nContent-Type: text/x-sh; name=⟦a.txt::$DATA⟧\r\n\r\nx\r\n"),
        ],
        passes: [Example("From: <a@example.com>\r\nContent-Type: text/x-sh; name=contract.txt\r\n\r\nx\r\n")])

    /// Names that Windows keeps for devices, with any extension.
    private static let devices: Set<String> = [
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "lpt1", "lpt2", "lpt3",
    ]

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.attachments.compactMap { attachment in
            guard let name = attachment.name else { return nil }
            let text = name.value
            let stem = text.prefix { $0 != "." }.lowercased()
            let isPath = text.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 == 0 }
            let isEncoded = ["%2f", "%5c"].contains { text.lowercased().contains($0) }
            guard isPath || isEncoded || text.contains(":") || text.hasPrefix("~") || Self.devices.contains(stem) else {
                return nil
            }
            return Finding(
                "the file name \"\(words: text, limit: 120)\" is more than a name", .at(name, "leads elsewhere")
            )
        }
    }
}
