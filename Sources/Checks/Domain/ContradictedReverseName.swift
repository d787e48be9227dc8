import DNS
import Inspection
import Mail
import Phrases

struct ContradictedReverseName: Check {
    let about = About(
        "contradicted-reverse-name", .domain, "the handing-over host's name does not lead back to it",
        severity: .caution,
        why: """
            Whoever owns an address can give it any reverse name; only the name's owner can point the name back. \
            Where that is missing, the name is a claim. Moved servers and careless providers leave it so.
            """,
        remedy: "Ask the operator of the sending server to make A and PTR records agree.",
        references: [.rfc(8601, "2.7.3"), .rfc(1912, "2.1")],
        triggers: [
            Example(
                """
                Received: from mail.example.com (mail.example.com [⟦192.0.2.1⟧]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """,
                zone: "1.2.0.192.in-addr.arpa. IN PTR mail.example.com.\nmail.example.com. IN A 198.51.100.9")
        ],
        passes: [
            Example(
                """
                Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """,
                zone: "1.2.0.192.in-addr.arpa. IN PTR mail.example.com.\nmail.example.com. IN A 192.0.2.1"),
            Example(
                """
                Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """,
                zone: "1.2.0.192.in-addr.arpa. IN PTR mail.example.com.\nmail.example.com. IN A TIMEOUT"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let client = inspection.client, let facts = inspection.hosts[client.address],
            case .contradicted(let names) = facts.confirmation, let name = names.first,
            case .success(let answer) = facts.names
        else { return [] }
        let forward = facts.addresses.flatMap(\.answers).compactMap { try? $0.get() }
        return [
            Finding(
                "reverse DNS calls \(client.address) \(name), and \(name) is not at that address",
                client.addressEvidence("name not confirmed") + [.answer(answer, label: "its reverse name")]
                    + forward.map { .answer($0, label: "where the name leads") })
        ]
    }
}
