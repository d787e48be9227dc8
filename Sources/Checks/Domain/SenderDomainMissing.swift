import DNS
import Inspection
import Mail
import Phrases

struct SenderDomainMissing: Check {
    let about = About(
        "sender-domain-missing", .domain, "the sender's domain does not exist",
        severity: .warning,
        why: """
            No one can own, or answer from, a domain that is not there. Machines that send under an internal name do \
            it by mistake; a sender who must not be found does it on purpose. A domain may also have expired since.
            """,
        remedy: "Do not answer. Reach the supposed sender another way.",
        references: [.rfc(5321, "2.3.5"), .rfc(8020, "2")],
        triggers: [Example("From: <a@⟦example.com⟧>\r\n\r\n", zone: "example.com. IN MX NXDOMAIN")],
        passes: [
            Example("From: <a@example.com>\r\n\r\n", zone: "example.com. IN MX 10 mx.example.com."),
            Example("From: <a@example.com>\r\n\r\n", zone: "example.com. IN MX SERVFAIL"),
            Example("From: <a@example.com>\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.identities.from.prefix(NameInquiry.maximumDomains).compactMap { mailbox in
            guard let domain = mailbox.value.domain, let facts = inspection.domains[domain.value],
                case .noSuchDomain = facts.reception, case .success(let answer) = facts.exchanges
            else { return nil }
            return Finding(
                "the sender's domain \(domain.value) does not exist", .at(domain, "does not exist"),
                .answer(answer, label: "DNS says"))
        }
    }
}
