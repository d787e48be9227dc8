import Inspection
import Mail
import Phrases

struct MalformedPunycode: Check {
    let about = About(
        "malformed-punycode", .identity, "an address in a domain that only looks internationalised",
        severity: .warning,
        why: """
            "xn--" promises an encoded label; one that decodes to nothing, or to what may not be in a name, can turn into "@" or \
            ">" in a careless program and change the address. No registry gives out such names.
            """,
        remedy: "Do not answer to the address.",
        references: [
            .rfc(5890, "2.3.2.1"), .page("UTS #46", "https://www.unicode.org/reports/tr46/"),
            .page("Splitting the email atom", "https://portswigger.net/research/splitting-the-email-atom"),
        ],
        triggers: [Example("From: <a@⟦xn--0049.example⟧>\r\n\r\n"), Example("From: <a@⟦xn--a-ecp.example⟧>\r\n\r\n")],
        passes: [Example("From: <a@xn--e1afmkfd.example>\r\n\r\n"), Example("From: <a@example.com>\r\n\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.identities.sendingDomains.prefix(100).filter {
            $0.value.description.contains(ascii: "xn--") && !$0.value.isValidIDN
        }
        .map {
            Finding(
                "the domain \(words: $0.value.description) is no valid internationalised name",
                .at($0, "no such name"))
        }
    }
}
