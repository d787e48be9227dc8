import Delivery
import Inspection
import Mail
import Phrases

struct BrokenHopLink: Check {
    let about = About(
        "broken-hop-link", .trace, "a hop was not received from the server that wrote the hop before it",
        severity: .note,
        why: """
            Each server names itself in `by`, and the next one says `from` whom it took the message. Invented hops \
            seldom fit. Honest ones break the chain as well: a server may be known by several names or leave through \
            another address, and some providers hide their own machines.
            """,
        remedy: "Trust only the hops above the break.",
        references: [.rfc(5321, "4.4")],
        triggers: [
            Example(
                """
                Received: from ⟦mail.example.net⟧ (mail.example.net [192.0.2.1]) by mx.example.org; Fri, 20 Nov 2026 09:00:01 +0000\r
                Received: from [198.51.100.7] by ⟦relay.example.com⟧; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Received: from out.example.com (out.example.com [192.0.2.1]) by mx.example.org; Fri, 20 Nov 2026 09:00:01 +0000\r
                Received: from [198.51.100.7] by relay.example.com; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let hops = inspection.trace.hops
        return zip(hops, hops.dropFirst()).compactMap { older, newer in
            guard newer.isUnlinked(to: older), let by = older.by,
                let from = newer.peer.hello
                    ?? newer.peer.name.domain.map({ Located($0.value.description, at: $0.range) })
            else { return nil }
            return Finding(
                "\(newer.name(or: "the next server")) took the message from \(words: from.value), the hop before was written by \(words: by.value)",
                .at(from, "came from here"), .at(by, "was last here"))
        }
    }
}
