import Delivery
import Inspection
import Mail
import Phrases

struct TimeRunsBackwards: Check {
    let about = About(
        "time-runs-backwards", .trace,
        "a server took the message half an hour and more before the one before it had it",
        severity: .caution,
        why: """
            A clock that is wrong by a time zone makes an honest route run backwards. Invented hops do too, for their \
            inventor did not know when the message would really arrive.
            """,
        remedy: "Compare with the other hops: one wrong clock shows in both of its legs.",
        references: [.rfc(5321, "4.4")],
        triggers: [
            Example(
                """
                Received: from b.example by c.example; ⟦Fri, 20 Nov 2026 09:00:00 +0000⟧\r
                Received: from a.example by b.example; ⟦Fri, 20 Nov 2026 09:40:00 +0000⟧\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Received: from b.example by c.example; Fri, 20 Nov 2026 09:00:00 +0000\r
                Received: from a.example by b.example; Fri, 20 Nov 2026 09:20:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.trace.backwardSteps { $0 > Trace.honestDrift }
    }
}
