import Inspection
import Mail
import Phrases

struct SignedElsewhere: Check {
    let about = About(
        "signed-elsewhere", .identity, "signed, but not by the sender's domain",
        severity: .note,
        why: """
            A DKIM signature says which domain answers for the message. Mailing services sign with their own name for \
            customers who have not set up theirs; a signature of another domain says nothing about the author.
            """,
        remedy: "Do not take a passing signature of another domain for proof of the sender.",
        references: [.rfc(6376, "1.2"), .rfc(9989, "4.4.1")],
        triggers: [
            Example(
                "DKIM-Signature: v=1; a=rsa-sha256; d=⟦example.net⟧; s=x; h=from; bh=; b=\r\nFrom: <a@example.com>\r\n\r\n"
            )
        ],
        passes: [
            Example("From: <a@example.com>\r\n\r\n"),
            Example(
                "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=x; h=from; bh=; b=\r\nDKIM-Signature: v=1; d=example.net; s=x\r\nFrom: <a@mail.example.com>\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let signatures = inspection.identities.signatures
        guard let from = inspection.identities.authorDomain, let first = signatures.first,
            !signatures.contains(where: { $0.signature.domain.value.isSameOrganisation(as: from.value) })
        else { return [] }
        return [
            Finding(
                "the message is signed by \(first.signature.domain.value), not by \(from.value)",
                signatures.prefix(Report.maximumEvidence).map { .at($0.signature.domain, "signing domain") },
                count: signatures.count)
        ]
    }
}
