import Authentication
import Inspection
import Mail
import Phrases

struct SPFFail: Check {
    let about = About(
        "spf-fail", .authentication, "the envelope's domain says that this host may not send for it",
        severity: .caution,
        why: """
            The domain lists the hosts that send for it, and the one that handed the message over is not among them. Whoever forwards \
            mail without rewriting the envelope's sender looks the same.
            """,
        remedy: "Look whether the message was forwarded; else take the envelope's sender for invented.",
        references: [.rfc(7208, "2.6.4"), .rfc(7208, "D")],
        triggers: [
            Example(
                """
                Return-Path: <a@⟦example.com⟧>\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """, zone: "example.com. IN TXT \"v=spf1 ip4:198.51.100.1 -all\"")
        ],
        passes: [
            Example(
                """
                Return-Path: <a@example.com>\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """, zone: "example.com. IN TXT \"v=spf1 ip4:198.51.100.1 ~all\"")
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let spf = inspection.authentications?.mailFrom, spf.result == .fail else { return [] }
        let evidence = inspection.bounceDomain?.range.map { [Evidence.bytes($0, label: "the envelope's domain")] } ?? []
        let host = inspection.client.map { $0.addressEvidence("not among its hosts") } ?? []
        return [
            Finding(
                "\(spf.request.client) may not send for \(spf.request.domain): \(spf.reason)",
                evidence.isEmpty ? host : evidence)
        ]
    }
}
