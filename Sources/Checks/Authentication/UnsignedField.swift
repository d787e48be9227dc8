import Authentication
import Inspection
import Mail
import Phrases

struct UnsignedField: Check {
    let about = About(
        "unsigned-field", .authentication, "what readers show is not covered by any signature",
        severity: .note,
        why: """
            A signature that is right says nothing about fields that it leaves out: anyone on the way can write another Subject, another \
            recipient or another type of content. Many signers leave some out, and most messages stay as they were.
            """,
        remedy: "Take the field for a claim; as a signer, name it in h=.",
        references: [.rfc(6376, "5.4.1"), .rfc(6376, "8.15")],
        triggers: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r
                 d=football.example.com; i=@football.example.com; q=dns/txt;\r
                 s=brisbane; t=1795165200; h=from : to;\r
                 bh=gg/FhUFa+9XzLrJSR/oNATmgr5VjzvtvKz2dM6K9U/k=;\r
                 b=7okxlsN/pD5fKhGEW9XZBMyak+LTx2lnkPfdY30jbu2xlgH9ch9+mQ5bBG7G6089pyAVd\r
                 4t7+BOgnwRXGGVwDQ==\r
                From: <a@football.example.com>\r
                To: <b@example.net>\r
                ⟦Subject: Hello⟧\r\n\r\nText\r\n
                """,
                zone:
                    "brisbane._domainkey.football.example.com. IN TXT \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\""
            )
        ],
        passes: [.signed])

    /// RFC 6376 §5.4.1 wants these signed, as far as readers show them or read by them.
    private static let wanted: [HeaderField.Name] = ["Subject", "To", "Cc", "Date", "Reply-To", "Sender"]

    func findings(in inspection: Inspection) -> [Finding] {
        let right = (inspection.authentications?.signatures ?? []).filter { $0.result == .pass }
        guard let first = right.first, let domain = first.signature?.domain.value else { return [] }
        let covered = Set(right.flatMap(\.coverage.signed))
        // Where bytes may be added behind the signed ones, another boundary makes them the whole message. RFC 6376 §8.2
        let wanted = Self.wanted + (right.contains { $0.signature?.length != nil } ? ["Content-Type"] : [])
        let open = wanted.flatMap { name in
            covered.contains(name.description.lowercased()) ? [] : inspection.message.fields(named: name).prefix(1)
        }
        guard !open.isEmpty else { return [] }
        let names = open.map { field -> Phrase in "\(words: inspection.message.source.text(field.name, limit: 40))" }
        let message: Phrase =
            right.count == 1
            ? "\(domain) signed the message without \(list: names)"
            : "none of the \(right.count) signatures covers \(list: names)"
        return [
            Finding(message, open.map { .bytes($0.name.lowerBound..<$0.value.upperBound, label: "not signed") })
        ]
    }
}
