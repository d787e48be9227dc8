import DNS
import Inspection
import Mail
import Phrases

struct HelloIsNotHost: Check {
    let about = About(
        "hello-is-not-host", .domain, "a host called itself by a name that is not its own",
        severity: .note,
        why: """
            HELO may say anything. The name that the handing-over host gave does not lead to its address. Servers \
            behind address translation and hastily configured ones do this; impostors give the name they want to be.
            """,
        remedy: "Go by the address and its reverse name, not by the HELO.",
        references: [.rfc(5321, "4.1.4"), .rfc(1912, "2.1")],
        triggers: [
            Example(
                """
                Received: from ⟦mail.example.com⟧ (unknown [192.0.2.7]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """,
                zone: "mail.example.com. IN A 192.0.2.1")
        ],
        passes: [
            Example(
                """
                Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """,
                zone: "mail.example.com. IN A 192.0.2.1"),
            Example(
                """
                Received: from mail.example.com (unknown [192.0.2.7]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let client = inspection.client, let hello = client.hello, let facts = inspection.hosts[client.address],
            facts.helloLeadsHere == false, facts.hello?.name == hello,
            client.writtenName?.isSameOrganisation(as: hello) != true
        else { return [] }
        let evidence = client.helloRange.map { [Evidence.bytes($0, label: "called itself this")] } ?? []
        let answers = facts.hello?.answers.compactMap { try? $0.get() } ?? []
        return [
            Finding(
                "the host at \(client.address) called itself \(hello), which is not at that address",
                evidence + answers.map { .answer($0, label: "DNS says") })
        ]
    }
}
