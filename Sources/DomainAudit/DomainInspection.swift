package import Authentication
package import DNS
package import Mail

/// What a domain publishes about mail, and what is wrong with it.
package struct DomainInspection: Sendable {
    package typealias Reply = Result<Answer, ResolutionFailure>

    package let domain: Domain
    package let exchanges: Reply
    /// The hosts that take its mail, in the order of preference, with their addresses and certificate records.
    package private(set) var hosts: [(host: Domain, addresses: [Reply], certificates: Reply)] = []
    /// The policy, evaluated for an address that no host has: every term is looked at.
    package private(set) var spf: SPF.Evaluation
    /// The keys of the selectors asked for.
    package private(set) var keys: [(selector: String, reply: Reply)] = []
    package private(set) var dmarc: DMARC.Evaluation
    /// The records of MTA-STS (RFC 8461), TLS-RPT (RFC 8460) and BIMI.
    package private(set) var transportSecurity: Reply
    package private(set) var transportReports: Reply
    package private(set) var brandIndicator: Reply
    /// The moment that counts as now.
    package let now: DateTime
    /// Every question that was asked, and what came of it.
    package let transcript: [(question: Question, result: Reply)]

    private static let maximumHosts = 5
    static let maximumSelectors = 10

    package init(
        of domain: Domain, selectors: [String] = [], asking resolver: any Resolver, at now: DateTime,
        within budget: DNSBudget = DNSBudget()
    ) async {
        let asking = RememberingResolver(resolver, limit: budget.questions)
        func reply(_ name: String, _ type: RecordType) async -> Reply {
            do throws(ResolutionFailure) {
                return .success(try await asking.answer(Question(Domain(name), type)))
            } catch {
                return .failure(error)
            }
        }
        self.domain = domain
        self.now = now
        async let policy = SPF.evaluate(
            SPF.Request(client: Self.nobody, mailFrom: "postmaster@\(domain)", hello: domain.description),
            asking: asking)
        async let alignment = DMARC.evaluate(author: domain, [], asking: asking)
        async let sts = reply("_mta-sts.\(domain)", .txt)
        async let reports = reply("_smtp._tls.\(domain)", .txt)
        async let brand = reply("default._bimi.\(domain)", .txt)
        exchanges = await reply(domain.description, .mx)
        let mail = ((try? exchanges.get())?.records ?? []).compactMap { record -> (preference: Int, host: Domain)? in
            if case .mailExchange(let preference, let host) = record, !host.description.isEmpty {
                (preference, host)
            } else {
                nil
            }
        }
        for (_, host) in mail.sorted(by: { $0.preference < $1.preference }).prefix(Self.maximumHosts) {
            async let v4 = reply(host.description, .a)
            async let v6 = reply(host.description, .aaaa)
            hosts.append((host, [await v4, await v6], await reply("_25._tcp.\(host)", .tlsa)))
        }
        for selector in selectors.prefix(Self.maximumSelectors) {
            keys.append((selector, await reply("\(selector)._domainkey.\(domain)", .txt)))
        }
        spf = await policy
        dmarc = await alignment
        transportSecurity = await sts
        transportReports = await reports
        brandIndicator = await brand
        transcript = await asking.transcript()
    }

    /// 192.0.2.255 is nobody's. RFC 5737
    private static let nobody = IPAddress(version4: 0xC000_02FF)

    /// Whether the domain says that it takes no mail. RFC 7505
    package var takesNoMail: Bool {
        guard case .success(let answer) = exchanges, !answer.records.isEmpty else { return false }
        return answer.records.allSatisfy {
            if case .mailExchange(_, let host) = $0 { host.description.isEmpty } else { false }
        }
    }
}
