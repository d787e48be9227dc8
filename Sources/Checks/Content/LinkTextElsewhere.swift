import Content
import Inspection
import Mail
import Phrases

struct LinkTextElsewhere: Check {
    let about = About(
        "link-text-elsewhere", .content, "a link shows one address and leads to another",
        severity: .caution,
        why: """
            A reader takes the address that is shown for the one that is opened. Newsletters that count clicks show \
            their customer's address and lead through their own; a trap shows the bank's and leads to a copy of it.
            """,
        remedy: "Do not click. Type the address that you know.",
        references: [.page("WHATWG URL §4.4", "https://url.spec.whatwg.org/#url-parsing")],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"http://evil.example/x\">⟧https://www.example.com/login</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nQ29udGVudC1UeXBlOiB0ZXh0L2h0bWwNCg0K⟦PGEgaHJlZj0iaHR0cDovL2V2aWwuZXhhbXBsZS8iPmh0⟧dHBzOi8vd3d3LmV4YW1wbGUuY29tLzwvYT4NCg=="
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"http://evil.example/x\">click here</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"https://click.example.com/x\">https://www.example.com/login</a>\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let elsewhere = inspection.contents.links.compactMap {
            link -> (link: Contents.Link, shown: Domain, target: Domain)? in
            guard link.use == .click, link.element != "text", let address = link.destination, address.isWeb,
                !address.host.isEmpty,
                let shown = Self.domain(shownIn: link.visibleText)
            else { return nil }
            let target = Domain(address.host)
            return shown.isSameOrganisation(as: target) ? nil : (link, shown, target)
        }
        guard let first = elsewhere.first else { return [] }
        return [
            Finding(
                elsewhere.count > 1
                    ? "a link shows \(words: first.shown.description.defangedHost) and leads to \(words: first.target.description.defangedHost), and \(elsewhere.count - 1) more do the like"
                    : "a link shows \(words: first.shown.description.defangedHost) and leads to \(words: first.target.description.defangedHost)",
                elsewhere.prefix(Report.maximumEvidence).map {
                    .at($0.link.target, "leads to \(words: $0.target.description.defangedHost, limit: 80)")
                },
                count: elsewhere.count)
        ]
    }

    /// The host that a text shows, if the text is a URL or begins like one.
    static func domain(shownIn text: String) -> Domain? {
        // Most of what is clicked on is words: a host has a dot in it.
        guard text.utf8.contains(UInt8(ascii: ".")) || text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        let text = String(
            text.unicodeScalars.prefix { $0.value > 0x20 && $0.value < 0x7F || !$0.properties.isWhitespace })
        if let address = WebAddress(text), address.isWeb, let domain = address.domain, domain.isHostName {
            return domain
        }
        guard text.lowercased().hasPrefix("www."), let address = WebAddress("http://" + text),
            let domain = address.domain,
            domain.isHostName
        else { return nil }
        return domain
    }
}
