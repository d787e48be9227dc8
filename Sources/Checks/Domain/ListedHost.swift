import DNS
import Inspection
import Mail
import Phrases

struct ListedHost: Check {
    let about = About(
        "listed-host", .domain, "the handing-over host is on a blocklist",
        severity: .caution,
        why: """
            A blocklist is somebody's opinion, told by DNS: the address has sent spam, is an end user's line, or is run by criminals. Addresses \
            change hands, one customer of a provider spoils it for all, and lists err. It is one sign among others, however many lists say it.
            """,
        remedy: "If it is your server, look the address up on the list's page, end the cause, and ask to be taken off.",
        references: [.rfc(5782, "2")],
        triggers: [
            Example(
                """
                Received: from mail.example.com (mail.example.com [⟦192.0.2.1⟧]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """, zone: "1.2.0.192.zen.spamhaus.org. IN A 127.0.0.2")
        ],
        passes: [
            Example(
                """
                Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """,
                zone: """
                    1.2.0.192.zen.spamhaus.org. IN A 127.255.255.254
                    1.2.0.192.bl.spamcop.net. IN A NXDOMAIN
                    1.2.0.192.psbl.surriel.com. IN A 127.0.0.1
                    1.2.0.192.list.dnswl.org. IN A 127.0.5.2
                    """)
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        Listing.findings(inspection.listings) { if case .address = $0 { true } else { false } }
    }
}

extension Listing {
    /// One finding for each subject, whatever the number of lists that have it.
    static func findings(_ all: [Listing], about isWanted: (Subject) -> Bool) -> [Finding] {
        var subjects: [Subject] = []
        for listing in all where listing.isBad && isWanted(listing.subject) && !subjects.contains(listing.subject) {
            subjects.append(listing.subject)
        }
        return subjects.map { subject in
            let own = all.filter { $0.isBad && $0.subject == subject }
            let words = own.map { listing -> Phrase in
                if case .listed(let reasons) = listing.outcome {
                    "\(term: listing.list.name): \(list: reasons)"
                } else {
                    "\(term: listing.list.name)"
                }
            }
            let evidence = own.first?.range.map { [Evidence.bytes($0, label: "is listed")] } ?? []
            let answers = own.compactMap { listing in
                (try? listing.answer.get()).map { Evidence.answer($0, label: "\(term: listing.list.name)") }
            }
            let lists: Phrase = own.count == 1 ? "a blocklist" : "\(own.count) {1:blocklist|blocklists}"
            return Finding(
                "\(words: subject.description) is on \(lists): \(Phrase.joined(words, by: "; "))",
                evidence + answers)
        }
    }
}
