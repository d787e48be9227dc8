import Content
import Mail

struct LookalikeDomain: Check {
    let about = About(
        "lookalike-domain", .identity, "a domain that can be mistaken for another one in the message",
        severity: .alarm,
        why: """
            Two names that look alike and are not the same, such as one with a Cyrillic letter or a digit one for an l, \
            seldom meet by chance. Somebody registered the second to be taken for the first.
            """,
        remedy: "Type the domain you know by hand; answer nothing that came from its double.",
        references: [
            .page("UTS #39 §4, Confusable Detection", "https://www.unicode.org/reports/tr39/#Confusable_Detection")
        ],
        triggers: [
            Example("From: <a@⟦examp1e.com⟧>\r\nTo: <b@example.com>\r\n\r\n"),
            Example("From: <a@example.com>\r\nReply-To: <a@⟦exarnple.com⟧>\r\n\r\n"),
            Example("From: <a@⟦xn--exmple-4nf.com⟧>\r\nTo: <b@example.com>\r\n\r\n"),
        ],
        passes: [
            Example("From: <a@example.com>\r\nTo: <b@mail.example.com>\r\n\r\n"),
            Example("From: <a@example.com>\r\nTo: <b@example.org>\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let identities = inspection.identities
        let sending = (identities.from + identities.replyTo + identities.sender).compactMap(\.value.domain)
        var receiving = Set(identities.recipients.compactMap(\.value.domain?.value))
        receiving.formUnion(inspection.protected)
        if let from = identities.authorDomain { receiving.insert(from.value) }
        for link in inspection.contents.links.prefix(500) {
            if let domain = link.destination?.domain { receiving.insert(domain) }
        }
        let known = Dictionary(grouping: Set(receiving.map(\.organisational)), by: \.skeleton)
        var seen: Set<Domain> = []
        return sending.compactMap { domain in
            let own = domain.value.organisational
            guard seen.insert(own).inserted, let other = known[own.skeleton]?.first(where: { $0 != own }) else {
                return nil
            }
            return Finding(
                "\(domain.value.unicode) can be mistaken for \(other.unicode) and is another domain",
                .at(domain, "looks like \(other)"))
        }
    }
}
