import Content
import Inspection
import Mail
import Phrases

struct DangerousLink: Check {
    let about = About(
        "dangerous-link", .content, "a link that runs or opens something else than a page",
        severity: .warning,
        why: """
            Links of honest messages lead to pages, addresses and telephone numbers. One that runs a script, opens a page \
            that it carries in itself, a file of this or another computer, or a program by its protocol is meant to get past \
            what guards pages.
            """,
        remedy: "Do not click it.",
        references: [
            .page(
                "RFC 7595 §3.7, security considerations of URI schemes",
                "https://www.rfc-editor.org/rfc/rfc7595#section-3.7")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"java\tscript:go()\">⟧x</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"data:text/html,x\">⟧x</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<a href=\"search-ms:query=x\">⟧x</a>\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"mailto:a@example.com\">x</a><a href=\"tel:123\">x</a>\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"javascript:void(0)\">x</a>\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let links = inspection.contents.links.filter { link in
            guard let address = link.address, !address.isWeb, Self.isDangerous(address.scheme) else { return false }
            // What does nothing stands for a link that a script fills in.
            return address.scheme != "javascript" || !Self.isIdle(address.rest)
        }
        guard let first = links.first, let scheme = first.address?.scheme else { return [] }
        return [
            Finding(
                "a link does not lead to a page, it is of the kind \(words: scheme):",
                links.prefix(Report.maximumEvidence).map { .at($0.target, "\(words: $0.address?.scheme ?? ""):") },
                count: links.count)
        ]
    }

    private static func isDangerous(_ scheme: String) -> Bool {
        switch scheme {
        case "javascript", "vbscript", "data", "blob", "file", "smb", "search", "search-ms", "ldap", "jar", "mhtml",
            "ms-its",
            "view-source", "shell", "mk":
            true
        default: scheme.hasPrefix("ms-")
        }
    }

    private static func isIdle(_ script: String) -> Bool {
        let text = script.lowercased().filter { !$0.isWhitespace && $0 != ";" }
        return ["", "void(0)", "void0", "void()", "#", "returnfalse", "return", "//"].contains(text)
    }
}
