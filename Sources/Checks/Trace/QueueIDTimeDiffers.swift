import Delivery
import Inspection
import Mail
import Phrases

struct QueueIDTimeDiffers: Check {
    let about = About(
        "queue-id-time-differs", .trace, "a server's id is days older or newer than its stamp",
        severity: .warning,
        why: """
            Many ids hold the moment at which the server took the message. One that differs by days from the stamp beside it was copied \
            from another message. A server that held the message for days stamps it when it comes in, not when it leaves.
            """,
        remedy: "Take this hop, and all below it, for invented.",
        references: [
            .page(
                "Exim specification §3.4",
                "https://www.exim.org/exim-html-current/doc/html/spec_html/ch-how_exim_receives_and_delivers_mail.html")
        ],
        triggers: [
            Example(
                "Received: from a.example ([192.0.2.1] helo=a.example) by mx.example.org with smtp (Exim 4.96) id ⟦1qRjuq-00A9Xw-0M⟧; ⟦Fri, 20 Nov 2026 09:00:01 +0000⟧\r\nFrom: <a@example.com>\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "Received: from a.example ([192.0.2.1] helo=a.example) by mx.example.org with smtp (Exim 4.96) id 1qRjuq-00A9Xw-0M; Fri, 04 Aug 2023 03:32:08 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            )
        ])

    /// A zone that is wrong makes a day; queues make some hours.
    private static let tolerance = 2 * 86_400

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.trace.hops.compactMap { hop in
            guard let held = hop.idTime, let time = hop.time, abs(held.seconds - time.value.seconds) > Self.tolerance,
                let id = hop.id, hop.dialect?.idHoldsTime == true
            else { return nil }
            return Finding(
                "the id that \(hop.name(or: "a server")) gave is of \(term: String(held.description.prefix(10))), its stamp of \(term: String(time.value.description.prefix(10)))",
                .at(id, "of another day"), .at(time, "than the stamp"))
        }
    }
}
