import Content
import Inspection
import Mail
import Phrases

struct DisputedHost: Check {
    let about = About(
        "disputed-host", .content, "a link whose host depends on who reads it",
        severity: .caution,
        why: """
            A backslash, a missing slash, a tab inside: browsers mend such addresses in their way, and filters that keep to the standard \
            of addresses see another host, or none. It hides where a link goes. Some are slips of the keyboard.
            """,
        remedy: "Do not follow the link; judge it by the host that a browser goes to.",
        references: [
            .page("WHATWG URL Standard", "https://url.spec.whatwg.org/#concept-basic-url-parser"), .rfc(3986, "3.2"),
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"http://good.example\\@evil.example/\">⟧x</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"https:evil.example/\">⟧x</a>\r\n"),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"https://www.example.com/\">x</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"HTTPS://b%C3%BCcher.example:443/\">x</a>\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let disputed = inspection.contents.links.filter { $0.address?.isDisputed == true }
        guard let first = disputed.first, let address = first.address else { return [] }
        let other: Phrase =
            address.genericHost.map { "others to \(words: $0.cut(to: 80).defangedHost)" } ?? "others find no host"
        return [
            Finding(
                "browsers take a link to \(words: address.host.defangedHost), \(other)",
                disputed.prefix(Report.maximumEvidence).map { .at($0.target, "read in two ways") },
                count: disputed.count
            )
        ]
    }
}
