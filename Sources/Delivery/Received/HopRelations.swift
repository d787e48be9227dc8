package import Mail

extension Hop {
    /// Providers that run none of the programs below.
    private static let providers = ["google.com", "outlook.com"].map { Domain($0) }
    /// How other programs' remarks about themselves begin.
    private static let marks = ["Postfix", "Exim ", "qmail", "8.1", "ecelerity", "CommuniGate", "MDaemon", "PowerMTA"]

    /// The remark of a server program that the provider named in `by` does not run: another wrote the line.
    package var foreignProgram: Located<String>? {
        guard let by = byDomain, Self.providers.contains(where: { by.value.isWithin($0) }) else { return nil }
        return received.comments(.by).first { comment in Self.marks.contains { comment.value.hasPrefix($0) } }
    }

    /// Whether both sides name a public host, and the hosts have nothing to do with each other: this hop was not received from the
    /// server that wrote the older one.
    package func isUnlinked(to older: Hop) -> Bool {
        guard let by = older.byDomain?.value, peer.address?.value.isPublic == true else { return false }
        let names = [peer.name.domain?.value, peer.helloDomain?.value].compactMap { $0 }
        guard !names.isEmpty, !names.contains(by) else { return false }
        let own = Organisation(by)
        return !names.contains { own.has($0) }
    }

    /// Whether the host that handed the message over has, or claims, a name of the same organisation.
    package func names(_ domain: Domain) -> Bool {
        [peer.name.domain?.value, peer.helloDomain?.value].compactMap { $0 }.contains { Provider.isSame($0, domain) }
    }
}
