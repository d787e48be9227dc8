import Content
package import DNS
package import Mail

/// Asks lists about the host that handed the message over, and about the domains that it names.
package struct BlocklistInquiry {
    package let resolver: any Resolver
    package let lists: [Blocklist]

    /// How many domains of one message are asked about.
    package static let maximumDomains = 12

    package func listings(about subjects: [(Listing.Subject, ByteRange?)]) async -> [Listing] {
        var tasks:
            [(
                list: Blocklist, subject: Listing.Subject, range: ByteRange?,
                task: Task<Result<Answer, ResolutionFailure>, Never>
            )] = []
        for list in lists {
            for (subject, range) in subjects {
                guard let question = list.question(subject) else { continue }
                let task = Task { () -> Result<Answer, ResolutionFailure> in
                    do throws(ResolutionFailure) { return .success(try await resolver.answer(question)) } catch {
                        return .failure(error)
                    }
                }
                tasks.append((list, subject, range, task))
            }
        }
        var listings: [Listing] = []
        for (list, subject, range, task) in tasks {
            listings.append(Listing(list: list, subject: subject, range: range, answer: await task.value))
        }
        return listings
    }
}

extension Inspection {
    /// The host's public address; the registered domains of the author, of who gets answers and bounces, of who signed, and of links.
    package var blocklistSubjects: [(Listing.Subject, ByteRange?)] {
        var subjects: [(Listing.Subject, ByteRange?)] = []
        if let client, client.address.isPublic {
            subjects.append((.address(client.address), client.addressRange))
        }
        var seen: Set<Domain> = []
        func add(_ domain: Domain, _ range: ByteRange?) {
            let registered = domain.organisational
            guard registered.isHostName, seen.count < BlocklistInquiry.maximumDomains, seen.insert(registered).inserted
            else { return }
            subjects.append((.domain(registered), range))
        }
        for mailbox in (identities.from + identities.replyTo + identities.sender).prefix(10) {
            if let domain = mailbox.value.domain { add(domain.value, domain.range) }
        }
        if let (domain, range) = bounceDomain { add(domain, range) }
        for (_, signature) in identities.signatures.prefix(4) { add(signature.domain.value, signature.domain.range) }
        for link in contents.links.prefix(200) {
            if let domain = link.destination?.domain { add(domain, link.target.range) }
        }
        return subjects
    }
}
