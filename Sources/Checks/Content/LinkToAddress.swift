import Content
import Inspection
import Mail
import Phrases

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
            guard let destination = link.destination, destination.isWeb, let address = destination.address else {
                return false
            }
            // Somebody's router is told by its address; nobody writes that as one number.
            return address.isPublic || Self.written(destination) != nil
        }
        guard let first = links.first, let destination = first.destination, let address = destination.address else {
            return []
        }
        let written: Phrase = Self.written(destination).map { ", written as \(words: $0.defangedHost)" } ?? ""
        return [
            Finding(
                "a link leads to the bare address \(words: address.description.defangedHost)\(written)",
                links.prefix(Report.maximumEvidence).map { .at($0.target, "no host name") }, count: links.count)
        ]
    }

    /// What stands in the link, where that is not the usual form of the address.
    private static func written(_ address: WebAddress) -> String? {
        guard let written = address.genericHost, written.lowercased() != address.host else { return nil }
        // An address of IPv6 has many spellings.
        if written.hasPrefix("["), IPAddress(String(written.dropFirst().dropLast())) == address.address { return nil }
        return written.cut(to: 100)
    }
}
