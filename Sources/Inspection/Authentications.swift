package import Authentication
package import DNS
package import Mail
package import Phrases

/// What verifying came to, here and now, from the bytes and DNS.
package struct Authentications: Sendable {
    /// SPF for the envelope's sender, and for the name that the host called itself; `nil` where the address or the name is not known.
    package private(set) var mailFrom: SPF.Evaluation?
    package private(set) var hello: SPF.Evaluation?
    /// Every DKIM signature, in the order of the fields.
    package private(set) var signatures: [DKIM.Verification] = []
    package private(set) var chain: ARC.Chain
    /// One for each domain that From holds addresses of, in their order, four at the most. RFC 9989 wants one author; readers show any.
    package private(set) var policies: [DMARC.Evaluation] = []
    /// The moment at which signatures are judged: when the message was received, as far as a server that is believed says so.
    package let moment: DateTime

    package init(
        of message: Message, _ identities: Identities, from client: Client?, by envelope: Envelope, at moment: DateTime,
        asking resolver: any Resolver
    ) async {
        self.moment = moment
        let (ofSender, ofHost) = Self.requests(identities, client, envelope)
        async let mailFrom = Self.evaluate(ofSender, resolver, moment)
        async let hello = Self.evaluate(ofHost, resolver, moment)
        async let signatures = DKIM.verify(message, asking: resolver, at: moment)
        async let chain = ARC.verify(message, asking: resolver, at: moment)
        self.mailFrom = await mailFrom
        self.hello = await hello
        self.signatures = await signatures
        self.chain = await chain
        var authors: [Domain] = []
        for domain in identities.from.prefix(50).compactMap({ $0.value.domain?.value })
        where domain.isHostName && !authors.contains(domain) && authors.count < 4 { authors.append(domain) }
        for author in authors {
            policies.append(
                await DMARC.evaluate(author: author, identifiers, unless: unknown(author), asking: resolver))
        }
    }

    /// The one that counts: of several the one that a receiver would act on most severely.
    package var policy: DMARC.Evaluation? {
        func rank(_ one: DMARC.Evaluation) -> Int {
            switch (one.result, one.policy) {
            case (.fail, .reject): 0
            case (.fail, .quarantine): 1
            case (.temperror, _): 2
            case (.fail, _): 3
            case (.pass, _): 5
            default: 4
            }
        }
        return policies.min { rank($0) < rank($1) }
    }

    /// SPF for the envelope's sender and for the HELO name, as far as they and the client are known.
    private static func requests(_ identities: Identities, _ client: Client?, _ envelope: Envelope)
        -> (mailFrom: SPF.Request?, hello: SPF.Request?)
    {
        guard let client, client.address.isPublic else { return (nil, nil) }
        let greeting = client.hello?.description
        let hello = greeting.map { SPF.Request(client: client.address, hello: $0) }
        guard
            let path = envelope.mailFrom
                ?? identities.returnPath.map({ $0.mailbox?.value.spec ?? "" })
        else { return (nil, hello) }
        let mailFrom = SPF.Request(client: client.address, mailFrom: path, hello: greeting ?? "")
        // With the null sender the HELO name is all that there is. RFC 7208 §2.4
        if mailFrom.scope == .hello { return (greeting == nil ? nil : mailFrom, nil) }
        return (mailFrom, hello)
    }

    private static func evaluate(_ request: SPF.Request?, _ resolver: any Resolver, _ moment: DateTime) async
        -> SPF.Evaluation?
    {
        guard let request else { return nil }
        return await SPF.evaluate(request, asking: resolver, now: moment)
    }

    /// What may pass for an author, or have passed, and was not verified.
    private func unknown(_ author: Domain) -> Phrase? {
        if let trouble = mailFrom?.trouble { return "SPF could not be checked: \(trouble.reason)" }
        if mailFrom == nil { return "SPF is not known, for no client and envelope are" }
        let open = signatures.first {
            $0.trouble != nil || $0.result == .neutral || ($0.isKeyGone && $0.isOf(author))
        }
        return open.map { "DKIM could not be checked: \($0.reason)" }
    }

    /// Whether the author's own organisation signed, and what it signed is not what is here: a list or a forwarder may have changed it.
    package var isOwnSignatureBroken: Bool {
        guard let author = policy?.author else { return false }
        return signatures.contains { $0.result != .pass && $0.isOf(author) }
    }

    /// What DMARC looks at. With the null sender the HELO name is the envelope's domain. RFC 7489 §3.1.2
    private var identifiers: [DMARC.Identifier] {
        var all = mailFrom.map { [DMARC.Identifier(.spf, $0.request.domain, $0.result)] } ?? []
        for one in signatures {
            if let domain = one.signature?.domain.value { all.append(DMARC.Identifier(.dkim, domain, one.result)) }
        }
        return all
    }

    /// Who handed the message over instead of the hosts that the envelope's domain names; its HELO name, if it gave one.
    private var forwarder: Phrase? {
        guard let mailFrom, [.fail, .softfail].contains(mailFrom.result) else { return nil }
        let client = mailFrom.request.client
        return mailFrom.request.hello.isEmpty ? "\(client)" : "\(words: mailFrom.request.hello) (\(client))"
    }

    /// One sentence that a support person can send on; `nil` where DMARC says nothing.
    package var sentence: Phrase? {
        guard let policy, policy.trouble == nil, !policy.isOpen else { return nil }
        let author = Words(policy.author.unicode)
        let spf = mailFrom.map { one -> Phrase in
            switch one.result {
            case .pass: "SPF passes for \(one.request.domain)"
            case .fail, .softfail:
                "\(one.request.client) is no host that \(one.request.domain) sends from, so SPF fails"
            case .none: "\(one.request.domain) publishes no SPF policy"
            default: "SPF for \(one.request.domain) comes to \(term: one.result.rawValue)"
            }
        }
        let own = signatures.first {
            $0.signature.map { one in policy.identifiers.contains { $0.isAligned && $0.domain == one.domain.value } }
                ?? false
        }
        let broken = signatures.first { $0.result != .pass && $0.isOf(policy.author) }
        switch policy.result {
        case .pass:
            if let domain = own?.signature?.domain.value, own?.result == .pass {
                if let sender = forwarder {
                    return
                        "forwarded, or sent again, by \(sender), so SPF fails; the DKIM signature of \(domain) survives, so DMARC passes for \(author)"
                }
                let signed: Phrase = "the DKIM signature of \(domain) is right, so DMARC passes for \(author)"
                guard mailFrom?.result != .pass, let spf else { return signed }
                return "\(spf); \(signed)"
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
            let wish: Phrase = policy.policy.map { "\(term: $0.rawValue)" } ?? "nothing"
            return "\(Phrase.joined(parts, by: "; ")); DMARC fails for \(author), which asks for \(wish)"
        default:
            return "\(author) publishes no DMARC policy, so nothing says what verification would prove"
        }
    }
}

extension DKIM.Verification {
    /// Whether a domain's own organisation signed.
    fileprivate func isOf(_ author: Domain) -> Bool {
        signature?.domain.value.isSameOrganisation(as: author) == true
    }
}
