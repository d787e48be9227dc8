import Authentication
import Inspection
import Mail
import Phrases

struct BrokenSignature: Check {
    let about = About(
        "broken-signature", .authentication, "a DKIM signature does not fit the message",
        severity: .note,
        why: """
            What was signed is not what is here, or the key is another one now. Lists add footers, gateways rewrite links, programs save \
            mail in another form; so does whoever changes a message on the way.
            """,
        remedy: "Ask the signer for the message as it was sent, where the difference matters.",
        references: [.rfc(6376, "6.1.3"), .rfc(6377, "3.3")],
        triggers: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=ed25519-sha256; d=⟦football.example.com⟧; s=brisbane; h=from; bh=AAAA; b=BBBB\r
                From: <a@example.com>\r\n\r\nText\r\n
                """,
                zone:
                    "brisbane._domainkey.football.example.com. IN TXT \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\""
            )
        ],
        passes: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=ed25519-sha256; d=football.example.com; s=brisbane; h=from; bh=AAAA; b=BBBB\r
                From: <a@example.com>\r\n\r\nText\r\n
                """, zone: "brisbane._domainkey.football.example.com. IN TXT NXDOMAIN")
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        (inspection.authentications?.signatures ?? []).compactMap { one in
            guard one.result == .fail, let domain = one.signature?.domain else { return nil }
            return Finding(
                "the signature of \(domain.value) does not fit: \(one.reason)", .at(domain, "says it signed"))
        }
    }
}
