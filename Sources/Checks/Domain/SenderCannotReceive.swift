import DNS
import Inspection
import Mail
import Phrases

struct SenderCannotReceive: Check {
    let about = About(
        "sender-cannot-receive", .domain, "the sender's domain takes no mail",
        severity: .caution,
        why: """
            A domain without mail servers cannot be answered, and a domain with a null MX says that it never sends \
            either. Some systems that only notify are set up so; names registered to deceive often are.
            """,
        remedy: "Do not take the address for one that works.",
        references: [.rfc(5321, "5.1"), .rfc(7505, "4.2")],
        triggers: [
            Example("From: <a@⟦example.com⟧>\r\n\r\n", zone: "example.com. IN MX 0 ."),
            Example(
                "From: <a@⟦example.com⟧>\r\n\r\n",
                zone: "example.com. IN MX NODATA\nexample.com. IN A NODATA\nexample.com. IN AAAA NODATA"),
        ],
        passes: [
            Example("From: <a@example.com>\r\n\r\n", zone: "example.com. IN MX 10 mx.example.com."),
            Example(
                "From: <a@example.com>\r\n\r\n",
                zone: "example.com. IN MX NODATA\nexample.com. IN A 192.0.2.1\nexample.com. IN AAAA NODATA"),
            Example(
                "From: <a@example.com>\r\n\r\n",
                zone: "example.com. IN MX NODATA\nexample.com. IN A TIMEOUT\nexample.com. IN AAAA NODATA"),
            Example("From: <a@example.com>\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.identities.from.prefix(NameInquiry.maximumDomains).compactMap { mailbox in
            guard let domain = mailbox.value.domain, let facts = inspection.domains[domain.value],
                case .success(let answer) = facts.exchanges
            else { return nil }
            let evidence = [Evidence.at(domain, "takes no mail"), .answer(answer, label: "DNS says")]
            switch facts.reception {
            case .none: return Finding("\(domain.value) says that it takes no mail (null MX)", evidence)
            case .nowhere: return Finding("\(domain.value) has no mail server and no address", evidence)
            default: return nil
            }
        }
    }
}
