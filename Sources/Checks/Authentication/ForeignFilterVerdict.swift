import Delivery
import Inspection
import Mail
import Phrases

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

    func findings(in inspection: Inspection) -> [Finding] {
        let foreign = inspection.filterVerdicts.filter { $0.standing == .anyones }.map(\.verdict)
            .filter { $0.vendor.fieldsToDoubt.contains($0.name) }
        guard let first = foreign.first?.field else { return [] }
        return [
            Finding(
                "\(words: inspection.message.source.text(first.name, limit: 40)) stands below the server that handed the message over",
                foreign.prefix(10).map {
                    .bytes($0.field.name.lowerBound..<$0.field.value.upperBound, label: "anyone's word")
                },
                count: foreign.count)
        ]
    }
}
