import Delivery
import Inspection
import Mail
import Phrases

struct UnsupportedIdentity: Check {
    let about = About(
        "unsupported-identity", .identity, "nothing in the message but From speaks for the sender's domain",
        severity: .warning,
        why: """
            Bounces, the message's id and the answers all belong to others, and the sender's domain signed nothing. Each \
            alone is common; together they are what a message in another's name looks like. Small newsletters sent \
            through a service that was never set up look so too.
            """,
        remedy: "Ask the sender over another channel whether they wrote this.",
        references: [.rfc(9989, "4.4"), .rfc(5322, "3.6.2")],
        triggers: [
            Example(
                """
                Return-Path: <b@example.net>\r
                Received: from x.example.net (x.example.net [192.0.2.1]) by mx.example.org; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@⟦example.com⟧>\r
                Reply-To: <c@⟦example.org⟧>\r
                Message-ID: <1@⟦example.net⟧>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Return-Path: <b@example.net>\r
                Received: from x.example.net (x.example.net [192.0.2.1]) by mx.example.org; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r
                Message-ID: <1@example.net>\r\n\r\n
                """),
            Example(
                """
                Return-Path: <b@example.net>\r
                Received: from x.example.net (x.example.net [192.0.2.1]) by mx.example.org; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; d=example.com; s=x; h=from; bh=; b=\r
                From: <a@example.com>\r
                Reply-To: <c@example.org>\r
                Message-ID: <1@example.net>\r\n\r\n
                """),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let identities = inspection.identities
        guard inspection.isSent, !identities.isFromList, !identities.isAutomatic, let from = identities.authorDomain,
            let (path, _) = inspection.bounceDomain, !path.isSameOrganisation(as: from.value),
            let reply = identities.replyTo.first?.value.domain, !reply.value.isSameOrganisation(as: from.value),
            let first = identities.messageIDs.first, case .success(let id) = first.id,
            !id.right.value.isSameOrganisation(as: from.value),
            !identities.signatures.contains(where: { $0.signature.domain.value.isSameOrganisation(as: from.value) }),
            !Self.passedThrough(from.value, inspection.trace)
        else { return [] }
        return [
            Finding(
                "nothing but the From field speaks for \(from.value): bounces, answers and the message's id belong to others, and it signed nothing",
                .at(from, "says it is from here"), .at(reply, "answers go here"), .at(id.right, "the id was made here"))
        ]
    }

    private static func passedThrough(_ domain: Domain, _ trace: Trace) -> Bool {
        trace.hops.filter(\.trust.isOurs).contains { hop in
            [hop.byDomain?.value, hop.peer.name.domain?.value].compactMap { $0 }.contains {
                $0.isSameOrganisation(as: domain)
            }
        }
    }
}
