package import DNS
package import Mail

/// What DNS says about receiving mail for a domain.
package struct DomainFacts: Sendable {
    package let domain: Domain
    package let exchanges: Result<Answer, ResolutionFailure>
    /// Addresses, asked for when there is no MX record. RFC 5321 §5.1
    package let addresses: [Result<Answer, ResolutionFailure>]

    package enum Reception: Sendable {
        /// Hosts in the order of their preference.
        case exchanges([Domain])
        /// The domain says that it takes no mail. RFC 7505
        case none
        /// No MX record; mail goes to the domain's own address. RFC 5321 §5.1
        case ownAddress
        /// Neither MX nor address.
        case nowhere
        case noSuchDomain
        case unknown(ResolutionFailure)
    }

    package var reception: Reception {
        switch exchanges {
        case .failure(let failure): return .unknown(failure)
        case .success(let answer):
            if answer.outcome == .noSuchName { return .noSuchDomain }
            let mail = answer.records.compactMap { record -> (preference: Int, host: Domain)? in
                if case .mailExchange(let preference, let host) = record { (preference, host) } else { nil }
            }
            if !mail.isEmpty {
                if mail.allSatisfy({ $0.host.description.isEmpty }) { return .none }
                return .exchanges(mail.sorted { $0.preference < $1.preference }.map(\.host))
            }
            if addresses.contains(where: { (try? $0.get().addresses.isEmpty) == false }) { return .ownAddress }
            for case .failure(let failure) in addresses { return .unknown(failure) }
            return addresses.isEmpty ? .unknown(.notRecorded) : .nowhere
        }
    }
}

/// What DNS says about the host that a hop names.
package struct HostFacts: Sendable {
    package let address: IPAddress
    package let names: Result<Answer, ResolutionFailure>
    /// For the first names found, the addresses that they have.
    package let addresses: [(name: Domain, answers: [Result<Answer, ResolutionFailure>])]
    /// The addresses of the name that the host called itself.
    package let hello: (name: Domain, answers: [Result<Answer, ResolutionFailure>])?

    /// Whether the reverse name leads back to the address. RFC 8601 §2.7.3 (iprev)
    package enum Confirmation: Sendable {
        case confirmed(Domain)
        case noName
        /// The names lead elsewhere.
        case contradicted([Domain])
        case unknown(ResolutionFailure)
    }

    package var confirmation: Confirmation {
        switch names {
        case .failure(let failure): return .unknown(failure)
        case .success(let answer):
            guard !answer.hosts.isEmpty else { return .noName }
            for (name, answers) in addresses where Self.leads(answers, to: address) == true { return .confirmed(name) }
            for (_, answers) in addresses { for case .failure(let failure) in answers { return .unknown(failure) } }
            return .contradicted(answer.hosts)
        }
    }

    /// Whether the HELO leads to the address; `nil` when DNS did not say.
    package var helloLeadsHere: Bool? { hello.flatMap { Self.leads($0.answers, to: address) } }

    private static func leads(_ answers: [Result<Answer, ResolutionFailure>], to address: IPAddress) -> Bool? {
        var isUnknown = false
        for answer in answers {
            switch answer {
            case .success(let answer): if answer.addresses.contains(address) { return true }
            case .failure: isUnknown = true
            }
        }
        return isUnknown ? nil : false
    }
}

/// Asks everything that a report wants to know from DNS, all at once.
package struct NameInquiry {
    package let resolver: any Resolver

    /// How many hosts and domains of one message are looked up.
    package static let maximumHosts = 20
    package static let maximumDomains = 10
    package static let maximumNames = 3

    private func ask(_ name: Domain, _ type: RecordType) async -> Result<Answer, ResolutionFailure> {
        do { return .success(try await resolver.answer(Question(name, type))) } catch { return .failure(error) }
    }

    private func addresses(of name: Domain, like address: IPAddress) async -> [Result<Answer, ResolutionFailure>] {
        [await ask(name, address.isV6 ? .aaaa : .a)]
    }

    package func facts(about domain: Domain) async -> DomainFacts {
        let exchanges = await ask(domain, .mx)
        guard case .success(let answer) = exchanges, answer.outcome == .noData else {
            return DomainFacts(domain: domain, exchanges: exchanges, addresses: [])
        }
        async let version4 = ask(domain, .a)
        async let version6 = ask(domain, .aaaa)
        return DomainFacts(domain: domain, exchanges: exchanges, addresses: [await version4, await version6])
    }

    package func facts(about address: IPAddress, hello: Domain?) async -> HostFacts {
        async let helloAnswers: (name: Domain, answers: [Result<Answer, ResolutionFailure>])? = {
            guard let hello else { return nil }
            return (hello, await addresses(of: hello, like: address))
        }()
        let names = await ask(address.reverseName, .ptr)
        var found: [(name: Domain, answers: [Result<Answer, ResolutionFailure>])] = []
        for name in ((try? names.get().hosts) ?? []).prefix(Self.maximumNames) {
            found.append((name, await addresses(of: name, like: address)))
        }
        return HostFacts(address: address, names: names, addresses: found, hello: await helloAnswers)
    }

    package func facts(about domains: [Domain]) async -> [Domain: DomainFacts] {
        await withTaskGroup(of: DomainFacts.self) { group in
            for domain in domains.prefix(Self.maximumDomains) { group.addTask { await facts(about: domain) } }
            return await group.reduce(into: [:]) { $0[$1.domain] = $1 }
        }
    }

    package func facts(about hosts: [(address: IPAddress, hello: Domain?)]) async -> [IPAddress: HostFacts] {
        await withTaskGroup(of: HostFacts.self) { group in
            for host in hosts.prefix(Self.maximumHosts) {
                group.addTask { await facts(about: host.address, hello: host.hello) }
            }
            return await group.reduce(into: [:]) { $0[$1.address] = $1 }
        }
    }
}
