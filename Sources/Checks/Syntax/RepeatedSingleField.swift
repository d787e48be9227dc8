import Inspection
import Mail
import Phrases

struct RepeatedSingleField: Check {
    let about = About(
        "repeated-single-field", .syntax, "a field that may occur once occurs again",
        severity: .caution,
        why: """
            Of two Subjects or two Content-Types one program shows the first, another the last. Gateways that add \
            instead of replacing do it by accident; a signature over one of two From fields is made to deceive.
            """,
        remedy: "Send each of these fields once; distrust what the second one says.",
        references: [.rfc(5322, "3.6"), .rfc(6376, "8.15")],
        triggers: [
            Example("From: <a@example.com>\r\n⟦Subject: one⟧\r\n⟦Subject: two⟧\r\n\r\n"),
            Example("⟦From: <a@example.com>⟧\r\n⟦From: <b@example.net>⟧\r\n\r\n"),
        ],
        passes: [Example("From: <a@example.com>\r\nReceived: by a\r\nReceived: by b\r\nSubject: one\r\n\r\n")])

    // fields: the "Max number" column of the table. RFC 5322 §3.6; RFC 2045 §3 for the MIME fields
    private static let single = [
        "Date", "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "In-Reply-To", "References", "Subject",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-ID", "Content-Disposition",
    ]

    func findings(in inspection: Inspection) -> [Finding] {
        Self.single.compactMap { name in
            let name = HeaderField.Name(name)
            let fields = inspection.message.fields(named: name)
            guard fields.count > 1 else { return nil }
            return Finding(
                "\(name) occurs \(fields.count) {2:time|times}",
                fields.prefix(Report.maximumEvidence).enumerated().map { index, field in
                    .bytes(field.name.lowerBound..<field.value.upperBound, label: index == 0 ? "first" : "again")
                }, count: fields.count)
        }
    }
}
