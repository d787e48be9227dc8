import Mail

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

    /// In seconds: 3 % of honest messages of 2002, when few servers kept their clocks, ran back further.
    static let tolerance = 1800

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.trace.backwardSteps { $0 > Self.tolerance }
    }
}

extension Trace {
    /// A finding for each hop that says it took the message so many seconds before the hop before it did.
    func backwardSteps(where isWanted: (Int) -> Bool) -> [Finding] {
        hops.indices.compactMap { index in
            guard let delay = hops[index].delay, delay < 0, isWanted(-delay), let date = hops[index].time,
                let earlier = hops[..<index].last(where: { $0.time != nil })?.time
            else { return nil }
            let name = hops[index].by?.value.printable ?? "a server"
            return Finding(
                "\(name) says it took the message \(Duration.words(-delay)) before the server before it did\(explanation(index))",
                .at(date, "this is earlier"), .at(earlier, "than this, one hop before"))
        }
    }

    private func explanation(_ index: Int) -> String {
        guard let skew, let corrected = hops[index].correctedDelay, corrected >= 0 else { return "" }
        return "; \(skew.clock), \(skew.offset), would explain it"
    }
}
