package import Mail
package import Phrases

/// Where the message has been, by its `Received` fields, oldest first. RFC 5321 §4.4
package final class Trace: Sendable {
    package let hops: [Hop]
    /// `Received` fields that could not be read, newest first; they are kept and counted.
    package let unparsed: [Located<SyntaxError>]
    /// `Received` fields that are known to say nothing about the route, newest first, each with the reason.
    package let skipped: [SkippedLine]
    /// The one clock that is off, as far as the times of the others tell.
    package let skew: Skew?
    /// Seconds from the first dated hop to the last.
    package let total: Int?
    /// The index in `hops` of the longest delay, when one is longer than a second.
    package let slowest: Int?
    /// The index in `hops` of the last hop that a trusted server wrote about an outside address.
    package let handOver: Int?

    package init(_ message: Message, trusting trusted: TrustedHosts = TrustedHosts()) {
        let fields = message.fields(named: Field<Received>.received.name)
        var hops: [Hop] = []
        hops.reserveCapacity(fields.count)
        var unparsed: [Located<SyntaxError>] = []
        var skipped: [SkippedLine] = []
        // The header has the newest first.
        for field in fields.reversed() {
            switch message.source.read(Received.self, in: field.value, charset: message.headerCharset) {
            case .success(let received):
                let line = ReceivedLine(received, field)
                let dialect = line.dialect
                if let dialect, let reason = dialect.skips(line) {
                    skipped.append(SkippedLine(field: field, dialect: dialect, reason: reason, date: received.date))
                } else {
                    hops.append(Hop(HopReading(line, field, dialect)))
                }
            case .failure(let error):
                unparsed.append(Located(error, at: field.name.lowerBound..<field.value.upperBound))
            }
        }
        let boundary = Boundary(hops, trusted)
        for (index, reason) in boundary.reasons { hops[index].trust = .ours(reason) }
        var last: Int?
        for index in hops.indices {
            guard let seconds = hops[index].time?.value.seconds else { continue }
            if let last { hops[index].delay = seconds - last }
            last = seconds
        }
        skew = Skew(hops, in: message)
        if let skew {
            for index in hops.indices where hops[index].delay != nil {
                hops[index].correctedDelay = skew.correctedDelay(hops, index)
            }
        }
        self.hops = hops
        self.unparsed = unparsed.reversed()
        self.skipped = skipped.reversed()
        handOver = boundary.handOver
        let first = hops.indices.first { hops[$0].time != nil }.flatMap { hops[$0].time?.value.seconds }
        total = first.flatMap { first in last.map { $0 - first } }
        var slowest: Int?
        var longest = 1
        for index in hops.indices {
            guard let delay = hops[index].likelyDelay, delay > longest else { continue }
            (slowest, longest) = (index, delay)
        }
        self.slowest = slowest
    }
}

/// A `Received` line that a known server writes, and that says nothing about the way between servers.
package struct SkippedLine: Sendable {
    package let field: HeaderField
    package let dialect: any Dialect
    package let reason: Phrase
    package let date: Result<Located<DateTime>, SyntaxError>?
}

extension Hop {
    /// The delay with the one wrong clock set right, else as the stamps have it.
    package var likelyDelay: Int? { correctedDelay ?? delay }
}
