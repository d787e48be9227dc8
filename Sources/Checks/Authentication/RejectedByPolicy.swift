import Authentication
import Inspection
import Mail
import Phrases

struct RejectedByPolicy: Check {
    let about = About(
        "rejected-by-policy", .authentication, "the author's domain asks receivers to refuse this message",
        severity: .warning,
        why: """
            Neither SPF nor DKIM verifies the domain in From, and its owner publishes that such messages are not genuine. \
            Mailing lists and forwarders that change messages break signatures and are the innocent case; here nothing of the kind shows.
            """,
        remedy: "Take From for unproven; ask the sender in another way.",
        references: [.rfc(9989, "4.10"), .rfc(7208, "8.4")],
        triggers: [
            Example(
                """
                Return-Path: <a@example.org>\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@⟦example.com⟧>\r\n\r\n
                """,
                zone: """
                    _dmarc.example.com. IN TXT "v=DMARC1; p=reject"
                    example.org. IN TXT "v=spf1 -all"
                    """)
        ],
        passes: [
            Example(
                """
                Return-Path: <a@example.com>\r
                Received: from x.example.com (x.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """,
                zone: """
                    _dmarc.example.com. IN TXT "v=DMARC1; p=reject"
                    example.com. IN TXT "v=spf1 ip4:192.0.2.1 -all"
                    """),
            // Without an answer about SPF nothing is known.
            Example(
                """
                Return-Path: <a@example.org>\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """,
                zone: """
                    _dmarc.example.com. IN TXT "v=DMARC1; p=reject"
                    example.org. IN TXT TIMEOUT
                    """),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let found = inspection.authentications, let policy = found.policy, policy.result == .fail,
            let wish = policy.policy, wish != .none,
            let author = inspection.identities.from.lazy.compactMap(\.value.domain).first(where: {
                $0.value == policy.author
            }),
            !found.isOwnSignatureBroken, found.chain.result != .pass,
            inspection.message.fields(named: "List-Id").isEmpty
        else { return [] }
        return [
            Finding(
                "\(author.value) asks receivers to \(term: wish.rawValue) this message: \(policy.reason)",
                .at(author, "not verified"))
        ]
    }
}
