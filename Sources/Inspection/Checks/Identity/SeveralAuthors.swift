import Mail

struct SeveralAuthors: Check {
    let about = About(
        "several-authors", .identity, "more than one author",
        severity: .warning,
        why: """
            Two people may write one message, and then a Sender says who sent it. In practice nobody does; one program \
            shows the first, another the last, and a filter may have checked the other one.
            """,
        remedy: "Take none of the authors for confirmed.",
        references: [.rfc(5322, "3.6.2"), .rfc(9989, "5.3.1")],
        triggers: [
            Example("From: <a@example.com>, ⟦<b@example.net>⟧\r\n\r\n"),
            Example("From: <a@example.com>\r\nFrom: ⟦<b@example.net>⟧\r\n\r\n"),
            Example("From: <a@example.com> ⟦<b@example.net>⟧\r\n\r\n"),
        ],
        passes: [
            Example("From: <a@example.com>\r\n\r\n"),
            Example("From: <a@example.com>\r\nTo: <b@example.com>, <c@example.com>\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let identities = inspection.identities
        var findings: [Finding] = []
        // A comma in a name that lost its quotes leaves words without an address: they are no authors.
        let authors = identities.from.filter { $0.value.domain != nil }
        if authors.count > 1 {
            let others = authors.dropFirst().map { mailbox in
                let end = inspection.message.source.bytes
                let closes = mailbox.range.upperBound < end.count && end[mailbox.range.upperBound] == UInt8(ascii: ">")
                return Evidence.bytes(
                    mailbox.range.lowerBound..<mailbox.range.upperBound + (closes ? 1 : 0), label: "another author")
            }
            let names = authors.prefix(3).map { $0.value.spec.printable }.joined(separator: ", ")
            findings.append(
                Finding(
                    "the message names \(authors.count) authors: \(names)",
                    Array(others.prefix(Report.maximumPlaces)), places: others.count))
        }
        let strays = inspection.message.values(.from).flatMap(\.value.strays)
        if !strays.isEmpty {
            findings.append(
                Finding(
                    "From has more text after its address, and readers differ on which part is the author",
                    strays.prefix(Report.maximumPlaces).map { .bytes($0, label: "after the address") },
                    places: strays.count))
        }
        return findings
    }
}
