import Delivery
import Inspection
import Mail
import Phrases

struct SlowHop: Check {
    let about = About(
        "slow-hop", .trace, "a leg of the route took more than ten minutes",
        severity: .note,
        why: """
            A queue, greylisting, a mailing list's moderator or a sleeping laptop hold messages. It says why a message \
            was late, and nothing about whether it is honest.
            """,
        remedy: "Ask whoever runs the server at the end of this leg, or the one before it.",
        references: [.rfc(5321, "4.5.4.1"), .rfc(6647, "2")],
        triggers: [
            Example(
                """
                Received: from b.example by c.example; ⟦Fri, 20 Nov 2026 09:30:00 +0000⟧\r
                Received: from a.example by b.example; ⟦Fri, 20 Nov 2026 09:00:00 +0000⟧\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Received: from b.example by c.example; Fri, 20 Nov 2026 09:00:20 +0000\r
                Received: from a.example by b.example; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let hops = inspection.trace.hops
        guard let slowest = inspection.trace.slowest, let delay = hops[slowest].likelyDelay, delay >= 600,
            let time = hops[slowest].time, let before = hops[..<slowest].last(where: { $0.time != nil }),
            let earlier = before.time
        else { return [] }
        let from = before.name(or: "the hop before")
        let greylist = inspection.message.fields(named: "X-Greylist").first
        return [
            Finding(
                "the way from \(from) to \(hops[slowest].name(or: "the next server")) took \(duration: delay)",
                [.at(time, "arrived"), .at(earlier, "left")]
                    + (greylist.map { [.bytes($0.value, label: "says it was held back")] } ?? []))
        ]
    }
}
