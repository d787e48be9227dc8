import Mail

/// One server's clock that is off: by the times of the servers before and after it.
///
/// What is assumed is that no other clock is wrong, and that the leg that looks shortest took no time. Where two clocks explain the
/// times equally well, none is named.
public struct Skew: Sendable {
    /// The server, as it names itself; `nil` for the clock of the author's program.
    public let server: String?
    /// Seconds that its clock is ahead of the others; negative when it is behind.
    public let seconds: Int
    /// Which hops it stamped.
    public let hops: [Int]

    /// What was taken for granted.
    public var assumption: String { "assuming that the other clocks are right, and that the shortest leg took no time" }

    /// Whose clock it is, and how far off: "the clock of mx.example.com is 1 h ahead".
    public var sentence: String { "\(clock) is \(offset)" }
    var clock: String {
        server.map { "the clock of \($0.printableLine.cut(to: 60))" } ?? "the clock of the author's computer"
    }
    var offset: String { "\(Duration.words(abs(seconds))) \(seconds > 0 ? "ahead" : "behind")" }

    /// Less than this may be a leg, not a clock. In seconds.
    static let least = 30

    /// Clocks that are believed are judged by each other alone: what anyone can have written proves nothing about them.
    init?(_ hops: [Hop], sent: Located<DateTime>?) {
        let dated = hops.indices.filter { hops[$0].time != nil }
        if let found = Skew(hops, dated, sent, blaming: { !$0.trust.isOurs }) {
            // A hop that the next one does not know of may be invented: it has no clock.
            let isLinked = found.hops.allSatisfy { index in
                index + 1 >= hops.count || !BrokenHopLink.isBroken(hops[index], hops[index + 1])
            }
            guard isLinked else { return nil }
            self = found
        } else if let found = Skew(hops, dated.filter { hops[$0].trust.isOurs }, nil, blaming: { _ in true }) {
            self = found
        } else {
            return nil
        }
    }

    private init?(_ hops: [Hop], _ dated: [Int], _ sent: Located<DateTime>?, blaming isSuspect: (Hop) -> Bool) {
        guard dated.count >= 2, dated.count <= 200 else { return nil }
        var times = dated.compactMap { hops[$0].time?.value.seconds }
        // The author's program is the first clock, if its date is of the same days.
        let start =
            sent.map { abs($0.value.seconds - (times.first ?? 0)) < 2 * 86_400 } == true ? sent?.value.seconds : nil
        if let start { times.insert(start, at: 0) }
        let delays = zip(times.dropFirst(), times).map { $0 - $1 }
        guard delays.contains(where: { $0 <= -Self.least }) else { return nil }
        let names = dated.map { hops[$0].by?.value.lowercased() ?? "#\($0)" }
        let owners = (start == nil ? [] : [nil]) + names
        let before = delays.reduce(0) { $0 + abs($1) }
        var found: [(owner: String?, shift: Int, cost: Int)] = []
        var seen: Set<String> = []
        let believed = Set(zip(dated, names).filter { !isSuspect(hops[$0.0]) }.map(\.1))
        for owner in owners where seen.insert(owner ?? "").inserted {
            if let owner, believed.contains(owner) { continue }
            let own = owners.map { $0 == owner }
            // The shifts that bring one of its legs to zero.
            let shifts = zip(delays.indices, delays).compactMap { index, delay -> Int? in
                own[index] == own[index + 1] ? nil : own[index + 1] ? -delay : delay
            }
            let best = Set(shifts).compactMap { shift -> (shift: Int, cost: Int)? in
                let moved = zip(times, own).map { $1 ? $0 + shift : $0 }
                let after = zip(moved.dropFirst(), moved).map { $0 - $1 }
                return after.contains { $0 < -1 } ? nil : (shift, after.reduce(0) { $0 + abs($1) })
            }.min { ($0.cost, abs($0.shift)) < ($1.cost, abs($1.shift)) }
            if let best { found.append((owner, best.shift, best.cost)) }
        }
        found.sort { $0.cost < $1.cost }
        guard let best = found.first, abs(best.shift) >= Self.least, best.cost < before else { return nil }
        // Another clock that explains the times nearly as well leaves the matter open.
        if found.count > 1, found[1].cost < best.cost + max(Self.least, abs(best.shift) / 2) { return nil }
        seconds = -best.shift
        let stamped = zip(dated, names).filter { $0.1 == best.owner }.map(\.0)
        self.hops = stamped
        server = best.owner.map { owner in stamped.first.flatMap { hops[$0].by?.value } ?? owner }
    }

    /// The delay of a hop with this clock set right.
    func correctedDelay(_ all: [Hop], _ index: Int) -> Int? {
        guard let delay = all[index].delay, let before = all[..<index].lastIndex(where: { $0.time != nil }) else {
            return nil
        }
        let isOwn = hops.contains(index)
        let wasOwn = hops.contains(before)
        return delay - (isOwn ? seconds : 0) + (wasOwn ? seconds : 0)
    }
}
