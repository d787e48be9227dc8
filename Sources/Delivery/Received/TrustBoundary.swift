package import Mail

/// Whom the user trusts: hosts by name, with all names below, and blocks of addresses.
package struct TrustedHosts: Sendable {
    package var domains: [Domain] = []
    package var blocks: [AddressBlock] = []

    package init() {}

    /// Adds `mx.example.net`, `192.0.2.0/24` or `2001:db8::/32`; `false` if the text is none of these.
    package mutating func add(_ text: String) -> Bool {
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

/// Finds where what our servers saw ends and what anyone can write begins.
struct Boundary {
    /// The hops that are believed, by their indices, and why.
    private(set) var reasons: [(hop: Int, reason: Trust.Reason)] = []
    private(set) var handOver: Int?

    /// Goes from the newest hop, which is the last, to older ones.
    init(_ hops: [Hop], _ trusted: TrustedHosts) {
        let hops = hops.span
        // The newest field is the receiving server's own; its name tells whose servers the next ones are.
        var home: Organisation?
        for index in hops.indices.reversed() {
            guard let by = hops[index].byDomain?.value else { continue }
            home = Organisation(by)
            break
        }
        for index in hops.indices.reversed() {
            guard let reason = Self.reason(hops[index], index == hops.count - 1, home, trusted) else { break }
            reasons.append((index, reason))
            guard hops[index].peer.address != nil || hops[index].peer.hello != nil else { continue }
            if !Self.isInside(hops[index].peer, home, trusted) {
                handOver = index
                break
            }
        }
    }

    private static func reason(_ hop: Hop, _ isNewest: Bool, _ home: Organisation?, _ trusted: TrustedHosts) -> Trust
        .Reason?
    {
        let by = hop.byDomain?.value
        if let by, trusted.contains(by) { return .trustedByUser(by) }
        if isNewest { return .newest }
        if let by, let home, home.has(by), hop.foreignProgram == nil {
            return .belongs(by, to: home.domain)
        }
        // A name that is no host's, such as localhost, is everybody's: only a hop between two of them stays inside.
        guard by == nil, hop.isInternal || hop.peer.address == nil else { return nil }
        return .insideTheSystem
    }

    /// Whether the peer is one of the receiving system's own machines.
    private static func isInside(_ peer: Peer, _ home: Organisation?, _ trusted: TrustedHosts) -> Bool {
        if let address = peer.address?.value {
            if !address.isPublic || trusted.contains(address) { return true }
            if home?.provider?.blocks.contains(where: { $0.contains(address) }) == true { return true }
        }
        guard let name = peer.name.domain?.value else {
            return peer.address == nil && peer.hello?.value.lowercased() == "localhost"
        }
        return trusted.contains(name) || home?.has(name) == true
    }
}

/// Whose host it is: the registered domain, and the provider that has it among others.
package struct Organisation {
    package let domain: Domain
    package let provider: Provider?

    package init(_ host: Domain) {
        domain = host.organisational
        provider = Provider.all.first { [domain] in $0.domains.contains(domain) }
    }

    package func has(_ host: Domain) -> Bool {
        let other = host.organisational
        return other == domain || provider?.domains.contains(other) == true
    }
}

/// A receiver with servers under several domains that write no reverse names, and its own networks.
package struct Provider {
    package let name: String
    package let domains: [Domain]
    package let blocks: [AddressBlock]

    package static func of(_ domain: Domain) -> Provider? { Organisation(domain).provider }

    /// Whether both names belong to one organisation, or to one provider.
    package static func isSame(_ a: Domain, _ b: Domain) -> Bool { Organisation(a).has(b) }

    package static let all = [
        // Microsoft 365 URLs and IP address ranges, "Exchange Online"; 2603:1000::/24 is Microsoft's own network.
        Provider(
            name: "Microsoft", domains: ["outlook.com", "office365.com", "microsoft.com"].map { Domain($0) },
            blocks: [
                "2603:1000::/24", "2a01:111::/32", "40.92.0.0/15", "40.107.0.0/16", "52.100.0.0/14", "104.47.0.0/17",
            ]
            .compactMap(AddressBlock.init)),
        // Google publishes its networks as those of all its customers' machines too; its names are enough.
        Provider(
            name: "Google", domains: ["google.com", "gmail.com", "googlemail.com"].map { Domain($0) }, blocks: []),
    ]
}
