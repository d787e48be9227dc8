import DNS
import Inspection
import Mail
import Phrases

struct MissingBounceDomain: Check {
    let about = About(
        "missing-bounce-domain", .domain, "the envelope's sender is of a domain that does not exist",
        severity: .caution,
        why: """
            Bounces would go nowhere, and SPF has no policy to look at: some receivers then take the HELO name's pass for the sender's. \
            A domain may also have ended since, or a machine sends under a name that is known inside only.
            """,
        remedy: "Take no SPF result for a word about the sender.",
        references: [.rfc(7208, "4.3"), .rfc(5321, "2.3.5")],
        triggers: [
            Example(
                """
                Return-Path: <a@⟦nx.example.com⟧>\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """, zone: "nx.example.com. IN TXT NXDOMAIN")
        ],
        passes: [
            Example(
                """
                Return-Path: <a@nx.example.com>\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """, zone: "nx.example.com. IN TXT NODATA"),
            Example(
                """
                Return-Path: <a@example.com>\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """, zone: "example.com. IN TXT NXDOMAIN"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        // That the author's own domain is missing is said of the author.
        guard let (domain, range) = inspection.bounceDomain, domain != inspection.identities.authorDomain?.value,
            let asked = inspection.transcript.first(where: { $0.question == Question(domain, .txt) }),
            case .success(let answer) = asked.result, answer.outcome == .noSuchName
        else { return [] }
        return [
            Finding(
                "the envelope's sender is of \(domain), which does not exist",
                (range.map { [.bytes($0, label: "does not exist")] } ?? []) + [.answer(answer, label: "DNS says")])
        ]
    }
}
