import Content
import Mail

/// What of a message is worth looking for in other mail and in logs. Nothing of it is a judgement: it is what the message names.
public struct Indicator: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case domain, url, ip, address, md5, sha1, sha256
        case fileName = "file-name"
        case subject
        case messageID = "message-id"

        fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    public let kind: Kind
    /// As it is, not defanged.
    public let value: String
    /// Where it stands: `from`, `reply-to`, `link`, `hand-over`.
    public let role: String
}

extension Inspection {
    /// How many indicators there are at the most.
    static let maximumIndicators = 5_000

    /// Each once, by kind; the recipients, their servers and what they added are left out.
    public var indicators: [Indicator] {
        var byKind = [[Indicator]](repeating: [], count: Indicator.Kind.allCases.count)
        var seen = [Set<String>](repeating: [], count: byKind.count)
        var count = 0
        let receivers = self.receivers
        func isReceivers(_ domain: Domain) -> Bool { receivers.contains(domain.organisational) }
        func add(_ kind: Indicator.Kind, _ value: String?, _ role: String) {
            guard let value, !value.isEmpty, count < Self.maximumIndicators, seen[kind.place].insert(value).inserted
            else {
                return
            }
            count += 1
            byKind[kind.place].append(Indicator(kind: kind, value: value.cut(to: 4096), role: role))
        }
        func add(_ domain: Domain?, _ role: String) {
            guard let domain, domain.isHostName, !isReceivers(domain) else { return }
            add(.domain, domain.ascii ?? domain.description, role)
        }
        let mailboxes =
            identities.from.map { ($0, "from") } + identities.sender.map { ($0, "sender") }
            + identities.replyTo.map { ($0, "reply-to") }
        for (mailbox, role) in mailboxes.prefix(200) {
            if let domain = mailbox.value.domain?.value, !isReceivers(domain) {
                add(.address, mailbox.value.spec, role)
            }
            add(mailbox.value.domain?.value, role)
        }
        if let mailbox = identities.returnPath?.mailbox?.value {
            if let domain = mailbox.domain?.value, !isReceivers(domain) { add(.address, mailbox.spec, "return-path") }
            add(mailbox.domain?.value, "return-path")
        }
        for (_, signature) in identities.signatures.prefix(20) { add(signature.domain.value, "dkim") }
        if let client, client.address.isPublic { add(.ip, client.address.description, "hand-over") }
        add(client?.hello, "helo")
        for hop in trace.hops where !hop.trust.isOurs {
            if let address = hop.peer.address?.value, address.isPublic { add(.ip, address.description, "hop, claimed") }
        }
        for (_, id) in identities.messageIDs.prefix(3) {
            if case .success(let id) = id { add(.messageID, id.text.value, "message-id") }
        }
        add(.subject, identities.subjects.first?.value, "subject")
        addContents(add, isReceivers)
        return byKind.flatMap { $0 }
    }

    private func addContents(_ add: (Indicator.Kind, String?, String) -> Void, _ isReceivers: (Domain) -> Bool) {
        func addPlace(_ address: WebAddress?, _ text: String, _ role: String) {
            guard let address else { return }
            if address.scheme == "mailto" {
                let spec = address.rest.prefix { $0 != "?" }
                if spec.contains("@") { add(.address, String(spec), role) }
                return
            }
            guard !address.host.isEmpty else { return }
            add(.url, text, role)
            if let ip = address.address {
                add(.ip, ip.description, role)
            } else if let domain = address.domain, !isReceivers(domain) {
                add(.domain, domain.ascii ?? domain.description, role)
            }
        }
        for link in contents.links.prefix(2000) {
            let role = link.use == .submit ? "form" : "link"
            addPlace(link.address, link.target.value, role)
            for carried in link.carried { addPlace(WebAddress(carried), carried, "link inside a link") }
        }
        for load in contents.loads.prefix(2000) { addPlace(load.address, load.target.value, "loaded") }
        for file in contents.attachments.prefix(200) {
            add(.fileName, file.name?.value, "attachment")
            add(.md5, file.digests.md5, "attachment")
            add(.sha1, file.digests.sha1, "attachment")
            add(.sha256, file.digests.sha256, "attachment")
            for entry in file.archive?.entries.prefix(100) ?? [] { add(.fileName, entry.name, "in an archive") }
        }
        for calendar in contents.calendars {
            if let organizer = calendar.organizer?.value, organizer.contains("@") {
                add(.address, organizer, "organizer")
            }
        }
    }

    /// The recipients' organisations, and those of the servers that took the message.
    private var receivers: Set<Domain> {
        var own = Set(trace.hops.filter(\.trust.isOurs).compactMap { $0.byDomain?.value.organisational })
        for mailbox in identities.recipients.prefix(20) {
            if let domain = mailbox.value.domain?.value, !FreeMail.isProvider(domain) {
                own.insert(domain.organisational)
            }
        }
        return own
    }
}
