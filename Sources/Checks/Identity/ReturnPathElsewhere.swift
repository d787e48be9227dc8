import Inspection
import Mail
import Phrases

struct ReturnPathElsewhere: Check {
    let about = About(
        "return-path-elsewhere", .identity, "bounces go to another domain than the sender's",
        severity: .note,
        why: """
            The Return-Path is the envelope's sender. Newsletters, lists and forwarders put their own there to handle \
            bounces; so does anybody who writes in another's name and cannot use that name's server.
            """,
        remedy: "Look whether the other domain is a mailing service that the sender uses.",
        references: [.rfc(5321, "4.4"), .rfc(7208, "2.4")],
        triggers: [
            Example(
                "Return-Path: <b@⟦example.net⟧>\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "Return-Path: <b@mail.example.com>\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard inspection.isSent, let from = inspection.identities.authorDomain,
            let (path, range) = inspection.bounceDomain, !path.isSameOrganisation(as: from.value)
        else { return [] }
        return [
            Finding(
                "bounces go to \(path), the message says it is from \(from.value)",
                range.map { [.bytes($0, label: "bounces go here")] } ?? [])
        ]
    }
}
