import Delivery
import Inspection
import Mail
import Phrases

struct AlienDialect: Check {
    let about = About(
        "alien-dialect", .trace, "a provider's server writes as another program does",
        severity: .warning,
        why: """
            Google's and Microsoft's servers write their lines in one way each. One with the mark of another program was invented, \
            or rewritten by a gateway.
            """,
        remedy: "Take this hop, and all below it, for claims.",
        references: [.rfc(5321, "4.4")],
        triggers: [
            Example(
                """
                Received: from out.example.com (out.example.com [192.0.2.1]) by mx.example.org; Fri, 20 Nov 2026 09:00:01 +0000\r
                Received: from a (b [198.51.100.7]) by ⟦mx.google.com⟧ (Postfix) with ESMTP id 62F9114047; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                Received: from a (b [198.51.100.7]) by mx.google.com with ESMTPS id h21-20020a.6.2026.11.20.09.00.00; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.trace.hops.compactMap { hop in
            guard let by = hop.byDomain, let remark = hop.foreignProgram else { return nil }
            return Finding(
                "\(by.value) is said to have written this with \(words: remark.value, limit: 40), which it does not run",
                .at(by, "writes otherwise"))
        }
    }
}
