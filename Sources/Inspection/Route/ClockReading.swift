public import Mail

/// A clock that told the time on the way of a message.
public enum Clock: Hashable, Sendable, CustomStringConvertible {
    /// The author's program: `Date`.
    case author
    /// The server or program that gave the Message-ID, whose time is in it.
    case messageID
    /// A server, by the name that it gives itself; `nil` when it gives none.
    case server(String?, hop: Int)
    /// Who signed for a domain: the tag `t=` of DKIM and ARC. RFC 6376 §3.5, RFC 8617 §4.1.3
    case signer(Domain)

    public static func == (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.author, .author), (.messageID, .messageID): true
        // A server is one clock however often the message comes by.
        case (.server(let a, let first), .server(let b, let second)): a == b && (a != nil || first == second)
        case (.signer(let a), .signer(let b)): a == b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .author: hasher.combine(0)
        case .messageID: hasher.combine(1)
        case .server(let name, _): hasher.combine(name)
        case .signer(let domain): hasher.combine(domain)
        }
    }

    public var description: String {
        switch self {
        case .author: "the clock of the author's computer"
        case .messageID: "the clock that the Message-ID was made by"
        case .server(let name, let hop):
            name.map { "the clock of \($0.printableLine.cut(to: 60))" } ?? "the clock of hop \(hop + 1)"
        case .signer(let domain): "the clock of the signer for \(domain)"
        }
    }
}

/// What one clock told, in the order in which the message came by.
struct ClockReading {
    let clock: Clock
    /// Seconds since 1970, UTC.
    let seconds: Int
    let place: ByteRange
    /// The hop that it stamped.
    let hop: Int?

    /// Whether neither the author nor a server of the way told it.
    var isBeside: Bool {
        switch clock {
        case .author, .server: false
        case .messageID, .signer: true
        }
    }

    /// All clocks that can be read, oldest first.
    static func all(_ hops: [Hop], in message: Message) -> [ClockReading] {
        var readings: [ClockReading] = []
        var signatures = signatures(message)
        for index in hops.indices {
            // A server that writes no date may give an id that holds the time.
            if let time = hops[index].time ?? hops[index].timeInID {
                let name = hops[index].by?.value.lowercased()
                readings.append(
                    ClockReading(
                        clock: .server(name, hop: index), seconds: time.value.seconds, place: time.range, hop: index))
            }
            // An organisation signs what leaves it: after its last hop in a row.
            guard !signatures.isEmpty, let home = hops[index].byDomain?.value.organisational,
                index + 1 == hops.count || hops[index + 1].byDomain?.value.organisational != home
            else { continue }
            for signature in signatures where signature.domain.organisational == home {
                readings.append(
                    ClockReading(
                        clock: .signer(signature.domain), seconds: signature.seconds, place: signature.place, hop: nil))
            }
            signatures.removeAll { $0.domain.organisational == home }
        }
        guard let first = readings.first?.seconds else { return [] }
        // What is days away was written for another journey.
        readings.removeAll { $0.hop == nil && abs($0.seconds - first) > 2 * 86_400 }
        return origins(message).filter { abs($0.seconds - first) < 2 * 86_400 } + readings
    }

    /// The clocks before the first server.
    private static func origins(_ message: Message) -> [ClockReading] {
        var readings: [ClockReading] = []
        if let date = message.date {
            readings.append(ClockReading(clock: .author, seconds: date.value.seconds, place: date.range, hop: nil))
        }
        if let id = try? message[.messageID].first?.get(), let time = id.time {
            readings.append(ClockReading(clock: .messageID, seconds: time.seconds, place: id.left.range, hop: nil))
        }
        return readings
    }

    // sig-t-tag = %x74 [FWS] "=" [FWS] 1*12DIGIT
    /// Whom the signatures are for and when they say that they were made, oldest first.
    private static func signatures(_ message: Message) -> [(domain: Domain, seconds: Int, place: ByteRange)] {
        (["DKIM-Signature", "ARC-Seal"] as [HeaderField.Name]).flatMap { name in
            message.fields(named: name).prefix(8).reversed().compactMap { field in
                guard let tags = try? message.source.read(TagList.self, in: field.value).get(), let domain = tags["d"],
                    let time = tags["t"], time.value.utf8.count <= 12, let seconds = Int(time.value), seconds > 0
                else { return nil }
                return (Domain(domain.value), seconds, time.range)
            }
        }
    }
}

extension Hop {
    /// The time that the id holds, where it stands.
    fileprivate var timeInID: Located<DateTime>? {
        guard let id, let time = idTime else { return nil }
        return Located(time, at: id.range)
    }
}

extension MessageID {
    /// The moment that an id made by Exim ("E1qRjuq-00A9Xw-0M") or Postfix ("20261120090001.62F9114047") holds.
    var time: DateTime? {
        let text = left.value
        if text.hasPrefix("E") { return Exim().time(inID: String(text.dropFirst()), near: nil) }
        let parts = text.split(separator: ".")
        guard parts.count == 2, parts[0].utf8.count == 14, Postfix().isOwn(id: String(parts[1])) == true else {
            return nil
        }
        return String(parts[0]).moment()
    }
}
