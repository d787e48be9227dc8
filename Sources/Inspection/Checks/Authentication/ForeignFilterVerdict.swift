import Mail

struct ForeignFilterVerdict: Check {
    let about = About(
        "foreign-filter-verdict", .authentication, "a spam filter's verdict stands where anyone can have written it",
        severity: .note,
        why: """
            Filters write their verdict into the header, for their own users. One that stands below the server that handed the message \
            over may be that of an honest filter on the way, or the sender's own: "not spam", to be believed.
            """,
        remedy: "Believe no verdict but your own filter's.",
        references: [
            .page(
                "Apache SpamAssassin: header fields that it adds",
                "https://spamassassin.apache.org/full/4.0.x/doc/Mail_SpamAssassin_Conf.html")
        ],
        triggers: [
            Example(
                """
                Received: from x.example.com (x.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                ⟦X-Spam-Status: No, score=-9.9⟧\r
                From: <a@example.com>\r\n\r\n
                """)
        ],
        passes: [
            Example(
                """
                X-Spam-Status: No, score=-9.9\r
                Received: from x.example.com (x.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """)
        ])

    private static let names: [HeaderField.Name] = [
        "X-Spam-Status", "X-Spam-Flag", "X-Spam-Level", "X-Spam-Score", "X-Spam-Checker-Version", "X-Spamd-Result",
        "X-Rspamd-Action",
    ]

    func findings(in inspection: Inspection) -> [Finding] {
        guard let handOver = inspection.trace.handOver else { return [] }
        let line = inspection.trace.hops[handOver].field.range.lowerBound
        let foreign = Self.names.flatMap { inspection.message.fields(named: $0) }.filter { $0.range.lowerBound > line }
        guard let first = foreign.first else { return [] }
        return [
            Finding(
                "\(inspection.message.source.text(first.name, limit: 40)) stands below the server that handed the message over",
                foreign.prefix(10).map { .bytes($0.name.lowerBound..<$0.value.upperBound, label: "anyone's word") },
                places: foreign.count)
        ]
    }
}
