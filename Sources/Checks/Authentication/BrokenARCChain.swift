import Authentication
import Inspection
import Mail
import Phrases

struct BrokenARCChain: Check {
    let about = About(
        "broken-arc-chain", .authentication, "the chain of ARC seals does not hold",
        severity: .note,
        why: """
            Forwarders seal what they found. A seal that does not verify, a set that is missing, or a field changed since leave nothing \
            of what the sealers say. Servers behind the last sealer that change messages break chains daily.
            """,
        remedy: "Do not count what the sealers found.",
        references: [.rfc(8617, "5.2")],
        triggers: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                ARC-Seal:⟦ i=2; a=rsa-sha256; cv=pass; d=example.com; s=s; b=AAAA⟧\r
                ARC-Message-Signature: i=2; a=rsa-sha256; d=example.com; s=s; h=from; bh=AAAA; b=BBBB\r
                ARC-Authentication-Results: i=2; mx.example.com; spf=pass\r
                From: <a@example.com>\r\n\r\nText\r\n
                """, zone: "s._domainkey.example.com. IN TXT NXDOMAIN")
        ],
        passes: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\nText\r\n
                """, zone: "example.com. IN MX NXDOMAIN")
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let chain = inspection.authentications?.chain, chain.result == .fail, !chain.isOpen,
            let seal = inspection.message.fields(named: "ARC-Seal").first
        else { return [] }
        return [Finding("the ARC chain does not hold: \(chain.reason)", .bytes(seal.value, label: "does not hold"))]
    }
}
