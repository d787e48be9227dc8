import Authentication
import Inspection
import Mail
import Phrases

struct NotVouchedFor: Check {
    let about = About(
        "not-vouched-for", .authentication, "the receiving side found nothing that vouches for the sender's domain",
        severity: .caution,
        why: """
            A receiver writes down what SPF, DKIM and DMARC came to when the message arrived. Where none of them passed for the domain \
            in From, anybody can have written that name there. Small companies that never set them up, and lists and forwarders that \
            change messages, are the innocent case.
            """,
        remedy: "Take the sender's address for unproven.",
        references: [.rfc(8601, "2.7"), .rfc(9989, "4.4")],
        triggers: [
            Example(
                """
                Authentication-Results: mx.example.net; ⟦spf=fail smtp.mailfrom=example.org⟧; ⟦dkim=none⟧\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@⟦example.com⟧>\r\n\r\n
                """),
            Example(
                """
                Authentication-Results: mx.example.net; ⟦spf=pass smtp.mailfrom=example.org⟧; ⟦dkim=pass header.d=example.org⟧; ⟦dmarc=fail⟧\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@⟦example.com⟧>\r\n\r\n
                """),
        ],
        passes: [
            Example(
                """
                Authentication-Results: mx.example.net; spf=none smtp.mailfrom=example.org; dkim=pass header.d=mail.example.com\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """),
            // A list that signs what it passes on.
            Example(
                """
                Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org; dmarc=fail\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                List-Id: <talk.example.org>\r
                From: <a@example.com>\r\n\r\n
                """),
            // Only half of it was looked at.
            Example(
                """
                Authentication-Results: mx.example.net; dkim=none\r
                Received: from x.example.org (x.example.org [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard let author = inspection.identities.from.lazy.compactMap(\.value.domain).first,
            inspection.authentications?.policy?.result != .pass
        else { return [] }
        let told = inspection.claims.filter {
            $0.standing != .anyones && ($0.kind == .results || $0.kind == .receivedSPF)
        }.flatMap(\.results.claims).filter { ["spf", "dkim", "dmarc"].contains($0.method) }.prefix(20)
        let methods = Set(told.map(\.method))
        // One of them alone says nothing of the others, but a policy that failed says it of all.
        let isWhole =
            methods.isSuperset(of: ["spf", "dkim"])
            || told.contains { $0.method == "dmarc" && $0.result.value == "fail" }
        guard isWhole, !told.contains(where: { Self.vouches($0, for: author.value, inspection.identities) }) else {
            return []
        }
        var results: [Phrase] = []
        for claim in told {
            let result: Phrase = "\(words: claim.method)=\(words: claim.result.value, limit: 20)"
            if !results.contains(result), results.count < 6 { results.append(result) }
        }
        return [
            Finding(
                "the receiving side found nothing that vouches for \(author.value): \(list: results)",
                told.map { .bytes($0.range, label: "the receiver's word") } + [.at(author, "not vouched for")],
                count: told.count + 1)
        ]
    }

    private static func vouches(
        _ claim: AuthenticationResults.Claim, for author: Domain, _ identities: Identities
    ) -> Bool {
        // Outlook's "best guess" is a pass of a domain that publishes no policy.
        guard claim.result.value == "pass" || claim.result.value == "bestguesspass" else { return false }
        if claim.method == "dmarc" || identities.isFromList { return true }
        let domain =
            claim.method == "spf"
            ? claim.domain("smtp.mailfrom", "smtp.mail", "envelope-from") : claim.domain("header.d", "header.i")
        return domain.map { $0.isSameOrganisation(as: author) } ?? true
    }
}
