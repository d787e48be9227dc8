import Delivery
import Inspection
import Mail
import Phrases

struct DateFarFromFirstHop: Check {
    let about = About(
        "date-far-from-first-hop", .trace, "the Date is more than a day away from the first hop",
        severity: .caution,
        why: """
            A message is dated when it is sent, and its first server takes it seconds later. A laptop that was offline, \
            or a wrong clock, explain a difference; spam is dated ahead to stay on top, or built days before.
            """,
        remedy: "Trust the servers' times, not the Date.",
        references: [.rfc(5322, "3.6.1")],
        triggers: [
            Example(
                """
                Received: from a.example by b.example; ⟦Fri, 20 Nov 2026 09:00:00 +0000⟧\r
                Date: ⟦Tue, 10 Nov 2026 09:00:00 +0000⟧\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Received: from a.example by b.example; Fri, 20 Nov 2026 09:00:00 +0000\r
                Date: Fri, 20 Nov 2026 10:30:00 +0200\r
                From: <a@example.com>\r\n\r\n
                """)
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let first = inspection.trace.hops.first(where: { $0.time != nil })?.time,
            let date = inspection.message.date
        else { return [] }
        let difference = first.value.seconds - date.value.seconds
        guard abs(difference) > 86_400 else { return [] }
        return [
            Finding(
                difference > 0
                    ? "the message is dated \(duration: difference) before its first hop"
                    : "the message is dated \(duration: -difference) after its first hop",
                .at(date, "written"), .at(first, "first received"))
        ]
    }
}
