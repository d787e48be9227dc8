package import DNS
package import Mail

/// DomainKeys Identified Mail: a domain signs a message. RFC 6376, RFC 8301, RFC 8463
package enum DKIM {
    /// How bytes are made alike before they are hashed. RFC 6376 §3.4
    package enum Canonicalization: String, Sendable { case simple, relaxed }

    package enum Algorithm: String, Sendable {
        case rsaSHA1 = "rsa-sha1"
        case rsaSHA256 = "rsa-sha256"
        case ed25519SHA256 = "ed25519-sha256"

        /// The key type that goes with it. RFC 6376 §3.6.1, RFC 8463 §4
        var keyType: String { self == .ed25519SHA256 ? "ed25519" : "rsa" }
        var hash: String { self == .rsaSHA1 ? "sha1" : "sha256" }
    }

    /// What came of one of the two hashes that a signature holds.
    package enum Part: String, Sendable {
        case intact, changed
        /// There was nothing to compare, or nothing to compare with.
        case notChecked = "not-checked"
    }

    /// Which fields a signature is about. Names in lower case.
    package struct Coverage: Sendable {
        package var signed: [String] = []
        /// In the message and not signed.
        package var unsigned: [String] = []
        /// Signed fewer times than they stand there: another one above was not signed. RFC 6376 §8.15
        package var partly: [String] = []
        /// Signed more often than they stand there, so that none can be added.
        package var oversigned: [String] = []
    }

    /// How many signatures are looked at; each costs a question and a hash. RFC 6376 §8.4
    package static let limit = 20

    /// Verifies every signature of a message, in the order of its fields, up to ``limit``.
    ///
    /// - Parameter moment: when the message was received: signatures expire.
    package static func verify(_ message: Message, asking resolver: any Resolver, at moment: DateTime)
        async -> [Verification]
    {
        let fields = message.fields(named: Field<DKIMSignature>.dkimSignature.name).prefix(limit)
        let keys = fields.compactMap { (try? SignatureTags($0, message.source))?.key }
        var verifier = Verifier(message, keys.count > 1 ? await Prefetched(keys, from: resolver) : resolver, moment)
        var results: [Verification] = []
        for field in fields { results.append(await verifier.verify(field)) }
        return results
    }
}
