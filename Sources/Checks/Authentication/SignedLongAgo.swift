import Authentication
import Inspection
import Mail
import Phrases

struct SignedLongAgo: Check {
    let about = About(
        "signed-long-ago", .authentication, "the signature is much older than the delivery",
        severity: .caution,
        why: """
            A signature stays right however often the message is sent again: somebody can take one signed message and send it to \
            thousands. Mail seldom takes longer than a few days; a moderated list or a mailbox moved to a new server may.
            """,
        remedy: "Ask whether the message was really sent now, and to you.",
        references: [.rfc(6376, "8.6")],
        triggers: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r
                 d=football.example.com; i=@football.example.com; q=dns/txt;\r
                 s=brisbane; t=⟦1794128400⟧; h=from : to : subject;\r
                 bh=gg/FhUFa+9XzLrJSR/oNATmgr5VjzvtvKz2dM6K9U/k=;\r
                 b=+WcmmFDJ4JCHUonLUbtB2rVUjEooe5KguhkAGefB+qLEA5e6X/6TkGV1Fv4jXDbP1pklY\r
                 D9sK6kLps1LHNP0Aw==\r
                From: <a@football.example.com>\r
                To: <b@example.net>\r
                Subject: Hello\r\n\r\nText\r\n
                """,
                zone:
                    "brisbane._domainkey.football.example.com. IN TXT \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\""
            )
        ],
        passes: [.signed])

    /// Five days are how long servers try to deliver, RFC 5321 §4.5.4.1; and two for whoever takes their time.
    private static let limit = 7 * 86_400

    func findings(in inspection: Inspection) -> [Finding] {
        guard let found = inspection.authentications else { return [] }
        return found.signatures.compactMap { one in
            guard one.isVerified, let tags = one.signature, let signed = tags.signed,
                found.moment.seconds - signed.value > Self.limit
            else { return nil }
            return Finding(
                "\(tags.domain.value) signed this \(duration: found.moment.seconds - signed.value) before it was received",
                .at(signed, "when it was signed"))
        }
    }
}
