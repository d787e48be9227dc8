public import Authentication
import DNS
public import Mail

/// What verifying came to, here and now, from the bytes and DNS.
public struct Authentications: Sendable {
    /// SPF for the envelope's sender, and for the name that the host called itself; `nil` where the address or the name is not known.
    public internal(set) var mailFrom: SPF.Evaluation?
    public internal(set) var hello: SPF.Evaluation?
    /// Every DKIM signature, in the order of the fields.
    public internal(set) var signatures: [DKIM.Verification] = []
    public internal(set) var chain: ARC.Chain
    /// `nil` unless From holds addresses of one domain.
    public internal(set) var policy: DMARC.Evaluation?
    /// The moment at which signatures are judged: when the message was received, as far as a server that is believed says so.
    public let moment: DateTime

    init(_ inspection: Inspection, asking resolver: any Resolver) async {
        let message = inspection.message
        let moment = inspection.received
        self.moment = moment
        let path = inspection.envelope.mailFrom ?? inspection.identities.returnPath.map { $0.mailbox?.value.spec ?? "" }
        let greeting = inspection.client?.hello?.description
        async let signatures = DKIM.verify(message, asking: resolver, at: moment)
        async let chain = ARC.verify(message, asking: resolver, at: moment)
        if let client = inspection.client?.address, client.isPublic {
            if let path {
                let request = SPF.Request(client: client, mailFrom: path, hello: greeting ?? "")
                mailFrom = await SPF.evaluate(request, asking: resolver, now: moment)
            }
            if let greeting, path?.isEmpty != true {
                let request = SPF.Request(client: client, hello: greeting)
                hello = await SPF.evaluate(request, asking: resolver, now: moment)
            }
        }
        self.signatures = await signatures
        self.chain = await chain
        let authors = Set(inspection.identities.from.compactMap { $0.value.domain?.value })
        if authors.count == 1, let author = authors.first, author.isHostName {
            policy = await DMARC.evaluate(author: author, identifiers, asking: resolver)
            if let unknown { policy?.leaveOpen(unknown) }
        }
    }

    /// What may pass and was not verified.
    private var unknown: String? {
        if let trouble = mailFrom?.trouble { return "SPF could not be checked: \(trouble.reason)" }
        if mailFrom == nil { return "SPF is not known, for no client and envelope are" }
        let open = signatures.first { $0.trouble != nil || $0.result == .neutral }
        return open.map { "DKIM could not be checked: \($0.reason)" }
    }

    /// Whether the author's own organisation signed, and what it signed is not what is here: a list or a forwarder may have changed it.
    var isOwnSignatureBroken: Bool {
        guard let author = policy?.author else { return false }
        return signatures.contains { one in
            one.result != .pass && one.signature?.domain.value.isSameOrganisation(as: author) == true
        }
    }

    /// What DMARC looks at. With the null sender the HELO name is the envelope's domain. RFC 7489 §3.1.2
    private var identifiers: [DMARC.Identifier] {
        var all = mailFrom.map { [DMARC.Identifier(.spf, $0.request.domain, $0.result)] } ?? []
        for one in signatures {
            if let domain = one.signature?.domain.value { all.append(DMARC.Identifier(.dkim, domain, one.result)) }
        }
        return all
    }

    /// One sentence that a support person can send on; `nil` where DMARC says nothing.
    public var sentence: String? {
        guard let policy, policy.trouble == nil, !policy.isOpen else { return nil }
        let author = policy.author.unicode
        let spf = mailFrom.map { one -> String in
            switch one.result {
            case .pass: "SPF passes for \(one.request.domain)"
            case .fail, .softfail:
                "\(one.request.client) is no host that \(one.request.domain) sends from, so SPF fails"
            case .none: "\(one.request.domain) publishes no SPF policy"
            default: "SPF for \(one.request.domain) comes to \(one.result.rawValue)"
            }
        }
        let own = signatures.first {
            $0.signature.map { one in policy.identifiers.contains { $0.isAligned && $0.domain == one.domain.value } }
                ?? false
        }
        let broken = signatures.first {
            $0.result != .pass && $0.signature?.domain.value.isSameOrganisation(as: policy.author) == true
        }
        switch policy.result {
        case .pass:
            if let domain = own?.signature?.domain.value, own?.result == .pass {
                let lead = mailFrom?.result == .pass ? "" : spf.map { "\($0); " } ?? ""
                return "\(lead)the DKIM signature of \(domain) is right, so DMARC passes for \(author)"
            }
            return "\(spf ?? "SPF passes"), so DMARC passes for \(author)"
        case .fail:
            var parts = spf.map { [$0] } ?? []
            if let broken, let domain = broken.signature?.domain.value {
                parts.append("the DKIM signature of \(domain) is not right (\(broken.reason))")
            }
            if let first = policy.identifiers.first(where: { $0.result == .pass }) {
                parts.append("\(first.domain) is not the author's domain")
            }
            if parts.isEmpty { parts.append("nothing verifies the author's domain") }
            return
                "\(parts.joined(separator: "; ")); DMARC fails for \(author), which asks for \(policy.policy?.rawValue ?? "nothing")"
        default:
            return "\(author) publishes no DMARC policy, so nothing says what verification would prove"
        }
    }
}

/// A claim beside what was found, and why they differ.
public struct Comparison: Sendable {
    public let claimed: AuthenticationClaim
    public let claim: AuthenticationResults.Claim
    public let verified: MethodResult
    /// The plain reason of the difference; `nil` where both say the same.
    public let difference: String?
}

extension Inspection {
    /// Each claim about a method that was verified here too.
    public var comparisons: [Comparison] {
        guard let authentications else { return [] }
        return claims.prefix(10).flatMap { claimed in
            claimed.results.claims.prefix(30).compactMap { claim in
                guard let (result, reason) = Self.verified(claim, authentications) else { return nil }
                let isSame = claim.result.value == result.rawValue
                return Comparison(
                    claimed: claimed, claim: claim, verified: result,
                    difference: isSame ? nil : Self.difference(claim, claimed, result, reason, self))
            }
        }
    }

    /// What was found for the same method and domain.
    private static func verified(_ claim: AuthenticationResults.Claim, _ found: Authentications) -> (
        MethodResult, String
    )? {
        func property(_ names: [String]) -> Domain? {
            claim.properties.first { names.contains($0.name) }.map { text in
                Domain(text.value.value.split(separator: "@").last.map(String.init) ?? "")
            }
        }
        switch claim.method {
        case "spf":
            let isHello =
                claim.properties.contains { $0.name == "smtp.helo" }
                && !claim.properties.contains { $0.name == "smtp.mailfrom" }
            guard let one = isHello ? found.hello ?? found.mailFrom : found.mailFrom, one.trouble == nil else {
                return nil
            }
            if let domain = property(["smtp.mailfrom", "smtp.mail", "smtp.helo"]), domain != one.request.domain {
                return (.none, "the envelope's sender is of \(one.request.domain), not of \(domain)")
            }
            return (one.result, one.reason)
        case "dkim":
            if found.signatures.isEmpty { return (.none, "the message has no signature") }
            let domain = property(["header.d", "header.i"])
            let candidates = found.signatures.filter { one in domain.map { one.signature?.domain.value == $0 } ?? true }
            guard let one = candidates.first(where: { $0.result.rawValue == claim.result.value }) ?? candidates.first,
                one.trouble == nil
            else { return nil }
            return (one.result, one.reason)
        case "dmarc": return found.policy.flatMap { $0.trouble == nil && !$0.isOpen ? ($0.result, $0.reason) : nil }
        case "arc": return (found.chain.result, found.chain.reason)
        default: return nil
        }
    }

    private static func difference(
        _ claim: AuthenticationResults.Claim, _ claimed: AuthenticationClaim, _ result: MethodResult, _ reason: String,
        _ inspection: Inspection
    ) -> String {
        guard claimed.isReceivers else { return "anyone can have written this claim; \(reason)" }
        switch (claim.method, claim.result.value, result) {
        case ("dkim", "pass", .permerror) where reason.hasPrefix("there is no key"):
            return "the key is gone today, which says nothing about then"
        case ("dkim", "pass", .policy) where reason.contains("expired"): return "it has expired since"
        case ("dkim", "pass", .fail):
            return "\(reason): by a footer, a gateway or saving it, after the receiver had looked"
        case ("spf", "pass", .fail), ("spf", "pass", .softfail), ("spf", "pass", .neutral), ("spf", "pass", .none):
            return "\(reason): the policy was another one then, or the message came to the receiver from another host"
        case ("dmarc", _, _): return reason
        default: return reason
        }
    }
}
