import Delivery
import Inspection
import Mail
import Phrases

struct UnparsedReceived: Check {
    let about = About(
        "unparsed-received", .trace, "a Received field that could not be read",
        severity: .caution,
        why: """
            Servers write this field in many ways, and some are not known here. A field that no server writes was put \
            there by the sender.
            """,
        remedy: "Read the line yourself: it is kept, and counted, and left out of the route.",
        references: [.rfc(5321, "4.4")],
        triggers: [Example("⟦Received: hello world⟧\r\nFrom: <a@example.com>\r\n\r\n")],
        passes: [
            Example("Received: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <a@example.com>\r\n\r\n"),
            Example(
                "Received: (qmail 1 invoked from network); 20 Nov 2026 09:00:00 -0000\r\nFrom: <a@example.com>\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let unparsed = inspection.trace.unparsed
        guard !unparsed.isEmpty else { return [] }
        return [
            Finding(
                "\(unparsed.count) Received {1:field|fields} could not be read",
                unparsed.prefix(Report.maximumEvidence).map { .at($0, "expected \(Phrase(form: $0.value.expected))") },
                count: unparsed.count)
        ]
    }
}
