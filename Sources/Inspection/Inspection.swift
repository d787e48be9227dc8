package import Content
package import DNS
package import Delivery
package import Mail

/// What the user knows about the delivery better than the message does.
package struct Envelope: Sendable {
    package var clientAddress: IPAddress?
    package var hello: String?
    package var mailFrom: String?

    package init(clientAddress: IPAddress? = nil, hello: String? = nil, mailFrom: String? = nil) {
        self.clientAddress = clientAddress
        self.hello = hello
        self.mailFrom = mailFrom
    }
}

/// The host that handed the message over from outside: as the user says, else as the hand-over hop has it.
package struct Client: Sendable {
    package let address: IPAddress
    package let hello: Domain?
    /// The reverse name that the receiver wrote down.
    package let writtenName: Domain?
    /// Where the message says so; `nil` when the user did.
    package let addressRange: ByteRange?
    package let helloRange: ByteRange?

    package init?(_ envelope: Envelope, _ hop: Hop?) {
        if let address = envelope.clientAddress {
            let hello = envelope.hello.map { Domain($0) }
            self.init(address, hello.flatMap { $0.isHostName ? $0 : nil }, nil, nil, nil)
        } else if let peer = hop?.peer, let address = peer.address {
            let told = envelope.hello.map { Domain($0) }
            self.init(
                address.value, told ?? peer.helloDomain?.value, peer.name.domain?.value, address.range,
                told == nil ? peer.helloDomain?.range : nil)
        } else {
            return nil
        }
    }

    private init(
        _ address: IPAddress, _ hello: Domain?, _ writtenName: Domain?, _ addressRange: ByteRange?,
        _ helloRange: ByteRange?
    ) {
        self.address = address
        self.hello = hello
        self.writtenName = writtenName
        self.addressRange = addressRange
        self.helloRange = helloRange
    }
}

/// Everything established about one message, before any judgement. Checks read this and nothing else.
package struct Inspection: Sendable {
    package let message: Message
    /// The moment that counts as now.
    package let now: DateTime
    package let envelope: Envelope
    /// Domains whose imitations are looked for: those that the user names, and the recipients' own.
    package let protected: [ProtectedDomain]
    package let identities: Identities
    package let trace: Trace
    package let client: Client?
    package let contents: Contents
    /// Places that common readers read differently.
    package let ambiguities: [Ambiguity]
    /// What the message's own header says that receivers found out; nothing of it is verified here.
    package let claims: [AuthenticationClaim]
    /// What spam filters wrote into the header.
    package let filterVerdicts: [FilterVerdict]
    /// Facts about the domains that the author's and the replies' addresses are in.
    package private(set) var domains: [Domain: DomainFacts] = [:]
    /// Facts about the hosts with public addresses that hops name.
    package private(set) var hosts: [IPAddress: HostFacts] = [:]
    /// What verifying came to; `nil` when DNS was not asked, or the message has not been sent.
    package private(set) var authentications: Authentications?
    /// What the lists say that were asked; none are unless the user wants it.
    package private(set) var listings: [Listing] = []
    /// Every DNS question that was asked, and what came of it.
    package private(set) var transcript: [(question: Question, result: Result<Answer, ResolutionFailure>)] = []
    /// What the questions may have cost.
    package private(set) var budget = DNSBudget()
    /// Whether DNS was left alone.
    package private(set) var isOffline = true

    /// Whether the message has been on its way; without a Received field it has not, or not yet.
    package var isSent: Bool { !trace.hops.isEmpty || !trace.unparsed.isEmpty }

    /// Looks at the message alone. DNS is asked nothing.
    ///
    /// - Parameter messages: parts that are messages of their own, which are inspected by themselves.
    package init(
        of message: Message, at now: DateTime, envelope: Envelope = Envelope(),
        trusting trusted: TrustedHosts = TrustedHosts(), protecting protected: [Domain] = [],
        leavingOut messages: Set<Int> = []
    ) {
        self.message = message
        self.now = now
        self.envelope = envelope
        identities = Identities(message)
        self.protected = ProtectedDomain.all(protected, identities.recipients)
        trace = Trace(message, trusting: trusted)
        client = Client(envelope, trace.handOver.map { [trace] in trace.hops[$0] })
        contents = Contents(of: message, leavingOut: messages)
        ambiguities = message.ambiguities
        claims = AuthenticationClaim.all(in: message, trace)
        filterVerdicts = FilterVerdict.all(in: message, trace)
    }

    /// Looks at the message, then asks DNS about the names in it.
    package init(
        of message: Message, asking resolver: some Resolver, at now: DateTime, envelope: Envelope = Envelope(),
        trusting trusted: TrustedHosts = TrustedHosts(), protecting protected: [Domain] = [],
        leavingOut messages: Set<Int> = [], blocklists: [Blocklist] = [], within budget: DNSBudget = DNSBudget()
    ) async {
        self.init(
            of: message, at: now, envelope: envelope, trusting: trusted, protecting: protected, leavingOut: messages)
        isOffline = false
        self.budget = budget
        let remembering = RememberingResolver(resolver, limit: budget.questions)
        let inquiry = NameInquiry(resolver: remembering)
        var wanted: [Domain] = []
        for mailbox in identities.from + identities.replyTo {
            if let domain = mailbox.value.domain?.value, !domain.isLiteral, !wanted.contains(domain) {
                wanted.append(domain)
            }
            if wanted.count >= NameInquiry.maximumDomains { break }
        }
        let (names, addresses) = (wanted, Self.publicHosts(trace, client))
        async let aboutDomains = inquiry.facts(about: names)
        async let aboutHosts = inquiry.facts(about: addresses)
        let subjects = blocklists.isEmpty ? [] : blocklistSubjects
        async let listed = BlocklistInquiry(resolver: remembering, lists: blocklists).listings(about: subjects)
        if isSent {
            authentications = await Authentications(
                of: message, identities, from: client, by: envelope, at: received, asking: remembering)
        }
        domains = await aboutDomains
        hosts = await aboutHosts
        listings = await listed
        transcript = await remembering.transcript()
    }

    /// The public addresses that hops name, nearest to the receiver first, each with what the host called itself.
    private static func publicHosts(_ trace: Trace, _ client: Client?) -> [(address: IPAddress, hello: Domain?)] {
        var hosts: [(address: IPAddress, hello: Domain?)] = []
        var seen: Set<IPAddress> = []
        if let client, client.address.isPublic {
            hosts.append((client.address, client.hello))
            seen.insert(client.address)
        }
        for hop in trace.hops.reversed() where hosts.count < NameInquiry.maximumHosts {
            guard let address = hop.peer.address?.value, address.isPublic, seen.insert(address).inserted else {
                continue
            }
            hosts.append((address, hop.peer.helloDomain?.value))
        }
        return hosts
    }

    /// Where bounces go: as the user says, else as the topmost Return-Path does. `nil` for nowhere, or not known.
    package var bounceDomain: (domain: Domain, range: ByteRange?)? {
        if let text = envelope.mailFrom {
            let list = Source(exactly: Array(text.utf8)).read(AddressList.self, in: 0..<text.utf8.count)
            return (try? list.get())?.mailboxes.first?.value.domain.map { ($0.value, nil) }
        }
        return identities.returnPath?.mailbox?.value.domain.map { ($0.value, $0.range) }
    }

    /// What was asked, as a recording that gives the same report.
    package var recording: Zone { Zone(at: now, transcript) }

    /// When the message was received, as far as a server that is believed says so; else now.
    package var received: DateTime {
        trace.hops.last { $0.trust.isOurs && $0.time != nil }?.time?.value ?? now
    }
}
