import Delivery
import Inspection
import Mail
import Phrases

struct WrongClock: Check {
    let about = About(
        "wrong-clock", .trace, "one clock on the way is off",
        severity: .note,
        why: """
            One server's times fit neither those before nor those after; set right by the difference, all do. It says nothing about \
            honesty, and explains delays that never were. The author's own computer is the clock that is most often off.
            """,
        remedy: "Set the clock by NTP, or ask whoever runs the server to.",
        references: [.rfc(5905, "1"), .rfc(5321, "4.4")],
        triggers: [
            Example(
                """
                Received: from b.example by c.example; Fri, 20 Nov 2026 09:00:06 +0000\r
                Received: from a.example by b.example; ⟦Fri, 20 Nov 2026 10:00:03 +0000⟧\r
                Received: from x by a.example; Fri, 20 Nov 2026 09:00:01 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Received: from b.example by c.example; Fri, 20 Nov 2026 10:00:06 +0000\r
                Received: from a.example by b.example; Fri, 20 Nov 2026 10:00:03 +0000\r
                Received: from x by a.example; Fri, 20 Nov 2026 09:00:01 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let skew = inspection.trace.skew else { return [] }
        let evidence = skew.ranges.map { Evidence.bytes($0, label: "by this clock") }
        return [
            Finding(
                "\(skew.sentence), \(skew.assumption)",
                Array(evidence.prefix(Report.maximumEvidence)), count: evidence.count)
        ]
    }
}
