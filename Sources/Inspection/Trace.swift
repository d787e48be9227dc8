public import Mail

/// One server's account of taking the message over.
public struct Hop: Sendable {
    public let field: HeaderField
    /// Who handed the message over.
    public let peer: Peer
    /// The server that wrote this.
    public let by: Located<String>?
    /// What the servers spoke: `ESMTPS`.
    public let transmission: Located<String>?
    /// The TLS version and cipher that the server names.
    public let tls: Located<String>?
    public let id: Located<String>?
    /// The recipient it was for.
    public let recipient: Located<String>?
    /// The time stamp: `nil` when there is none; a failure when it cannot be read.
    public let date: Result<Located<DateTime>, SyntaxError>?
    public internal(set) var trust = Trust.claimed
    /// Seconds since the hop before it that has a date; negative when its clock was behind.
    public internal(set) var delay: Int?

    public var time: Located<DateTime>? { try? date?.get() }
    public var byDomain: Located<Domain>? {
        by.flatMap { by in
            let domain = Domain(by.value)
            return domain.isHostName ? Located(domain, at: by.range) : nil
        }
    }
    /// Whether the message stayed on one machine or network: a queue, a content filter.
    public var isInternal: Bool {
        guard let address = peer.address?.value else { return peer.hello?.value.lowercased() == "localhost" }
        return !address.isPublic
    }
}

/// Whether a hop's account can be believed.
public enum Trust: Sendable {
    /// Written by a server inside the trust boundary, for the reason given.
    case ours(String)
    /// Written below the boundary, where anyone can write anything.
    case claimed

    public var isOurs: Bool { if case .ours = self { true } else { false } }
}

/// Whom the user trusts: hosts by name, with all names below, and blocks of addresses.
public struct TrustedHosts: Sendable {
    public var domains: [Domain] = []
    public var blocks: [AddressBlock] = []

    public init() {}

    /// Adds `mx.example.net`, `192.0.2.0/24` or `2001:db8::/32`; `false` if the text is none of these.
    public mutating func add(_ text: String) -> Bool {
        if let block = AddressBlock(text) {
            blocks.append(block)
        } else if !text.isEmpty, !text.contains("/"), Domain(text).ascii != nil, !text.contains(" ") {
            domains.append(Domain(text))
        } else {
            return false
        }
        return true
    }

    func contains(_ domain: Domain) -> Bool { domains.contains { domain.isWithin($0) } }
    func contains(_ address: IPAddress) -> Bool { blocks.contains { $0.contains(address) } }
}

/// Where the message has been, by its `Received` fields, oldest first. RFC 5321 §4.4
public struct Trace: Sendable {
    public let hops: [Hop]
    /// `Received` fields that could not be read, newest first; they are kept and counted.
    public let unparsed: [Located<SyntaxError>]
    /// Seconds from the first dated hop to the last.
    public let total: Int?
    /// The place in `hops` of the longest delay, when one is longer than a second.
    public let slowest: Int?
    /// The place in `hops` of the last hop that a trusted server wrote about an outside address.
    public let handOver: Int?

    init(_ message: Message, trusting trusted: TrustedHosts) {
        var hops: [Hop] = []
        var unparsed: [Located<SyntaxError>] = []
        for field in message.fields(named: Field<Received>.received.name) {
            switch message.source.read(Received.self, in: field.value, charset: message.headerCharset) {
            case .success(let received): hops.append(Hop(field, received, message.source))
            case .failure(let error):
                unparsed.append(Located(error, at: field.name.lowerBound..<field.value.upperBound))
            }
        }
        // The header has the newest first.
        let boundary = Boundary(hops, trusted)
        for index in hops.indices { hops[index].trust = boundary.trust[index] }
        hops.reverse()
        var last: Int?
        for index in hops.indices {
            guard let seconds = hops[index].time?.value.seconds else { continue }
            if let last { hops[index].delay = seconds - last }
            last = seconds
        }
        self.hops = hops
        self.unparsed = unparsed
        handOver = boundary.handOver.map { hops.count - 1 - $0 }
        let first = hops.first { $0.time != nil }?.time?.value.seconds
        total = first.flatMap { first in last.map { $0 - first } }
        slowest = hops.indices.filter { hops[$0].delay ?? 0 > 1 }.max { hops[$0].delay ?? 0 < hops[$1].delay ?? 0 }
    }
}

extension Hop {
    init(_ field: HeaderField, _ received: Received, _ source: Source) {
        self.field = field
        peer = received["from"].map { Peer($0, source) } ?? Peer()
        by = received["by"]?.value
        transmission = received["with"]?.value
        id = received["id"]?.value
        recipient = received["for"]?.value
        date = received.date
        tls =
            received.clauses.lazy.flatMap(\.comments).compactMap { Self.tls(in: $0, source) }.first
            ?? received.remarks.lazy.compactMap { Self.tls(in: $0, source) }.first
    }

    // TLS-cipher: "using TLSv1.3 with cipher X (256/256 bits)", "version=TLS1_2, cipher=X", "TLS1.2:X"
    private static func tls(in comment: Located<String>, _ source: Source) -> Located<String>? {
        let bytes = source.bytes
        var place = comment.range.lowerBound
        while let found = bytes.firstPlace(of: UInt8(ascii: "T"), in: place..<comment.range.upperBound) {
            place = found + 1
            guard bytes.hasASCII("tls", at: found) else { continue }
            var cursor = Cursor(source, in: found + 3..<comment.range.upperBound)
            cursor.skip(UInt8(ascii: "v"))
            let version = cursor.take { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
            guard let first = version.first, bytes[first].isDigit else { continue }
            let digits = String(decoding: bytes[version], as: UTF8.self).replacing("_", with: ".")
            return Located("TLS \(digits)", at: comment.range)
        }
        return nil
    }
}

/// Finds where what our servers saw ends and what anyone can write begins.
private struct Boundary {
    /// For each hop, newest first.
    var trust: [Trust]
    var handOver: Int?

    init(_ hops: [Hop], _ trusted: TrustedHosts) {
        trust = Array(repeating: .claimed, count: hops.count)
        // The newest field is the receiving server's own; its name tells whose servers the next ones are.
        let home = hops.lazy.compactMap { $0.byDomain?.value.organisational }.first
        for (index, hop) in hops.enumerated() {
            guard let reason = Self.reason(hop, index, home, trusted) else { break }
            trust[index] = .ours(reason)
            guard hop.peer.address != nil || hop.peer.hello != nil else { continue }
            if !Self.isInside(hop.peer, home, trusted) {
                handOver = index
                break
            }
        }
    }

    private static func reason(_ hop: Hop, _ index: Int, _ home: Domain?, _ trusted: TrustedHosts) -> String? {
        if let by = hop.byDomain?.value, trusted.contains(by) { return "\(by) is trusted by you" }
        if index == 0 { return "the newest field is written by the server that received the message" }
        if let by = hop.byDomain?.value, let home, Provider.isSame(by, home) { return "\(by) belongs to \(home)" }
        guard hop.byDomain == nil else { return nil }
        return "handed on inside the receiving system"
    }

    /// Whether the peer is one of the receiving system's own machines.
    private static func isInside(_ peer: Peer, _ home: Domain?, _ trusted: TrustedHosts) -> Bool {
        if let address = peer.address?.value {
            if !address.isPublic || trusted.contains(address) { return true }
            if let home, let provider = Provider.of(home), provider.blocks.contains(where: { $0.contains(address) }) {
                return true
            }
        }
        guard let name = peer.name.domain?.value else {
            return peer.address == nil && peer.hello?.value.lowercased() == "localhost"
        }
        return trusted.contains(name) || home.map { Provider.isSame(name, $0) } == true
    }
}

/// A receiver with servers under several domains that write no reverse names, and its own networks.
struct Provider {
    let domains: [Domain]
    let blocks: [AddressBlock]

    static func of(_ domain: Domain) -> Provider? { all.first { $0.domains.contains(domain.organisational) } }

    /// Whether both names belong to one organisation, or to one provider.
    static func isSame(_ a: Domain, _ b: Domain) -> Bool {
        a.isSameOrganisation(as: b) || of(a)?.domains.contains(b.organisational) == true
    }

    static let all = [
        // Microsoft 365 URLs and IP address ranges, "Exchange Online"; 2603:1000::/24 is Microsoft's own network.
        Provider(
            domains: ["outlook.com", "office365.com", "microsoft.com"].map { Domain($0) },
            blocks: [
                "2603:1000::/24", "2a01:111::/32", "40.92.0.0/15", "40.107.0.0/16", "52.100.0.0/14", "104.47.0.0/17",
            ]
            .compactMap(AddressBlock.init))
    ]
}
