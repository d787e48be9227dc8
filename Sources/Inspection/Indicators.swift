import Content
import Delivery
import Mail
import Phrases

/// What of a message is worth looking for in other mail and in logs. Nothing of it is a judgement: it is what the message names.
package struct Indicator: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case domain, url, ip, address, md5, sha1, sha256
        case fileName = "file-name"
        case subject
        case messageID = "message-id"

        fileprivate var index: Int {
            switch self {
            case .domain: 0
            case .url: 1
            case .ip: 2
            case .address: 3
            case .md5: 4
            case .sha1: 5
            case .sha256: 6
            case .fileName: 7
            case .subject: 8
            case .messageID: 9
            }
        }
    }

    package let kind: Kind
    /// As it is, not defanged.
    package let value: String
    /// Where it stands: `from`, `reply-to`, `link`, `hand-over`.
    package let role: String
}

extension Inspection {
    /// How many indicators there are at the most.
    package static let maximumIndicators = 5_000

    /// Each once, by kind; the recipients, their servers and what they added are left out.
    package var indicators: [Indicator] {
        var found = IndicatorList(leavingOut: receivers)
        for (list, role) in [
            (identities.from, "from"), (identities.sender, "sender"), (identities.replyTo, "reply-to"),
        ] {
            for mailbox in list.prefix(200) { found.add(mailbox.value, role) }
        }
        if let mailbox = identities.returnPath?.mailbox?.value { found.add(mailbox, "return-path") }
        for (_, signature) in identities.signatures.prefix(20) { found.add(signature.domain.value, "dkim") }
        if let client, client.address.isPublic { found.add(.ip, client.address.description, "hand-over") }
        found.add(client?.hello, "helo")
        for hop in trace.hops where !hop.trust.isOurs {
            guard let address = hop.peer.address?.value, address.isPublic else { continue }
            found.add(.ip, address.description, "hop, claimed")
        }
        for (_, id) in identities.messageIDs.prefix(3) {
            if case .success(let id) = id { found.add(.messageID, id.text.value, "message-id") }
        }
        found.add(.subject, identities.subjects.first?.value, "subject")
        addContents(&found)
        return found.all
    }

    private func addContents(_ found: inout IndicatorList) {
        for link in contents.links.prefix(2000) {
            let role = link.use == .submit ? "form" : "link"
            found.add(link.address, link.target.value, role)
            for carried in link.carried { found.add(WebAddress(carried), carried, "link inside a link") }
        }
        for load in contents.loads.prefix(2000) { found.add(load.address, load.target.value, "loaded") }
        for file in contents.attachments.prefix(200) {
            found.add(.fileName, file.name?.value, "attachment")
            found.add(.md5, file.digests.md5, "attachment")
            found.add(.sha1, file.digests.sha1, "attachment")
            found.add(.sha256, file.digests.sha256, "attachment")
            for entry in file.archive?.entries.prefix(100) ?? [] { found.add(.fileName, entry.name, "in an archive") }
        }
        for calendar in contents.calendars {
            if let organizer = calendar.organizer?.value, organizer.contains("@") {
                found.add(.address, organizer, "organizer")
            }
        }
    }

    /// The recipients' organisations, and those of the servers that took the message.
    private var receivers: [Domain] {
        var own: [Domain] = []
        func add(_ domain: Domain) { if !own.contains(domain) { own.append(domain) } }
        for hop in trace.hops where hop.trust.isOurs {
            if let by = hop.byDomain?.value.organisational { add(by) }
        }
        for mailbox in identities.recipients.prefix(20) {
            if let domain = mailbox.value.domain?.value, !FreeMail.isProvider(domain) { add(domain.organisational) }
        }
        return own
    }
}

/// Indicators as they are found.
private struct IndicatorList {
    /// Organisations whose names are nothing to look for.
    private let leftOut: [Domain]
    private var byKind: [[Indicator]]
    /// The values of kinds that have many.
    private var seen: [Indicator.Kind: Set<String>] = [:]
    private var count = 0
    /// The domain before, and whether it is left out: one link after the other leads to the same.
    private var last: (domain: Domain, isLeftOut: Bool)?

    init(leavingOut domains: [Domain]) {
        leftOut = domains
        byKind = Array(repeating: [], count: Indicator.Kind.allCases.count)
    }

    var all: [Indicator] { byKind.flatMap { $0 } }

    mutating func add(_ kind: Indicator.Kind, _ value: String?, _ role: String) {
        guard let value, !value.isEmpty, count < Inspection.maximumIndicators, isNew(kind, value.cut(to: 4096)) else {
            return
        }
        count += 1
        byKind[kind.index].append(Indicator(kind: kind, value: value.cut(to: 4096), role: role))
    }

    /// Few are compared one by one, which takes less time than hashing them.
    private mutating func isNew(_ kind: Indicator.Kind, _ value: String) -> Bool {
        let known = byKind[kind.index]
        if known.count < 12 {
            let (length, last) = (value.utf8.count, value.utf8.last)
            return !known.contains {
                $0.value.utf8.count == length && $0.value.utf8.last == last && $0.value == value
            }
        }
        return seen[kind, default: Set(known.map(\.value))].insert(value).inserted
    }

    mutating func add(_ domain: Domain?, _ role: String) {
        guard let domain, domain.isHostName, !isLeftOut(domain) else { return }
        add(.domain, domain.ascii ?? domain.description, role)
    }

    mutating func add(_ mailbox: Mailbox, _ role: String) {
        guard let domain = mailbox.domain?.value, !isLeftOut(domain) else { return }
        add(.address, mailbox.spec, role)
        add(domain, role)
    }

    mutating func add(_ address: WebAddress?, _ text: String, _ role: String) {
        guard let address else { return }
        if address.scheme == "mailto" {
            let spec = address.rest.utf8.prefix { $0 != UInt8(ascii: "?") }
            if spec.contains(UInt8(ascii: "@")) { add(.address, String(Substring(spec)), role) }
            return
        }
        guard !address.host.isEmpty else { return }
        add(.url, text, role)
        if let ip = address.address {
            add(.ip, ip.description, role)
        } else if let domain = address.domain, !isLeftOut(domain) {
            add(.domain, domain.ascii ?? domain.description, role)
        }
    }

    private mutating func isLeftOut(_ domain: Domain) -> Bool {
        if let last, last.domain == domain { return last.isLeftOut }
        let isLeftOut = leftOut.contains(domain.organisational)
        last = (domain, isLeftOut)
        return isLeftOut
    }
}
