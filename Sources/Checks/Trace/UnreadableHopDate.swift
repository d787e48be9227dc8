import Delivery
import Inspection
import Mail
import Phrases

struct UnreadableHopDate: Check {
    let about = About(
        "unreadable-hop-date", .trace, "a hop without a time that can be read",
        severity: .note,
        why: "A hop without a time cannot be placed on the route's clock. A few servers write none; forgers forget it.",
        remedy: "Take the delays around this hop together.",
        references: [.rfc(5321, "4.4")],
        triggers: [Example("⟦Received: from a.example by b.example with SMTP⟧\r\nFrom: <a@example.com>\r\n\r\n")],
        passes: [
            Example(
                "Received: from a.example by b.example; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let hops = inspection.trace.hops.filter { $0.time == nil }
        guard !hops.isEmpty else { return [] }
        return [
            Finding(
                "\(hops.count) {1:hop has|hops have} no time that can be read",
                hops.prefix(Report.maximumEvidence).map { hop in
                    if case .failure(let error)? = hop.date { return .bytes(error.range, label: "no date") }
                    return .bytes(hop.field.name.lowerBound..<hop.field.value.upperBound, label: "no date")
                }, count: hops.count)
        ]
    }
}
