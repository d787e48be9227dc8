import DNS
import Inspection
import Mail
import Phrases

struct MissingReverseName: Check {
    let about = About(
        "missing-reverse-name", .domain, "the handing-over host has no name",
        severity: .caution,
        why: """
            Whoever runs a mail server gives its address a name; large receivers refuse mail from addresses without. \
            Infected home computers and rented machines of an hour have none. Some small servers lack one, too.
            """,
        remedy: "Ask the operator of the sending server to set a PTR record.",
        references: [.rfc(1912, "2.1"), .rfc(8601, "2.7.3")],
        triggers: [
            Example(
                """
                Received: from mail.example.com (unknown [⟦192.0.2.1⟧]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """,
                zone: "1.2.0.192.in-addr.arpa. IN PTR NXDOMAIN")
        ],
        passes: [
            Example(
                """
                Received: from mail.example.com (unknown [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """,
                zone: "1.2.0.192.in-addr.arpa. IN PTR mail.example.com.\nmail.example.com. IN A 192.0.2.1"),
            Example(
                """
                Received: from mail.example.com (unknown [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let client = inspection.client, let facts = inspection.hosts[client.address],
            case .noName = facts.confirmation, case .success(let answer) = facts.names
        else { return [] }
        return [
            Finding(
                "the host that handed the message over, \(client.address), has no name in reverse DNS",
                client.addressEvidence("has no name") + [.answer(answer, label: "DNS says")])
        ]
    }
}
