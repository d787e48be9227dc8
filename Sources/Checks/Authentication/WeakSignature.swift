import Authentication
import Inspection
import Mail
import Phrases

struct WeakSignature: Check {
    let about = About(
        "weak-signature", .authentication, "a DKIM signature proves nothing any more",
        severity: .note,
        why: """
            SHA-1 and RSA keys below 1024 bits can be broken, so receivers do not count such signatures. Old servers still make them.
            """,
        remedy: "Sign with rsa-sha256 and a key of 2048 bits, or with ed25519-sha256 beside it.",
        references: [.rfc(8301, "3"), .rfc(8463, "4")],
        triggers: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=rsa-sha256; d=⟦example.com⟧; s=s; h=from; bh=AAAA; b=BBBB\r
                From: <a@example.com>\r\n\r\nText\r\n
                """,
                zone:
                    "s._domainkey.example.com. IN TXT \"v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANDiE2+Xi/WnO+s120NiiJhNyIButVu6zxqlVzz0wy2j4kQVUC4ZRZD80IY+4wIiX2YxKBZKGnd2TtPkcJ/ljkUCAwEAAQ==\""
            )
        ],
        passes: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=AAAA; b=BBBB\r
                From: <a@example.com>\r\n\r\nText\r\n
                """, zone: "s._domainkey.example.com. IN TXT NXDOMAIN")
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        (inspection.authentications?.signatures ?? []).compactMap { one in
            guard one.isWeak, let domain = one.signature?.domain else { return nil }
            return Finding("the signature of \(domain.value) is weak: \(one.reason)", .at(domain, "says it signed"))
        }
    }
}
