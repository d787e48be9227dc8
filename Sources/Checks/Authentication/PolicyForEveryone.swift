import Authentication
import Inspection
import Mail
import Phrases

struct PolicyForEveryone: Check {
    let about = About(
        "policy-for-everyone", .authentication, "the envelope's domain lets nearly everybody send for it",
        severity: .caution,
        why: """
            SPF passes, and would for almost any host: the policy ends in +all, or allows a network of millions of addresses. Domains \
            bought for a day publish that; so do owners who gave up on an error. The pass proves nothing.
            """,
        remedy: "Do not count the SPF pass; as the owner, name your own hosts.",
        references: [.rfc(7208, "11.1"), .rfc(7208, "5.1")],
        triggers: [
            Example(
                """
                Return-Path: <a@⟦example.com⟧>\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """, zone: "example.com. IN TXT \"v=spf1 +all\""),
            Example(
                """
                Return-Path: <a@⟦example.com⟧>\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """,
                zone:
                    "example.com. IN TXT \"v=spf1 include:_spf.example.com -all\"\n_spf.example.com. IN TXT \"v=spf1 ip4:192.0.0.0/8 -all\""
            ),
        ],
        passes: [
            Example(
                """
                Return-Path: <a@example.com>\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """, zone: "example.com. IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\"")
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let spf = inspection.authentications?.mailFrom, spf.result == .pass, let term = spf.decidingTerm,
            Self.isOpen(term)
        else { return [] }
        let evidence = inspection.bounceDomain?.range.map { [Evidence.bytes($0, label: "lets everybody send")] } ?? []
        let host = inspection.client.map { $0.addressEvidence("may send, like all others") } ?? []
        return [
            Finding(
                "SPF passes for \(spf.request.domain) by \(words: term), which lets nearly everybody send",
                evidence.isEmpty ? host : evidence)
        ]
    }

    /// `all`, or a network larger than any one owner's: 2²⁴ addresses of version 4, 2¹⁰⁴ of version 6.
    private static func isOpen(_ term: String) -> Bool {
        let term = (term.hasPrefix("+") ? String(term.dropFirst()) : term).lowercased()
        if term == "all" { return true }
        guard let slash = term.lastIndex(of: "/"), let length = Int(term[term.index(after: slash)...]) else {
            return false
        }
        return (term.hasPrefix("ip4:") && length <= 8) || (term.hasPrefix("ip6:") && length <= 24)
    }
}
