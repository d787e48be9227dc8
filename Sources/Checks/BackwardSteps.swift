import Delivery
import Inspection
import Mail
import Phrases

extension Trace {
    /// In seconds: 3 % of honest messages of 2002, when few servers kept their clocks, ran back further.
    static let honestDrift = 1800

    /// A finding for each hop that says it took the message so many seconds before the hop before it did.
    func backwardSteps(where isWanted: (Int) -> Bool) -> [Finding] {
        hops.indices.compactMap { index in
            guard let delay = hops[index].delay, delay < 0, isWanted(-delay), let date = hops[index].time,
                let earlier = hops[..<index].last(where: { $0.time != nil })?.time
            else { return nil }
            let name = hops[index].name(or: "a server")
            return Finding(
                "\(name) says it took the message \(duration: -delay) before the server before it did\(explanation(index))",
                .at(date, "this is earlier"), .at(earlier, "than this, one hop before"))
        }
    }

    private func explanation(_ index: Int) -> Phrase {
        guard let skew, let corrected = hops[index].correctedDelay, corrected >= 0 else { return "" }
        return "; \(skew.clock.phrase), \(skew.offset), would explain it"
    }
}
