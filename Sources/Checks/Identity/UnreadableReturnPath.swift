import Inspection
import Mail
import Phrases

struct UnreadableReturnPath: Check {
    let about = About(
        "unreadable-return-path", .identity, "a Return-Path that is no address",
        severity: .caution,
        why: """
            The last server writes this field from an envelope that another server has accepted, so it holds an \
            address or <>. Anything else was written by somebody else, or mangled when it was stored.
            """,
        remedy: "Do not take the field for the envelope's sender.",
        references: [.rfc(5321, "4.4")],
        triggers: [
            Example(
                "Return-Path:⟦ <a@bank.example(a.attack.test>⟧\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
            Example(
                "Return-Path:⟦ <nobody>⟧\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
        ],
        passes: [
            Example(
                "Return-Path: <a@example.com>\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
            Example(
                "Return-Path: <>\r\nReceived: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        guard inspection.isSent else { return [] }
        let bytes = inspection.message.source.bytes
        return inspection.identities.returnPaths.filter { Self.isUnreadable($0.path, bytes) }.map { field, _ in
            Finding(
                "the Return-Path holds no address: \(words: inspection.message.source.text(field.value, limit: 80))",
                .bytes(field.value, label: "no address"))
        }
    }

    private static func isUnreadable(_ path: Result<ReturnPath, SyntaxError>, _ bytes: [UInt8]) -> Bool {
        guard case .success(let value) = path else { return true }
        guard let mailbox = value.mailbox else { return false }
        // Comments are for header fields: in SMTP a bracket is part of no address. RFC 5321 §4.1.2
        let path = bytes[mailbox.range]
        let hasBracket = path.contains(UInt8(ascii: "(")) && !path.contains(UInt8(ascii: "\""))
        return mailbox.value.domain == nil || hasBracket
    }
}
