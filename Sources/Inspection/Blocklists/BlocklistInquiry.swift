import Content
import DNS
import Mail

/// Asks lists about the host that handed the message over, and about the domains that it names.
struct BlocklistInquiry {
    let resolver: any Resolver
    let lists: [Blocklist]

    /// How many domains of one message are asked about.
    static let maximumDomains = 12

    func listings(_ inspection: Inspection) async -> [Listing] {
        let subjects = Self.subjects(inspection)
        var tasks:
            [(
                list: Blocklist, subject: Listing.Subject, place: ByteRange?,
                task: Task<Result<Answer, ResolutionFailure>, Never>
            )] = []
        for list in lists {
            for (subject, place) in subjects {
                guard let question = list.question(subject) else { continue }
                let task = Task { () -> Result<Answer, ResolutionFailure> in
                    do throws(ResolutionFailure) { return .success(try await resolver.answer(question)) } catch {
                        return .failure(error)
                    }
                }
                tasks.append((list, subject, place, task))
            }
        }
        var listings: [Listing] = []
        for (list, subject, place, task) in tasks {
            listings.append(Listing(list: list, subject: subject, place: place, answer: await task.value))
        }
        return listings
    }

    /// The host's public address; the registered domains of the author, of who gets answers and bounces, of who signed, and of links.
    private static func subjects(_ inspection: Inspection) -> [(Listing.Subject, ByteRange?)] {
        var subjects: [(Listing.Subject, ByteRange?)] = []
        if let client = inspection.client, client.address.isPublic {
            subjects.append((.address(client.address), client.addressPlace))
        }
        var seen: Set<Domain> = []
        func add(_ domain: Domain, _ place: ByteRange?) {
            let registered = domain.organisational
            guard registered.isHostName, seen.count < maximumDomains, seen.insert(registered).inserted else { return }
            subjects.append((.domain(registered), place))
        }
        let identities = inspection.identities
        for mailbox in (identities.from + identities.replyTo + identities.sender).prefix(10) {
            if let domain = mailbox.value.domain { add(domain.value, domain.range) }
        }
        if let (domain, place) = inspection.bounceDomain { add(domain, place) }
        for (_, signature) in identities.signatures.prefix(4) { add(signature.domain.value, signature.domain.range) }
        for link in inspection.contents.links.prefix(200) {
            if let domain = link.destination?.domain { add(domain, link.target.range) }
        }
        return subjects
    }
}
