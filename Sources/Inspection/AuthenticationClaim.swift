package import Delivery
package import Mail

/// A word on who sent the message, as the header has it. Anyone can write such a field.
package struct AuthenticationClaim: Sendable {
    /// What kind of field it stands in.
    package enum Kind: Sendable, Equatable, CustomStringConvertible {
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

        package var description: String {
            switch self {
            case .results: "authentication-results"
            case .receivedSPF: "received-spf"
            case .sealed: "arc-authentication-results"
            case .renamed: "renamed-results"
            case .privateSignature: "private-signature"
            }
        }
    }

    /// Whose word it can be, by where it stands and by the name in it.
    package enum Standing: String, Sendable {
        /// The receiver's own; a claim all the same.
        case receivers = "receiver"
        /// In the receiver's name, and below the line of the server that took the message over: many receivers write it there, after they
        /// have removed such fields of others (RFC 8601 §5); where they have not, it is the sender's.
        case either = "receiver-or-sender"
        case anyones = "anyone"
    }

    package let kind: Kind
    package let field: HeaderField
    package let results: AuthenticationResults
    package let standing: Standing

    /// The receiver's own first, then all others in the order of the header.
    package static func all(in message: Message, _ trace: Trace) -> [AuthenticationClaim] {
        let home = trace.hops.reversed().lazy.compactMap { $0.byDomain?.value }.first
        let handOver = trace.handOver.map { trace.hops[$0].field.range.lowerBound }
        let firstClaim = trace.hops.filter { !$0.trust.isOurs }.map(\.field.range.lowerBound).min()
        var all: [AuthenticationClaim] = []
        func add(_ kind: Kind, _ field: HeaderField, _ results: AuthenticationResults) {
            let offset = field.range.lowerBound
            let isOwnName =
                results.authority.map { authority in home.map { Provider.isSame(Domain(authority.value), $0) } ?? false
                }
                ?? (home.map { Provider.of($0) != nil } ?? false)
            let isCurrent = kind == .results || kind == .receivedSPF
            let standing: Standing =
                if !isCurrent || !isOwnName || firstClaim.map({ offset > $0 }) == true {
                    .anyones
                } else {
                    handOver.map { offset > $0 } == true && firstClaim == nil ? .either : .receivers
                }
            all.append(AuthenticationClaim(kind: kind, field: field, results: results, standing: standing))
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
            (a.element.standing == .anyones ? 1 : 0, a.element.field.range.lowerBound)
                < (b.element.standing == .anyones ? 1 : 0, b.element.field.range.lowerBound)
        }.map(\.element)
    }
}
