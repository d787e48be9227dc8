package import Mail
package import Phrases

/// One clock that is off: by the times that the clocks before and after it told.
///
/// What is assumed is that no other clock is wrong, and that the leg that looks shortest took no time. Where two clocks explain the
/// times equally well, none is named.
package struct Skew: Sendable {
    package let clock: Clock
    /// Seconds that it is ahead of the others; negative when it is behind.
    package let seconds: Int
    /// Which hops it stamped.
    package let hops: [Int]
    /// Where it told the time.
    package let ranges: [ByteRange]

    /// What was taken for granted.
    package var assumption: Phrase {
        "assuming that the other clocks are right, and that the shortest leg took no time"
    }

    /// Whose clock it is, and how far off: "the clock of mx.example.com is 1 h ahead".
    package var sentence: Phrase { "\(clock.phrase) is \(offset)" }
    package var offset: Phrase {
        let size = Int(clamping: seconds.magnitude)
        return seconds > 0 ? "\(duration: size) ahead" : "\(duration: size) behind"
    }

    /// Less than this may be a leg, not a clock. In seconds.
    static let least = 30
    /// Readings that are compared; the work grows with their square.
    private static let limit = 200

    /// Clocks that are believed are judged by each other alone: what anyone can have written proves nothing about them.
    init?(_ hops: [Hop], in message: Message) {
        let sent = message.date
        guard Self.isBackwards(hops, sent) else { return nil }
        let readings = ClockReading.servers(hops, sent)
        guard readings.count(where: { $0.hop != nil }) >= 2, readings.count <= Self.limit else { return nil }
        let ours = readings.filter { reading in reading.hop.map { hops[$0].trust.isOurs } ?? false }
        if let found = Skew(readings, believing: ours.map(\.clock), asking: { ClockReading.all($0, hops, message) }) {
            // A hop that the next one does not know of may be invented: it has no clock.
            let isLinked = found.hops.allSatisfy { index in
                index + 1 >= hops.count || !hops[index + 1].isUnlinked(to: hops[index])
            }
            guard isLinked else { return nil }
            self = found
        } else if let found = Skew(ours, believing: [], asking: { $0 }) {
            self = found
        } else {
            return nil
        }
    }

    /// Whether any clock is behind the one before it; where none is, none can be called wrong.
    private static func isBackwards(_ hops: [Hop], _ sent: Located<DateTime>?) -> Bool {
        var last = sent?.value.seconds
        let hops = hops.span
        for index in hops.indices {
            guard let seconds = hops[index].time?.value.seconds else { continue }
            if let last, seconds - last <= -least { return true }
            last = seconds
        }
        return false
    }

    /// - Parameter witnesses: adds what other clocks told, where there is something to be decided.
    private init?(
        _ readings: [ClockReading], believing believed: [Clock], asking witnesses: ([ClockReading]) -> [ClockReading]
    ) {
        var readings = readings
        var found = Self.explanations(readings, believing: believed)
        guard !found.isEmpty else { return nil }
        let all = witnesses(readings)
        let agreed = all.count == readings.count ? [] : Self.explanations(all, believing: believed)
        // Where no one clock explains all, those of signers and ids, which may have been copied along, do not count.
        if !agreed.isEmpty { (readings, found) = (all, agreed) }
        let times = readings.map(\.seconds)
        let before = zip(times.dropFirst(), times).reduce(0) { $0 + abs($1.0 - $1.1) }
        guard let best = found.first, abs(best.shift) >= Self.least, best.cost < before else { return nil }
        // Another clock that explains the times nearly as well leaves the matter open.
        if found.count > 1, found[1].cost < best.cost + max(Self.least, abs(best.shift) / 2) { return nil }
        seconds = -best.shift
        let told = readings.filter { $0.clock == best.clock }
        clock = best.clock
        hops = told.compactMap(\.hop)
        ranges = told.map(\.range)
    }

    /// The clocks that, moved by so many seconds, leave no leg backwards, and how long the legs are then; the shortest first.
    private static func explanations(_ readings: [ClockReading], believing believed: [Clock])
        -> [(clock: Clock, shift: Int, cost: Int)]
    {
        guard
            readings.indices.dropFirst().contains(where: { readings[$0].seconds - readings[$0 - 1].seconds <= -least })
        else { return [] }
        let times = readings.map(\.seconds)
        // The index of the first reading of the same clock stands for the clock.
        let clocks = readings.indices.map { index in
            readings[..<index].firstIndex { $0.clock == readings[index].clock } ?? index
        }
        var found: [(clock: Clock, shift: Int, cost: Int)] = []
        for first in times.indices where clocks[first] == first && !believed.contains(readings[first].clock) {
            var best: (shift: Int, cost: Int)?
            for index in times.indices.dropFirst() where (clocks[index] == first) != (clocks[index - 1] == first) {
                // A shift that brings one of its legs to zero.
                let delay = times[index] - times[index - 1]
                let shift = clocks[index] == first ? -delay : delay
                guard let cost = cost(times.span, clocks.span, moving: first, by: shift) else { continue }
                if best.map({ (cost, abs(shift)) < ($0.cost, abs($0.shift)) }) ?? true { best = (shift, cost) }
            }
            if let best { found.append((readings[first].clock, best.shift, best.cost)) }
        }
        return found.sorted { $0.cost < $1.cost }
    }

    /// How long the legs are together when one clock is moved; `nil` when one is still backwards.
    private static func cost(_ times: Span<Int>, _ clocks: Span<Int>, moving clock: Int, by shift: Int) -> Int? {
        var cost = 0
        var last: Int?
        for index in times.indices {
            let time = times[index] + (clocks[index] == clock ? shift : 0)
            if let last {
                guard time - last >= -1 else { return nil }
                cost += time - last < 0 ? last - time : time - last
            }
            last = time
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
