package import Mail
package import Phrases

/// A clock that told the time on the way of a message.
package enum Clock: Hashable, Sendable {
    /// The author's program: `Date`.
    case author
    /// The server or program that gave the Message-ID, whose time is in it.
    case messageID
    /// A server, by the name that it gives itself; `nil` when it gives none.
    case server(String?, hop: Int)
    /// Who signed for a domain: the tag `t=` of DKIM and ARC. RFC 6376 §3.5, RFC 8617 §4.1.3
    case signer(Domain)

    package static func == (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.author, .author), (.messageID, .messageID): true
        // A server is one clock however often the message comes by.
        case (.server(let a, let first), .server(let b, let second)): a == b && (a != nil || first == second)
        case (.signer(let a), .signer(let b)): a == b
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .author: hasher.combine(0)
        case .messageID: hasher.combine(1)
        case .server(let name, _): hasher.combine(name)
        case .signer(let domain): hasher.combine(domain)
        }
    }

    package var phrase: Phrase {
        switch self {
        case .author: "the clock of the author's computer"
        case .messageID: "the clock that the Message-ID was made by"
        case .server(let name, let hop):
            name.map { "the clock of \(words: $0, limit: 60)" } ?? "the clock of hop \(hop + 1)"
        case .signer(let domain): "the clock of the signer for \(domain)"
        }
    }
}

/// What one clock told, in the order in which the message came by.
struct ClockReading {
    let clock: Clock
    /// Seconds since 1970, UTC.
    let seconds: Int
    let range: ByteRange
    /// The hop that it stamped.
    let hop: Int?

    /// The author's clock, if its date is of the same days, and the servers', oldest first.
    static func servers(_ hops: [Hop], _ sent: Located<DateTime>?) -> [ClockReading] {
        var readings: [ClockReading] = []
        for index in hops.indices {
            // A server that writes no date may give an id that holds the time.
            guard let time = hops[index].time ?? hops[index].timeInID else { continue }
            let name = hops[index].by?.value.lowercasedASCII
            readings.append(
                ClockReading(
                    clock: .server(name, hop: index), seconds: time.value.seconds, range: time.range, hop: index))
        }
        if let sent, let first = readings.first, first.isNear(sent.value.seconds) {
            readings.insert(
                ClockReading(clock: .author, seconds: sent.value.seconds, range: sent.range, hop: nil), at: 0)
        }
        return readings
    }

    /// Whether the other time is within two days of this one: a message that is sent again keeps its old times.
    private func isNear(_ other: Int) -> Bool { abs(seconds - other) < 2 * 86_400 }

    /// Adds the clocks of signers, and of who gave the Message-ID, to those of the servers.
    static func all(_ servers: [ClockReading], _ hops: [Hop], _ message: Message) -> [ClockReading] {
        guard let first = servers.first else { return servers }
        var readings: [ClockReading] = []
        var signatures = signatures(message).filter { first.isNear($0.seconds) }
        if let id = try? message[.messageID].first?.get(), let time = id.time, first.isNear(time.seconds) {
            readings.append(ClockReading(clock: .messageID, seconds: time.seconds, range: id.left.range, hop: nil))
        }
        for reading in servers {
            readings.append(reading)
            // An organisation signs what leaves it: after its last hop in a row.
            guard !signatures.isEmpty, let index = reading.hop, let home = hops[index].byDomain?.value.organisational,
                index + 1 == hops.count || hops[index + 1].byDomain?.value.organisational != home
            else { continue }
            for signature in signatures where signature.domain.organisational == home {
                readings.append(
                    ClockReading(
                        clock: .signer(signature.domain), seconds: signature.seconds, range: signature.range, hop: nil))
            }
            signatures.removeAll { $0.domain.organisational == home }
        }
        return readings
    }

    // sig-t-tag = %x74 [FWS] "=" [FWS] 1*12DIGIT
    /// Whom the signatures are for and when they say that they were made, oldest first.
    private static func signatures(_ message: Message) -> [(domain: Domain, seconds: Int, range: ByteRange)] {
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
    var time: DateTime? { Self.time(inLeft: left.value) }

    /// The same of what stands before the "@".
    package static func time(inLeft text: String) -> DateTime? {
        let bytes = text.utf8
        if bytes.first == UInt8(ascii: "E"), bytes.contains(UInt8(ascii: "-")) {
            return Exim().time(inID: String(text.dropFirst()), near: nil)
        }
        // Fourteen digits and a dot.
        let digits = bytes.prefix(while: \.isDigit)
        guard digits.count == 14, digits.endIndex < bytes.endIndex, bytes[digits.endIndex] == UInt8(ascii: "."),
            Postfix().isOwn(id: String(text[bytes.index(after: digits.endIndex)...])) == true
        else { return nil }
        return text.moment()
    }
}
