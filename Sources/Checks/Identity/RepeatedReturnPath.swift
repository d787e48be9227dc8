import Inspection
import Mail
import Phrases

struct RepeatedReturnPath: Check {
    let about = About(
        "repeated-return-path", .identity, "more than one Return-Path",
        severity: .caution,
        why: """
            The server that delivers writes one Return-Path and removes others. A second one came with the message: \
            from a forwarder that delivered it before, or from a sender who wanted to be believed.
            """,
        remedy: "Believe the topmost one only.",
        references: [.rfc(5321, "4.4")],
        triggers: [
            Example(
                "⟦Return-Path: <a@example.com>⟧\r\n⟦Return-Path: <b@example.net>⟧\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "Return-Path: <a@example.com>\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let paths = inspection.identities.returnPaths
        guard inspection.isSent, paths.count > 1 else { return [] }
        return [
            Finding(
                "there are \(paths.count) Return-Path fields",
                paths.prefix(Report.maximumEvidence).enumerated().map { index, path in
                    .bytes(
                        path.field.name.lowerBound..<path.field.value.upperBound,
                        label: index == 0 ? "the topmost" : "came with it")
                }, count: paths.count)
        ]
    }
}
