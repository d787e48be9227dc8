import Authentication
import Inspection
import Mail
import Phrases

struct UnsignedEnd: Check {
    let about = About(
        "unsigned-end", .authentication, "the end of the body is not covered by the signature",
        severity: .caution,
        why: """
            The tag l= signs only the first bytes of the body, so that lists can add footers; anyone can add anything, and HTML can put it \
            in front of the rest. Few signers use it.
            """,
        remedy: "Judge what stands after the signed bytes by itself; as a signer, leave l= out.",
        references: [.rfc(6376, "8.2")],
        triggers: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; l=6; h=from; bh=AAAA; b=BBBB\r
                From: <a@example.com>\r\n\r\nText\r\n⟦More text\r\n⟧
                """, zone: "s._domainkey.example.com. IN TXT NXDOMAIN")
        ],
        passes: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; l=6; h=from; bh=AAAA; b=BBBB\r
                From: <a@example.com>\r\n\r\nText\r\n
                """, zone: "s._domainkey.example.com. IN TXT NXDOMAIN")
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        (inspection.authentications?.signatures ?? []).compactMap { one in
            guard let uncovered = one.uncovered, let domain = one.signature?.domain else { return nil }
            return Finding(
                "\(domain.value) signed the body without its last \(uncovered.count) bytes",
                [.bytes(uncovered, label: "not signed")])
        }
    }
}
