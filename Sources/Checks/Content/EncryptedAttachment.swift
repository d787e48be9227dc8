import Content
import Inspection
import Mail
import Phrases

struct EncryptedAttachment: Check {
    let about = About(
        "encrypted-attachment", .content, "a file that no filter can look into",
        severity: .caution,
        why: """
            What is encrypted cannot be looked into by any filter. People who send each other confidential files do that, \
            and give the password another way.
            """,
        remedy: "Open it only if you expected it.",
        references: [
            .page("MITRE ATT&CK T1027.013, Encrypted/Encoded File", "https://attack.mitre.org/techniques/T1027/013/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/octet-stream; name=⟦a.zip⟧\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBAoACQAAABIYdl2MsuviEwAAAAcAAAAFABwAcy50eHRVVAkAA9RaAmvUWgJrdXgLAAEEAAAAAAQAAAAA9Pw2xmXr82tZHnrF/z0vIohMrlBLBwiMsuviEwAAAAcAAABQSwECHgMKAAkAAAASGHZdjLLr4hMAAAAHAAAABQAYAAAAAAABAAAApIEAAAAAcy50eHRVVAUAA9RaAmt1eAsAAQQAAAAABAAAAABQSwUGAAAAAAEAAQBLAAAAYgAAAAAA\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: application/octet-stream; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBBQAAAAAAAAAIVzl6KJcBgAAAAYAAAAFAAAAcy50eHRzZWNyZXRQSwECFAMUAAAAAAAAACFc5eiiXAYAAAAGAAAABQAAAAAAAAAAAAAAgAEAAAAAcy50eHRQSwUGAAAAAAEAAQAzAAAAKQAAAAAA\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.attachments.compactMap { attachment in
            guard attachment.isEncrypted else { return nil }
            return Finding(
                "\(attachment.quotedName) is encrypted: nobody could look into it on the way",
                .bytes(attachment.range(in: inspection.message), label: "encrypted"))
        }
    }
}
