import Inspection
import Mail
import Phrases

struct EmptyReturnPath: Check {
    let about = About(
        "empty-return-path", .identity, "a Return-Path of <> on a message that is no report",
        severity: .caution,
        why: """
            The empty path is for bounces and other automatic answers, so that nothing answers them. A letter that \
            has it was sent by a program that wants no bounce; some forms and notification systems do so innocently.
            """,
        remedy: "Treat it as sent by a program, whatever name it bears.",
        references: [.rfc(5321, "4.5.5"), .rfc(3834, "5")],
        triggers: [
            Example(
                "Return-Path: ⟦<>⟧\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: Ann <a@example.com>\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "Return-Path: <a@example.com>\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: Ann <a@example.com>\r\n\r\n"
            ),
            Example(
                "Return-Path: <>\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: Mail Delivery System <MAILER-DAEMON@example.com>\r\n\r\n"
            ),
            Example(
                "Return-Path: <>\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: Ann <a@example.com>\r\nAuto-Submitted: auto-replied\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let identities = inspection.identities
        guard inspection.isSent, let first = identities.returnPaths.first, case .success(let path) = first.path,
            path.mailbox == nil, !identities.isAutomatic, !Self.isPostmaster(identities.author?.value)
        else { return [] }
        let bytes = inspection.message.source.bytes
        var range = first.field.value
        while let lower = range.first, bytes[lower].isFolding { range = lower + 1..<range.upperBound }
        return [
            Finding(
                "the Return-Path is empty, as only reports and automatic answers have it",
                .bytes(range, label: "no bounce wanted"))
        ]
    }

    private static func isPostmaster(_ mailbox: Mailbox?) -> Bool {
        guard let local = mailbox?.localPart.value.lowercased() else { return false }
        return ["mailer-daemon", "postmaster", "double-bounce"].contains(local)
    }
}
