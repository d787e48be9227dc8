import DNS
import Inspection
import Mail
import Phrases

struct ListedDomain: Check {
    let about = About(
        "listed-domain", .domain, "a domain that the message names is on a blocklist",
        severity: .caution,
        why: """
            Some lists name domains seen in spam, phishing and malware. Domains that are new, cheap or broken into get there, and now \
            and then an honest one does. It is one sign among others, however many lists say it.
            """,
        remedy: "Do not follow its links before you know why. If it is your domain, look it up on the list's page.",
        references: [.rfc(5782, "3")],
        triggers: [
            Example(
                "From: <a@⟦bad.example.com⟧>\r\n\r\n", zone: "example.com.dbl.spamhaus.org. IN A 127.0.1.4")
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\n\r\n",
                zone: """
                    example.com.dbl.spamhaus.org. IN A 127.255.255.254
                    example.com.multi.surbl.org. IN A NXDOMAIN
                    example.com.multi.uribl.com. IN A 127.0.0.1
                    """)
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        Listing.findings(inspection.listings) { if case .domain = $0 { true } else { false } }
    }
}
