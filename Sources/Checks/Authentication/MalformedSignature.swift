import Authentication
import Inspection
import Mail
import Phrases

struct MalformedSignature: Check {
    let about = About(
        "malformed-signature", .authentication, "a DKIM-Signature breaks the rules of its field",
        severity: .caution,
        why: """
            A tag that stands twice, a selector with a NUL in it, a domain with a bracket: verifiers differ on what they make of such a \
            field, and some write it into their results as it is. Careless programs make broken fields, too.
            """,
        remedy: "Count the signature for nothing.",
        references: [.rfc(6376, "6.1.1"), .rfc(6376, "3.5")],
        triggers: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=rsa-sha256; d=⟦bank.example(.attack.test⟧; s=s; h=from; bh=AAAA; b=BBBB\r
                From: <a@example.com>\r\n\r\nText\r\n
                """, zone: "example.com. IN MX NXDOMAIN"),
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=⟦s._domainkey.attack.test.\u{0}.x⟧; h=from; bh=AAAA; b=BBBB\r
                From: <a@example.com>\r\n\r\nText\r\n
                """, zone: "example.com. IN MX NXDOMAIN"),
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; i=⟦@other.example⟧; h=from; bh=AAAA; b=BBBB\r
                From: <a@example.com>\r\n\r\nText\r\n
                """, zone: "example.com. IN MX NXDOMAIN"),
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
            guard let fault = one.fault else { return nil }
            return Finding(
                "a DKIM-Signature breaks the rules: \(one.reason)", [.bytes(fault, label: "breaks the rules")])
        }
    }
}
