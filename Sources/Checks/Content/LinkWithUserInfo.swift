import Content
import Inspection
import Mail
import Phrases

struct LinkWithUserInfo: Check {
    let about = About(
        "link-with-user-info", .content, "a link that has a name before the host",
        severity: .warning,
        why: """
            What stands before "@" in a URL is a user's name, and looks like the host. Hardly anyone uses it for its \
            purpose in mail.
            """,
        remedy: "Do not click: the host is what stands after the last @.",
        references: [.rfc(3986, "7.6"), .page("WHATWG URL §4.4", "https://url.spec.whatwg.org/#url-parsing")],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"https://www.example.com@evil.example/\">⟧x</a>\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"https://www.example.com/@ann\">x</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"mailto:a@example.com\">x</a>\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let links = inspection.contents.links.filter { $0.address?.isWeb == true && $0.address?.userInfo != nil }
        guard let first = links.first, let address = first.address, let user = address.userInfo else { return [] }
        return [
            Finding(
                "a link leads to \(words: address.host.defangedHost), behind the name \(words: user.defangedHost, limit: 80)",
                links.prefix(Report.maximumEvidence).map { .at($0.target, "name before the host") }, count: links.count)
        ]
    }
}
