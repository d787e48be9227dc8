import Delivery
import Inspection
import Mail
import Phrases

struct MailLoop: Check {
    let about = About(
        "mail-loop", .trace, "the message went round in circles",
        severity: .caution,
        why: """
            A server that sees a message again, after another had it, was told to send it there: two forwardings that point at each \
            other. A route through a mailing list and back to the same provider is honest.
            """,
        remedy: "Look at the forwarding rules of the servers named.",
        references: [.rfc(5321, "6.3")],
        triggers: [
            Example(
                """
                Delivered-To: a@example.com\r
                Received: from b.example.net by ⟦a.example.com⟧; Fri, 20 Nov 2026 09:00:04 +0000\r
                Received: from a.example.com by b.example.net; Fri, 20 Nov 2026 09:00:03 +0000\r
                ⟦Delivered-To: a@example.com⟧\r
                Received: from b.example.net by ⟦a.example.com⟧; Fri, 20 Nov 2026 09:00:02 +0000\r
                Received: from a.example.com by b.example.net; Fri, 20 Nov 2026 09:00:01 +0000\r
                Received: from c by ⟦a.example.com⟧; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Received: from list.example.net by mx.example.com; Fri, 20 Nov 2026 09:00:02 +0000\r
                Received: from mx.example.com by list.example.net; Fri, 20 Nov 2026 09:00:01 +0000\r
                Received: from c by mx.example.com; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let hops = inspection.trace.hops
        var findings: [Finding] = []
        // How often each server took the message, runs of its own hops counted once.
        var visits: [(domain: Domain, hops: [Int])] = []
        var last: Domain?
        // Three visits with others in between take five hops.
        for (index, hop) in hops.prefix(500).enumerated() where hops.count >= 5 {
            guard let by = hop.byDomain?.value, by != last else { continue }
            if let known = visits.firstIndex(where: { $0.domain == by }) {
                visits[known].hops.append(index)
            } else {
                visits.append((by, [index]))
            }
            last = by
        }
        let returns = visits.filter { $0.hops.count >= 3 }.sorted { $0.domain.description < $1.domain.description }
        for (domain, returned) in returns {
            let names = returned.compactMap { hops[$0].byDomain }
            findings.append(
                Finding(
                    "\(domain) had the message \(names.count) {2:time|times}, with others in between",
                    names.prefix(Report.maximumEvidence).map { .at($0, "was here") }, count: names.count))
        }
        let message = inspection.message
        var seen: Set<String> = []
        let deliveries = message.fields(named: "Delivered-To")
        for field in deliveries.count < 2 ? [] : deliveries.prefix(100) {
            let address = message.source.text(field.value).lowercased()
            if !seen.insert(address).inserted {
                findings.append(
                    Finding(
                        "the message was delivered to \(words: address, limit: 80) twice",
                        .bytes(field.name.lowerBound..<field.value.upperBound, label: "delivered again")))
                break
            }
        }
        if hops.count > 25, let lastField = hops.last?.field {
            findings.append(
                Finding(
                    "the message has \(hops.count) hops; servers give up between 25 and 100",
                    .bytes(lastField.name.lowerBound..<lastField.name.upperBound, label: "hop \(hops.count)")))
        }
        return findings
    }
}
