import Content
import Inspection
import Mail
import Phrases

struct PasswordBesideFile: Check {
    let about = About(
        "password-beside-file", .content, "an encrypted file and its password in one message",
        severity: .warning,
        why: """
            Encrypting keeps a file from those who have no password. With the password beside it, it is kept from filters \
            alone.
            """,
        remedy: "Do not open it.",
        references: [
            .page("MITRE ATT&CK T1027.013, Encrypted/Encoded File", "https://attack.mitre.org/techniques/T1027/013/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe Password is 1234\r\n--b\r\nContent-Type: application/zip; name=⟦a.zip⟧\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBAoACQAAABIYdl2MsuviEwAAAAcAAAAFABwAcy50eHRVVAkAA9RaAmvUWgJrdXgLAAEEAAAAAAQAAAAA9Pw2xmXr82tZHnrF/z0vIohMrlBLBwiMsuviEwAAAAcAAABQSwECHgMKAAkAAAASGHZdjLLr4hMAAAAHAAAABQAYAAAAAAABAAAApIEAAAAAcy50eHRVVAUAA9RaAmt1eAsAAQQAAAAABAAAAABQSwUGAAAAAAEAAQBLAAAAYgAAAAAA\r\n--b--\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBAoACQAAABIYdl2MsuviEwAAAAcAAAAFABwAcy50eHRVVAkAA9RaAmvUWgJrdXgLAAEEAAAAAAQAAAAA9Pw2xmXr82tZHnrF/z0vIohMrlBLBwiMsuviEwAAAAcAAABQSwECHgMKAAkAAAASGHZdjLLr4hMAAAAHAAAABQAYAAAAAAABAAAApIEAAAAAcy50eHRVVAUAA9RaAmt1eAsAAQQAAAAABAAAAABQSwUGAAAAAAEAAQBLAAAAYgAAAAAA\r\n--b--\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe password is 1234\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBBQAAAAAAAAAIVzl6KJcBgAAAAYAAAAFAAAAcy50eHRzZWNyZXRQSwECFAMUAAAAAAAAACFc5eiiXAYAAAAGAAAABQAAAAAAAAAAAAAAgAEAAAAAcy50eHRQSwUGAAAAAAEAAQAzAAAAKQAAAAAA\r\n--b--\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let files = inspection.contents.attachments.filter(\.isEncrypted)
        guard let first = files.first,
            let word = inspection.contents.texts.lazy.compactMap({ Self.word(in: $0.shown) }).first
        else { return [] }
        return [
            Finding(
                "\(first.quotedName) is encrypted, and the text speaks of its password (\"\(words: word)\")",
                files.prefix(Report.maximumEvidence).map {
                    .bytes($0.range(in: inspection.message), label: "encrypted")
                },
                count: files.count)
        ]
    }

    private static let words = [
        "password", "passcode", "passwd", "pass:", "pw:", "pwd:", "passwort", "kennwort", "mot de passe", "contraseña",
        "senha",
        "парол", "hasło", "wachtwoord", "lösenord", "salasana", "heslo", "şifre", "κωδικός", "密码", "パスワード", "비밀번호",
    ]

    private static func word(in text: String) -> String? {
        let text = text.lowercased()
        return words.first { text.contains($0) }
    }
}
