import Mail

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

    /// What each field begins with when the filter took the message for spam.
    private static let words: [(name: HeaderField.Name, beginnings: [String])] = [
        ("X-Spam-Flag", ["yes"]), ("X-Spam-Status", ["yes"]), ("X-Spam", ["yes"]),
        ("X-Rspamd-Action", ["reject", "add header", "rewrite subject", "quarantine"]),
        ("X-PM-Spam-Action", ["spam", "phishing"]),
    ]

    func findings(in inspection: Inspection) -> [Finding] {
        guard let handOver = inspection.trace.handOver else { return [] }
        let hop = inspection.trace.hops[handOver]
        let line = hop.field.range.lowerBound
        let message = inspection.message
        for (name, beginnings) in Self.words {
            for field in message.fields(named: name) where field.range.lowerBound < line {
                let value = message.source.text(field.value, limit: 40).drop { $0 == " " }.lowercased()
                if beginnings.contains(where: value.hasPrefix) { return [finding(field, message, value)] }
            }
        }
        // Exchange takes the fields of its own name off what comes from outside, and writes them at the end of the header.
        guard let home = hop.byDomain?.value, home.isWithin(Domain("outlook.com")) else { return [] }
        for field in message.fields(named: "X-MS-Exchange-Organization-SCL") {
            let value = message.source.text(field.value, limit: 8).filter(\.isNumber)
            if let level = Int(value), level >= 5 { return [finding(field, message, "confidence level \(level) of 9")] }
        }
        return []
    }

    private func finding(_ field: HeaderField, _ message: Message, _ value: String) -> Finding {
        Finding(
            "the receiving side's filter took the message for spam (\(message.source.text(field.name, limit: 40)): \(value.cut(to: 40).printable))",
            .bytes(field.name.lowerBound..<field.value.upperBound, label: "the filter's verdict"))
    }
}
