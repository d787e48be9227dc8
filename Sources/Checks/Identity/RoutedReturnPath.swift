import Inspection
import Mail
import Phrases

struct RoutedReturnPath: Check {
    let about = About(
        "routed-return-path", .identity, "the envelope's sender has a route in it",
        severity: .caution,
        why: """
            "<@a.example,@b.example:ann@c.example>" told servers which way to take, forty years ago. Nobody sends it any more; readers \
            differ on which of the domains is the sender's, and that can be what it is for.
            """,
        remedy: "Take the part after the colon for the address.",
        references: [.rfc(5321, "C"), .rfc(5321, "4.1.2")],
        triggers: [
            Example(
                """
                Return-Path: <⟦@bank.example,@x.test:⟧any@attack.test>\r
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Return-Path: <any@example.com>\r
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.identities.returnPaths.compactMap { _, path in
            guard case .success(let value) = path, let route = value.mailbox?.value.route else { return nil }
            let text = Words(inspection.message.source.text(route, limit: 80))
            return Finding("the envelope's sender has a route in it: \(text)", .bytes(route, label: "a route"))
        }
    }
}
