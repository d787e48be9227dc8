import Content
import Mail

struct LinkToAddress: Check {
    let about = About(
        "link-to-address", .content, "a link to a bare IP address",
        severity: .caution,
        why: """
            A site with something to lose has a name. A number is what a hijacked computer has to offer; devices in a \
            home or company network are honestly linked to by number.
            """,
        remedy: "Do not click unless you know the device.",
        references: [.rfc(3986, "3.2.2")],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"http://192.0.2.9/x\">⟧x</a>\r\n")
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"http://192.168.1.1/\">router</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"http://example.com/192.0.2.9\">x</a>\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let links = inspection.contents.links.filter { link in
            link.destination?.isWeb == true && link.destination?.address?.isPublic == true
        }
        guard let first = links.first, let address = first.destination?.address else { return [] }
        return [
            Finding(
                "a link leads to the bare address \(address.description.defangedHost)",
                links.prefix(Report.maximumPlaces).map { .at($0.target, "no host name") }, places: links.count)
        ]
    }
}
