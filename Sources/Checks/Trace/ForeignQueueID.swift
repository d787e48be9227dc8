import Delivery
import Inspection
import Mail
import Phrases

struct ForeignQueueID: Check {
    let about = About(
        "foreign-queue-id", .trace, "an id that the named server program does not give",
        severity: .warning,
        why: """
            Every server program gives ids of one shape: Exim's hold the time in base 62, Postfix's are hexadecimal or have no vowels. \
            A line that names the program and has another id was written by somebody who did not know that.
            """,
        remedy: "Take this hop, and all below it, for invented.",
        references: [
            .page(
                "Exim specification §3.4",
                "https://www.exim.org/exim-html-current/doc/html/spec_html/ch-how_exim_receives_and_delivers_mail.html"),
            .page("Postfix: enable_long_queue_ids", "https://www.postfix.org/postconf.5.html#enable_long_queue_ids"),
        ],
        triggers: [
            Example(
                "Received: from a.example ([192.0.2.1] helo=a.example) by mx.example.org with smtp (Exim 4.96) id ⟦12345⟧; Fri, 20 Nov 2026 09:00:01 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
            Example(
                "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id ⟦queue-id_77⟧; Fri, 20 Nov 2026 09:00:01 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
        ],
        passes: [
            Example(
                "Received: from a.example (a.example [192.0.2.1]) by mx.example.org (Postfix) with ESMTP id 62F9114047; Fri, 20 Nov 2026 09:00:01 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.trace.hops.compactMap { hop in
            // Names under which others build on a program, and give ids of their own.
            guard let id = hop.id, let dialect = hop.dialect, dialect.isOwn(id: id.value) == false,
                hop.received.comments.contains(where: { $0.value == "Postfix" || $0.value.hasPrefix("Exim ") })
            else { return nil }
            return Finding(
                "\(words: id.value, limit: 60) is no id that \(term: dialect.name) gives", .at(id, "not its shape"))
        }
    }
}
