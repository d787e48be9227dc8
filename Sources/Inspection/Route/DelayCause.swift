public import Mail

/// What the message itself shows of why its slowest leg took so long.
public struct DelayCause: Sendable {
    public let text: String
    /// Where it is said.
    public let place: ByteRange?
}

extension Inspection {
    /// The cause of the slowest leg, where the message shows one.
    public var delayCause: DelayCause? {
        guard let slowest = trace.slowest, let delay = trace.hops[slowest].likelyDelay, delay >= 60 else { return nil }
        let hop = trace.hops[slowest]
        let before = trace.hops[..<slowest].last { $0.time != nil }
        for name in ["X-Greylist", "X-Greylisting", "X-Policyd-Weight"] as [HeaderField.Name] {
            guard let field = message.fields(named: name).first else { continue }
            let text = message.source.text(field.value, limit: 120)
            if text.lowercased().contains("delayed") || text.lowercased().contains("greylist") {
                return DelayCause(text: "held back by greylisting, says \(name) (\(text))", place: field.value)
            }
        }
        if hop.dialect?.name == "content filter" || before?.dialect?.name == "content filter" {
            return DelayCause(text: "a scan of the content", place: hop.field.name)
        }
        if identities.isFromList, let list = message.values(.listID).first, let by = before?.byDomain?.value,
            Domain(list.value.identifier.value).isWithin(by.organisational)
        {
            return DelayCause(
                text: "the mailing list held it, as lists do for moderation", place: list.value.identifier.range)
        }
        if let before, before.isSubmission, slowest == 1, let by = before.by {
            return DelayCause(text: "it waited at \(by.value.printable), where it was handed in", place: by.range)
        }
        if let by = before?.by, let next = hop.by,
            by.value.lowercased() == next.value.lowercased() || (before?.byDomain?.value).map(hop.names) == true
        {
            return DelayCause(
                text: "it waited in the queue of \(by.value.printable), or on the way from there", place: by.range)
        }
        return nil
    }

    /// What other fields say of the way: the client that a web service names, the sender behind a rewritten one, resent copies.
    public var routeAdditions: [(name: String, value: String, place: ByteRange)] {
        var found: [(name: String, value: String, place: ByteRange)] = []
        for name in ["X-Originating-IP", "X-Sender-IP", "X-Client-IP", "X-Source-IP"] as [HeaderField.Name] {
            for field in message.fields(named: name).prefix(3) {
                found.append(("\(name)", message.source.text(field.value, limit: 80) + " (claimed)", field.value))
            }
        }
        if let path = identities.returnPath?.mailbox?.value, let sender = RewrittenSender(path) {
            found.append(("Return-Path", "\(sender.scheme) for \(sender.address)", path.address))
        }
        let copies = message.fields(named: "X-Received").count
        if copies > 0, let field = message.fields(named: "X-Received").first {
            found.append(("X-Received", "\(copies) more inside one provider", field.value))
        }
        for field in message.fields(named: "Resent-From").prefix(3) {
            found.append(("Resent-From", message.source.text(field.value, limit: 80), field.value))
        }
        return found
    }
}

/// The true sender behind an address that a forwarder or a bounce handler made.
public struct RewrittenSender: Hashable, Sendable {
    /// `SRS`, `BATV`, `VERP`.
    public let scheme: String
    public let address: String

    /// SRS0=HASH=TT=DOMAIN=LOCAL@forwarder, SRS1=HASH=FORWARDER==HASH=TT=DOMAIN=LOCAL, prvs=TAG=LOCAL@domain, btv1==TAG==LOCAL,
    /// LIST-bounces+LOCAL=DOMAIN@host.
    public init?(_ mailbox: Mailbox) {
        let local = mailbox.localPart.value
        let lower = local.lowercased()
        let parts = local.split(omittingEmptySubsequences: false) { $0 == "=" || $0 == "+" || $0 == "-" }.map(
            String.init)
        if lower.hasPrefix("srs0"), local.split(separator: "=").count >= 5 {
            let pieces = local.split(separator: "=", maxSplits: 4).map(String.init)
            (scheme, address) = ("SRS", "\(pieces[4])@\(pieces[3])")
        } else if lower.hasPrefix("srs1"), let middle = local.range(of: "==") {
            let pieces = local[middle.upperBound...].split(separator: "=", maxSplits: 3).map(String.init)
            guard pieces.count == 4 else { return nil }
            (scheme, address) = ("SRS", "\(pieces[3])@\(pieces[2])")
        } else if lower.hasPrefix("prvs="), let last = local.split(separator: "=", maxSplits: 2).dropFirst(2).first,
            let domain = mailbox.domain
        {
            (scheme, address) = ("BATV", "\(last)@\(domain.value)")
        } else if lower.hasPrefix("btv1=="), let last = local.components(after: "==", count: 2),
            let domain = mailbox.domain
        {
            (scheme, address) = ("BATV", "\(last)@\(domain.value)")
        } else if let plus = local.firstIndex(where: { $0 == "+" || $0 == "-" }), let equals = local.lastIndex(of: "="),
            plus < equals,
            parts.count >= 3
        {
            let host = Domain(String(local[local.index(after: equals)...]))
            guard host.isHostName else { return nil }
            let user = local[..<equals].split(whereSeparator: { $0 == "+" || $0 == "-" }).last.map(String.init) ?? ""
            (scheme, address) = ("VERP", "\(user)@\(host)")
        } else {
            return nil
        }
    }
}

extension String {
    fileprivate func range(of mark: String) -> Range<Index>? { firstRange(of: mark) }

    /// What follows the mark's occurrence of that number.
    fileprivate func components(after mark: String, count: Int) -> Substring? {
        var rest = self[...]
        for _ in 0..<count {
            guard let range = rest.firstRange(of: mark) else { return nil }
            rest = rest[range.upperBound...]
        }
        return rest.isEmpty ? nil : rest
    }
}
