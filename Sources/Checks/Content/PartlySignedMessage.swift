import Content
import Inspection
import Mail
import Phrases

struct PartlySignedMessage: Check {
    let about = About(
        "partly-signed-message", .content, "a signature that covers a part of what is shown",
        severity: .note,
        why: """
            A mail program may say of the whole message that it is signed, where only one part of it is. Mailing lists add a \
            footer outside of the signature; somebody else may add the text that matters.
            """,
        remedy: "Believe only what stands inside of the signed part.",
        references: [
            .rfc(8551, "3.5"),
            .rfc(3156, "5"),
            .page(
                "Johnny, you are fired! Spoofing OpenPGP and S/MIME signatures in emails",
                "https://www.usenix.org/conference/usenixsecurity19/presentation/muller"),
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/signed; boundary=c; protocol=\"application/pgp-signature\"\r\n\r\n--c\r\n\r\nsigned\r\n--c\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--c--\r\n--b\r\n\r\n⟦not signed at all⟧\r\n--b--\r\n"
            ),
            Example(
                "From: <a@example.com>\r\n\r\n⟦please pay\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\n\r\nhello\r\n-----BEGIN PGP SIGNATURE-----\r\nx\r\n-----END PGP SIGNATURE-----\r\n⟧"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/signed; boundary=c\r\n\r\n--c\r\n\r\nsigned\r\n--c\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--c--\r\n"
            ),
            Example(
                "From: <a@example.com>\r\n\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\n\r\nhello\r\n-----BEGIN PGP SIGNATURE-----\r\nx\r\n-----END PGP SIGNATURE-----\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let parts = inspection.message.parts
        var outside: [ByteRange] = []
        if let signed = parts.first(where: { $0.contentType.mediaType == "multipart/signed" }), signed.index > 0 {
            // What a part holds has a greater number, and the next part on its level an even greater one.
            let end = parts.first { $0.index > signed.index && $0.depth <= signed.depth }?.index ?? parts.count
            outside += inspection.contents.texts.filter { $0.part < signed.index || $0.part >= end }.compactMap {
                text in
                parts.indices.contains(text.part) ? parts[text.part].messageRange(of: parts[text.part].body) : nil
            }
        }
        for text in inspection.contents.texts where !text.isHTML && Self.hasTextOutside(text.shown) {
            if parts.indices.contains(text.part) {
                outside.append(parts[text.part].messageRange(of: parts[text.part].body))
            }
        }
        guard !outside.isEmpty else { return [] }
        return [
            Finding(
                "the message has a signature that covers a part of it only",
                outside.prefix(Report.maximumEvidence).map { .bytes($0, label: "not signed, or not all of it") },
                count: outside.count)
        ]
    }

    /// Whether words stand before or behind signed text in armour. RFC 9580 §7
    private static func hasTextOutside(_ text: String) -> Bool {
        guard text.contains(ascii: "-----BEGIN PGP SIGNED MESSAGE-----") else { return false }
        var isOutside = true
        var letters = 0
        let lines = text.utf8.split(maxSplits: 5000) { $0 == .lineFeed || $0 == .carriageReturn }
        for line in lines.prefix(5000) {
            if line.starts(with: "-----BEGIN PGP SIGNED MESSAGE".utf8) { isOutside = false }
            if isOutside { letters += line.count(where: \.isLetter) }
            if line.starts(with: "-----END PGP SIGNATURE".utf8) { isOutside = true }
        }
        return letters > 0
    }
}
