import Authentication
import Inspection
import Mail
import Phrases

struct ContradictedResults: Check {
    let about = About(
        "contradicted-results", .authentication,
        "results that anyone can have written say pass where verification fails",
        severity: .caution,
        why: """
            Receivers believe their own Authentication-Results and remove others. One that says "pass", stands where the sender can have \
            written it, and is not true now, is there to be believed. An earlier receiver's, from before a change on the way, looks the same.
            """,
        remedy: "Believe no such field but your own receiver's.",
        references: [.rfc(8601, "5"), .rfc(8601, "7.1")],
        triggers: [
            Example(
                """
                Return-Path: <a@example.com>\r
                Received: from x.example.com (x.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                Authentication-Results: mx.example.com; ⟦spf=pass smtp.mailfrom=example.com⟧\r
                From: <a@example.com>\r\n\r\n
                """, zone: "example.com. IN TXT \"v=spf1 -all\"")
        ],
        passes: [
            Example(
                """
                Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=example.com\r
                Return-Path: <a@example.com>\r
                Received: from x.example.com (x.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """, zone: "example.com. IN TXT \"v=spf1 -all\""),
            Example(
                """
                Return-Path: <a@example.com>\r
                Received: from x.example.com (x.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                Authentication-Results: mx.example.com; spf=pass smtp.mailfrom=example.com\r
                From: <a@example.com>\r\n\r\n
                """, zone: "example.com. IN TXT TIMEOUT"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.comparisons.compactMap { one in
            guard one.claim.result.value == "pass", [.fail, .softfail, .none].contains(one.verified),
                one.claimed.standing == .anyones || (one.claimed.standing == .either && one.isImpossible)
            else { return nil }
            return Finding(
                "\(words: one.claim.method)=pass is claimed, and comes to \(term: one.verified.rawValue) here",
                [.bytes(one.claim.range, label: "claimed by anyone")])
        }
    }
}
