import Delivery
import Inspection
import Mail
import Phrases

struct SortedOutByFilter: Check {
    let about = About(
        "sorted-out-by-filter", .authentication, "the receiving side's own filter took the message for spam",
        severity: .caution,
        why: """
            The filter saw more than the message: who sent it, how much of it, and what others said of it. It errs on newsletters and \
            on strangers, and it is right about most of what it sorts out.
            """,
        remedy: "Leave it where the filter put it unless you expected it.",
        references: [
            .page(
                "Microsoft: Spam confidence level (SCL)",
                "https://learn.microsoft.com/en-us/defender-office-365/anti-spam-spam-confidence-level-scl-about"),
            .page(
                "Microsoft: Header firewall",
                "https://learn.microsoft.com/en-us/exchange/header-firewall-exchange-2013-help"),
            .page(
                "Apache SpamAssassin: header fields that it adds",
                "https://spamassassin.apache.org/full/4.0.x/doc/Mail_SpamAssassin_Conf.html"),
        ],
        triggers: [
            Example(
                """
                ⟦X-Spam-Flag: YES⟧\r
                Received: from x.example.com (x.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """),
            Example(
                """
                Received: from x.example.com (192.0.2.1) by DB8EUR05FT045.mail.protection.outlook.com (10.233.239.1) with Microsoft SMTP Server id 15.20.6678.14 via Frontend Transport; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r
                ⟦X-MS-Exchange-Organization-SCL: 9⟧\r\n\r\n
                """),
        ],
        passes: [
            // The sender's own word against himself is none.
            Example(
                """
                Received: from x.example.com (x.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                X-Spam-Flag: YES\r
                From: <a@example.com>\r\n\r\n
                """),
            Example(
                """
                Received: from x.example.com (192.0.2.1) by DB8EUR05FT045.mail.protection.outlook.com (10.233.239.1) with Microsoft SMTP Server id 15.20.6678.14 via Frontend Transport; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r
                X-MS-Exchange-Organization-SCL: 1\r\n\r\n
                """),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let spam = inspection.filterVerdicts.filter { $0.standing == .receivers && $0.verdict.isSpam == true }.map(
            \.verdict)
        // Of the fields of one filter the shortest says it plainest.
        guard let first = spam.first,
            let verdict = spam.filter({ $0.vendor.name == first.vendor.name })
                .min(by: { $0.field.value.count < $1.field.value.count })
        else { return [] }
        let field = verdict.field
        let name = inspection.message.source.text(field.name, limit: 40)
        return [
            Finding(
                "the receiving side's filter took the message for spam (\(words: name): \(verdict.summary))",
                .bytes(field.name.lowerBound..<field.value.upperBound, label: "the filter's verdict"))
        ]
    }
}
