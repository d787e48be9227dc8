import Delivery
import Inspection
import Mail
import Phrases

struct PrivateAddressFromOutside: Check {
    let about = About(
        "private-address-from-outside", .trace, "a server names a private address for a host of another domain",
        severity: .note,
        why: """
            Private addresses are not routed on the Internet, so a host elsewhere cannot have one. Invented hops have \
            them because any address will do; honest ones when two companies share a network or a tunnel.
            """,
        remedy: "Take the hop for a claim unless you know that the two share a network.",
        references: [.rfc(1918, "3"), .rfc(6890, "2.2.2")],
        triggers: [
            Example(
                """
                Received: from mail.example.com (mail.example.com [⟦10.1.2.3⟧]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Received: from pc.example.net (pc.example.net [10.1.2.3]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """),
            Example(
                """
                Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.trace.hops.compactMap { hop in
            guard let address = hop.peer.address, !address.value.isPublic, address.value.scope != .loopback,
                let by = hop.byDomain?.value, let name = hop.peer.name.domain?.value,
                !name.isSameOrganisation(as: by)
            else { return nil }
            return Finding(
                "\(by) says it took the message from \(name) at \(address.value), an address that is \(Phrase(form: address.value.scope.rawValue)) and not routed",
                .at(address, "\(Phrase(form: address.value.scope.rawValue)) address"))
        }
    }
}
