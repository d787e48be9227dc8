public import Mail

/// A word on who sent the message, as the header has it. Anyone can write such a field.
public struct AuthenticationClaim: Sendable {
    /// What kind of field it stands in.
    public enum Kind: Sendable, Equatable, CustomStringConvertible {
        /// `Authentication-Results`. RFC 8601
        case results
        /// `Received-SPF`. RFC 7208 §9.1
        case receivedSPF
        /// `ARC-Authentication-Results`: what a forwarder found, as good as who sealed it. RFC 8617 §4.1.1
        case sealed(instance: Int)
        /// Results that a gateway has renamed.
        case renamed
        /// A signature that is for the signer's own use.
        case privateSignature

        public var description: String {
            switch self {
            case .results: "authentication-results"
            case .receivedSPF: "received-spf"
            case .sealed: "arc-authentication-results"
            case .renamed: "renamed-results"
            case .privateSignature: "private-signature"
            }
        }
    }

    public let kind: Kind
    public let field: HeaderField
    public let results: AuthenticationResults
    /// Whether it stands above every hop that anyone can have written, in the receiving server's name or in none. It
    /// is the receiver's word then, and a claim all the same.
    public let isReceivers: Bool

    /// The receiver's own first, then all others in the order of the header.
    static func all(in message: Message, _ trace: Trace) -> [AuthenticationClaim] {
        let home = trace.hops.reversed().lazy.compactMap { $0.byDomain?.value }.first
        let firstClaim = trace.hops.filter { !$0.trust.isOurs }.map(\.field.range.lowerBound).min()
        var all: [AuthenticationClaim] = []
        func add(_ kind: Kind, _ field: HeaderField, _ results: AuthenticationResults) {
            let isAbove = firstClaim.map { field.range.lowerBound < $0 } ?? true
            let isOwnName =
                results.authority.map { authority in home.map { Provider.isSame(Domain(authority.value), $0) } ?? false
                }
                ?? (home.map { Provider.of($0) != nil } ?? false)
            let isCurrent = kind == .results || kind == .receivedSPF
            all.append(
                AuthenticationClaim(
                    kind: kind, field: field, results: results, isReceivers: isCurrent && isAbove && isOwnName))
        }
        for (field, results) in message.values(.authenticationResults) { add(.results, field, results) }
        for (field, value) in message.values(.receivedSPF) { add(.receivedSPF, field, value.results) }
        for (field, value) in message.values(.sealedResults) {
            add(.sealed(instance: value.instance), field, value.results)
        }
        for name in Field<AuthenticationResults>.renamedResults {
            for (field, results) in message.values(name) { add(.renamed, field, results) }
        }
        for (field, tags) in message.values(.googleSignature) {
            guard let domain = tags["d"] else { continue }
            add(.privateSignature, field, AuthenticationResults(signedFor: domain))
        }
        return all.enumerated().sorted { a, b in
            (a.element.isReceivers ? 0 : 1, a.element.field.range.lowerBound)
                < (b.element.isReceivers ? 0 : 1, b.element.field.range.lowerBound)
        }.map(\.element)
    }
}
