import Authentication
import Inspection
import Mail
import Phrases

struct PartlySignedField: Check {
    let about = About(
        "partly-signed-field", .authentication, "a field stands there once more than it is signed",
        severity: .warning,
        why: """
            A signature counts fields from the last one up, and readers show the first. A second From or Subject above the signed one \
            changes what is shown and leaves the signature right. No honest program adds one.
            """,
        remedy: "Take the upper field for added on the way.",
        references: [.rfc(6376, "8.15"), .rfc(5322, "3.6")],
        triggers: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from:subject; bh=AAAA; b=BBBB\r
                ⟦Subject: Act now⟧\r
                Subject: Hello\r
                From: <a@example.com>\r\n\r\nText\r\n
                """, zone: "s._domainkey.example.com. IN TXT NXDOMAIN")
        ],
        passes: [
            Example(
                """
                Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from:subject; bh=AAAA; b=BBBB\r
                Subject: Hello\r
                From: <a@example.com>\r\n\r\nText\r\n
                """, zone: "s._domainkey.example.com. IN TXT NXDOMAIN")
        ])

    /// What readers show, and what there is one of.
    private static let shown: [HeaderField.Name] = ["From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date"]

    func findings(in inspection: Inspection) -> [Finding] {
        let signatures = inspection.authentications?.signatures ?? []
        return Self.shown.compactMap { name in
            guard let one = signatures.first(where: { $0.coverage.partly.contains(name.description.lowercased()) }),
                let domain = one.signature?.domain, let field = inspection.message.fields(named: name).first
            else { return nil }
            return Finding(
                "\(domain.value) signed one \(name) field less than there are",
                [.bytes(field.name.lowerBound..<field.value.upperBound, label: "not signed")])
        }
    }
}
