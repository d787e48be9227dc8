import Content
import Inspection
import Mail
import Phrases

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
        guard !identities.sendingDomains.isEmpty else { return [] }
        var known = identities.recipients.compactMap(\.value.domain?.value)
        known += inspection.protected.filter(\.isNamed).map(\.domain)
        if let author = identities.authorDomain { known.append(author.value) }
        known += inspection.contents.destinations.prefix(500)
        var seen: [Domain] = []
        return identities.sendingDomains.prefix(50).compactMap { domain in
            let own = domain.value.organisational
            guard !seen.contains(own) else { return nil }
            seen.append(own)
            // Names that plainly look different, and the sender's own, are looked up nowhere.
            let other = known.lazy.filter { $0.endsLooking(like: own) && !$0.isWithin(own) }.map(\.organisational)
                .first { $0 != own && own.looks(like: $0) }
            guard let other else { return nil }
            return Finding(
                "\(words: domain.value.unicode) can be mistaken for \(words: other.unicode) and is another domain",
                .at(domain, "looks like \(other)"))
        }
    }
}
