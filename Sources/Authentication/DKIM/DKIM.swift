public import DNS
public import Mail

/// DomainKeys Identified Mail: a domain signs a message. RFC 6376, RFC 8301, RFC 8463
public enum DKIM {
    /// How bytes are made alike before they are hashed. RFC 6376 §3.4
    public enum Canonicalization: String, Sendable { case simple, relaxed }

    public enum Algorithm: String, Sendable {
        case rsaSHA1 = "rsa-sha1"
        case rsaSHA256 = "rsa-sha256"
        case ed25519SHA256 = "ed25519-sha256"

        /// The key type that goes with it. RFC 6376 §3.6.1, RFC 8463 §4
        var keyType: String { self == .ed25519SHA256 ? "ed25519" : "rsa" }
        var hash: String { self == .rsaSHA1 ? "sha1" : "sha256" }
    }

    /// What came of one of the two hashes that a signature holds.
    public enum Part: String, Sendable {
        case intact, changed
        /// There was nothing to compare, or nothing to compare with.
        case notChecked = "not-checked"
    }

    /// One signature, and what verifying it came to.
    public struct Verification: Sendable {
        public let field: HeaderField
        /// What the field says; `nil` when it cannot be read.
        public let signature: SignatureTags?
        public internal(set) var result = MethodResult.neutral
        /// Why, in words that stand after the result.
        public internal(set) var reason = ""
        /// Why the key could not be had, where DNS is to blame.
        public internal(set) var trouble: ResolutionFailure?
        /// Where the field breaks the rules, so that it cannot be read.
        public internal(set) var fault: ByteRange?
        /// DNS holds no key today; whether there was one then is not known.
        public internal(set) var isKeyGone = false
        /// It verifies, and had expired when the message was received.
        public internal(set) var isExpired = false
        public internal(set) var header = Part.notChecked
        public internal(set) var body = Part.notChecked
        /// The size of the key, in bits.
        public internal(set) var keyBits: Int?
        /// The key's owner is only testing: verifiers are not to treat signed mail otherwise. RFC 6376 §3.6.1
        public internal(set) var isTesting = false
        /// It verifies, by an algorithm or a key that is no proof any more. RFC 8301 §3
        public internal(set) var isWeak = false
        /// Which fields are signed, and which are not.
        public internal(set) var coverage = Coverage()
        /// What the signer's own copies of fields say was changed; empty where it made none, or nothing was.
        public internal(set) var changes: [ChangedField] = []
        /// The end of the body that the signature does not cover, by its tag `l=`.
        public internal(set) var uncovered: ByteRange?

        /// Whether the signature itself is right: no more is needed to know who signed.
        public var isVerified: Bool { header == .intact && body == .intact }
    }

    /// Which fields a signature is about. Names in lower case.
    public struct Coverage: Sendable {
        public var signed: [String] = []
        /// In the message and not signed.
        public var unsigned: [String] = []
        /// Signed fewer times than they stand there: another one above was not signed. RFC 6376 §8.15
        public var partly: [String] = []
        /// Signed more often than they stand there, so that none can be added.
        public var oversigned: [String] = []
    }

    /// How many signatures are looked at; each costs a question and a hash. RFC 6376 §8.4
    public static let limit = 20

    /// Verifies every signature of a message, in the order of its fields, up to ``limit``.
    ///
    /// - Parameter moment: when the message was received: signatures expire.
    public static func verify(_ message: Message, asking resolver: any Resolver, at moment: DateTime)
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
