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
    init?(_ hops: [Hop], in message: Message) {
        let sent = message.date
        guard Self.isBackwards(hops, sent) else { return nil }
        if let found = Skew(hops, sent, onlyOurs: false) {
            // A hop that the next one does not know of may be invented: it has no clock.
            let isLinked = found.hops.allSatisfy { index in
                index + 1 >= hops.count || !BrokenHopLink.isBroken(hops[index], hops[index + 1])
            }
            guard isLinked else { return nil }
            self = found
        } else if let found = Skew(hops, nil, onlyOurs: true) {
            self = found
        } else {
            return nil
        }
    }

    /// Whether any clock is behind the one before it; where none is, none can be called wrong.
    private static func isBackwards(_ hops: [Hop], _ sent: Located<DateTime>?) -> Bool {
        let hops = hops.span
        var last = sent?.value.seconds
        for index in hops.indices {
            guard let seconds = hops[index].time?.value.seconds else { continue }
            if let last, seconds - last <= -least { return true }
            last = seconds
        }
        return false
    }

    /// Looks for the clock among all, where those that are believed are not blamed, or among the believed alone.
    private init?(_ hops: [Hop], _ sent: Located<DateTime>?, onlyOurs: Bool) {
        let dated = hops.indices.filter { hops[$0].time != nil && (!onlyOurs || hops[$0].trust.isOurs) }
        guard dated.count >= 2, dated.count <= 200 else { return nil }
        var times = dated.map { hops[$0].time?.value.seconds ?? 0 }
        // The author's program is the first clock, if its date is of the same days.
        let start =
            sent.map { abs($0.value.seconds - (times.first ?? 0)) < 2 * 86_400 } == true ? sent?.value.seconds : nil
        if let start { times.insert(start, at: 0) }
        let delays = zip(times.dropFirst(), times).map { $0 - $1 }
        guard delays.contains(where: { $0 <= -Self.least }) else { return nil }
        // Clocks by number: the author's is 0, then each server's by its name.
        var names: [String?] = []
        var believed: Set<Int> = []
        let servers = dated.map { index in
            let name = hops[index].by?.value.lowercased()
            let known = name == nil ? nil : names.firstIndex(of: name)
            if known == nil { names.append(name) }
            let number = (known ?? names.count - 1) + 1
            if !onlyOurs, hops[index].trust.isOurs { believed.insert(number) }
            return number
        }
        let owners = (start == nil ? [] : [0]) + servers
        let before = delays.reduce(0) { $0 + abs($1) }
        var found: [(owner: Int, shift: Int, cost: Int)] = []
        for owner in 0...names.count where !believed.contains(owner) && (owner > 0 || start != nil) {
            let own = owners.map { $0 == owner }
            var best: (shift: Int, cost: Int)?
            for (index, delay) in delays.enumerated() where own[index] != own[index + 1] {
                // A shift that brings one of its legs to zero.
                let shift = own[index + 1] ? -delay : delay
                guard let cost = Self.cost(times, own, shift) else { continue }
                if best.map({ (cost, abs(shift)) < ($0.cost, abs($0.shift)) }) ?? true { best = (shift, cost) }
            }
            if let best { found.append((owner, best.shift, best.cost)) }
        }
        found.sort { $0.cost < $1.cost }
        guard let best = found.first, abs(best.shift) >= Self.least, best.cost < before else { return nil }
        // Another clock that explains the times nearly as well leaves the matter open.
        if found.count > 1, found[1].cost < best.cost + max(Self.least, abs(best.shift) / 2) { return nil }
        seconds = -best.shift
        let stamped = zip(dated, servers).filter { $0.1 == best.owner }.map(\.0)
        self.hops = stamped
        server = stamped.first.map { hops[$0].by?.value ?? "a server without a name" }
    }

    /// How long the legs are together when one clock is moved; `nil` when one is still backwards.
    private static func cost(_ times: [Int], _ isMoved: [Bool], _ shift: Int) -> Int? {
        var cost = 0
        for index in times.indices.dropFirst() {
            let delay =
                times[index] - times[index - 1] + (isMoved[index] ? shift : 0) - (isMoved[index - 1] ? shift : 0)
            guard delay >= -1 else { return nil }
            cost += abs(delay)
        }
        return cost
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
