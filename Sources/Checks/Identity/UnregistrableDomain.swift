import Delivery
import Inspection
import Mail
import Phrases

struct UnregistrableDomain: Check {
    let about = About(
        "unregistrable-domain", .identity, "the sender's domain is none that anybody can have",
        severity: .caution,
        why: """
            A domain that ends in no suffix of the public list gets no mail over the Internet: nobody can answer, and \
            nothing can vouch for it. Machines inside of a network write like that, to their own people.
            """,
        remedy: "Do not take the address for anybody's.",
        references: [
            .page("Public Suffix List", "https://publicsuffix.org/"),
            .rfc(5321, "2.3.5"),
        ],
        triggers: [
            Example(
                "Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <pay@⟦bank943203267⟧>\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
            Example(
                "From: <root@host>\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard inspection.trace.handOver != nil else { return [] }
        return inspection.identities.from.prefix(20).compactMap { mailbox in
            guard let domain = mailbox.value.domain, !domain.value.isLiteral, !domain.value.isRegistrable,
                !["localhost", "test", "example", "invalid"].contains(domain.value.labels.last.map(String.init) ?? "")
            else { return nil }
            return Finding("\(domain.value) is no domain of the Internet", .at(domain, "nobody can have it"))
        }
    }
}
