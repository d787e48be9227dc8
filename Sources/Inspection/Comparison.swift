package import Authentication
package import Mail
package import Phrases

/// A claim beside what was found, and why they differ.
package struct Comparison: Sendable {
    package let claimed: AuthenticationClaim
    package let claim: AuthenticationResults.Claim
    package let verified: MethodResult
    /// The plain reason of the difference; `nil` where both say the same.
    package let difference: Phrase?
    /// Whether the message alone shows that the claim is not true, now or then.
    package let isImpossible: Bool
}

extension Inspection {
    /// Each claim about a method that was verified here too.
    package var comparisons: [Comparison] {
        guard let authentications else { return [] }
        // What a forwarder found was about another connection.
        let comparable = claims.filter { [.results, .receivedSPF, .renamed].contains($0.kind) }
        return comparable.prefix(10).flatMap { claimed in
            claimed.results.claims.prefix(30).compactMap { claim in
                guard let found = authentications.found(for: claim, byReceiver: claimed.standing != .anyones) else {
                    return nil
                }
                let isSame = claim.result.value == found.result.rawValue
                return Comparison(
                    claimed: claimed, claim: claim, verified: found.result, difference: isSame ? nil : found.reason,
                    isImpossible: !isSame && found.isImpossible)
            }
        }
    }
}

extension Authentications {
    /// What was found for the method and the domain of a claim, and why that may be another result; `nil` when nothing was.
    fileprivate func found(for claim: AuthenticationResults.Claim, byReceiver isReceivers: Bool)
        -> (result: MethodResult, reason: Phrase, isImpossible: Bool)?
    {
        if let reason = impossibility(of: claim) {
            return (.none, isReceivers ? reason : "anyone can have written this claim; \(reason)", true)
        }
        guard let (result, reason, since) = found(for: claim) else { return nil }
        guard isReceivers else { return (result, "anyone can have written this claim; \(reason)", false) }
        return (result, claim.result.value == "pass" ? since ?? reason : reason, false)
    }

    /// Why nobody can have found what the claim says, in this message.
    private func impossibility(of claim: AuthenticationResults.Claim) -> Phrase? {
        switch claim.method {
        case "spf":
            guard claim.domain("smtp.mailfrom") != nil || claim.domain("smtp.helo") == nil, let one = mailFrom,
                let domain = claim.domain("smtp.mailfrom", "smtp.mail"), domain != one.request.domain
            else { return nil }
            return "the envelope's sender is of \(one.request.domain), not of \(domain)"
        case "dkim" where signatures.isEmpty: return "the message has no signature"
        case "dkim":
            guard let domain = claim.domain("header.d"),
                !signatures.contains(where: { $0.signature?.domain.value == domain })
            else { return nil }
            return "no signature is of \(domain)"
        default: return nil
        }
    }

    /// `since` is what can have happened since a receiver found a pass.
    private func found(for claim: AuthenticationResults.Claim) -> (
        result: MethodResult, reason: Phrase, since: Phrase?
    )? {
        switch claim.method {
        case "spf":
            let isHello = claim.domain("smtp.mailfrom") == nil && claim.domain("smtp.helo") != nil
            guard let one = isHello ? hello ?? mailFrom : mailFrom, one.trouble == nil else { return nil }
            let since: Phrase = "the policy was another one then, or the message came to the receiver from another host"
            let isChanged = [.fail, .softfail, .neutral, .none].contains(one.result)
            return (one.result, one.reason, isChanged ? "\(one.reason): \(since)" : nil)
        case "dkim":
            let domain = claim.domain("header.d", "header.i")
            let own = signatures.filter { one in domain.map { one.signature?.domain.value == $0 } ?? true }
            guard let one = own.first(where: { $0.result.rawValue == claim.result.value }) ?? own.first,
                one.trouble == nil
            else { return nil }
            return (one.result, one.reason, Self.since(one))
        case "dmarc":
            guard let policy, policy.trouble == nil, !policy.isOpen else { return nil }
            return (policy.result, policy.reason, nil)
        case "arc": return (chain.result, chain.reason, nil)
        default: return nil
        }
    }

    private static func since(_ one: DKIM.Verification) -> Phrase? {
        if one.isKeyGone { return "the key is gone today, which says nothing about then" }
        if one.isExpired { return "it has expired since" }
        guard one.result == .fail else { return nil }
        return "\(one.reason): by a footer, a gateway or saving it, after the receiver had looked"
    }
}

extension AuthenticationResults.Claim {
    /// The domain of the first property that has one of the names; of an address, what follows the "@".
    package func domain(_ names: String...) -> Domain? {
        properties.first { names.contains($0.name) }.map { property in
            Domain(property.value.value.split(separator: "@").last.map(String.init) ?? "")
        }
    }
}
