import Delivery
import Inspection
import Mail
import Phrases

struct HopBelowSubmission: Check {
    let about = About(
        "hop-below-submission", .trace, "hops below the one where the message was handed in",
        severity: .caution,
        why: """
            Where somebody logged in, or a web page took the message, it began: no server had it before. Hops below that were in the \
            message already, which is how forged routes look. Forwarding from one mailbox to another by a program looks so too.
            """,
        remedy: "Take the hops below for invented until you know the program that passed them on.",
        references: [.rfc(6409, "3.1"), .rfc(3848, "2")],
        triggers: [
            Example(
                """
                Received: from [192.0.2.1] by mail.example.com with ⟦ESMTPSA⟧; Fri, 20 Nov 2026 09:00:01 +0000\r
                Received: from a.example (a.example [198.51.100.7]) by ⟦relay.example.net⟧; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Received: from relay.example.com (relay.example.com [192.0.2.1]) by mx.example.net with ESMTPS; Fri, 20 Nov 2026 09:00:01 +0000\r
                Received: from [198.51.100.7] by relay.example.com with ESMTPSA; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let hops = inspection.trace.hops
        guard !inspection.identities.isFromList,
            let index = hops.indices.last(where: {
                hops[$0].isSubmission && hops[$0].peer.address?.value.isPublic == true
            }),
            let spoken = hops[index].authenticated ?? hops[index].transmission, index > 0
        else { return [] }
        let below = hops[index - 1]
        // A submission server's own helpers hand on before it stamps, and name themselves.
        guard let by = below.byDomain, let home = hops[index].byDomain?.value, !Provider.isSame(by.value, home),
            !hops[index].names(by.value), below.peer.address?.value.isPublic == true
        else { return [] }
        return [
            Finding(
                "\(home) took the message from somebody who handed it in there, and \(index) {2:hop|hops} below {2:says|say} that it came from elsewhere",
                .at(spoken, "handed in here"), .at(by, "claims to be before"))
        ]
    }
}
