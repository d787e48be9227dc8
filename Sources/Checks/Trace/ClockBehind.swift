import Delivery
import Inspection
import Mail
import Phrases

struct ClockBehind: Check {
    let about = About(
        "clock-behind", .trace, "a server's clock is minutes behind",
        severity: .note,
        why: """
            Clocks that nobody keeps drift by minutes, and then a leg of an honest route seems to take less than no \
            time. It shifts the delays beside it; of the sender it says nothing.
            """,
        remedy: "Take the two legs beside the wrong clock together: their sum is right.",
        references: [.rfc(5321, "4.4")],
        triggers: [
            Example(
                """
                Received: from b.example by c.example; ⟦Fri, 20 Nov 2026 09:00:00 +0000⟧\r
                Received: from a.example by b.example; ⟦Fri, 20 Nov 2026 09:10:00 +0000⟧\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Received: from b.example by c.example; Fri, 20 Nov 2026 09:00:00 +0000\r
                Received: from a.example by b.example; Fri, 20 Nov 2026 09:00:01 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ])

    /// Clocks that are kept differ by less, in seconds.
    private static let tolerance = 120

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.trace.backwardSteps { $0 > Self.tolerance && $0 <= Trace.honestDrift }
    }
}
