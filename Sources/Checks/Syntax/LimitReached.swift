import Content
import Inspection
import Mail
import Phrases

struct LimitReached: Check {
    let about = About(
        "limit-reached", .syntax, "a part of the message was not read, for a limit was reached",
        severity: .note,
        why: """
            Limits keep a hostile message from using up time and memory. An honest message reaches none of them, with \
            rare exceptions; what lies behind a limit is kept and not judged.
            """,
        remedy: "Look at the part that was not read with other means, or raise the limit.",
        references: [.rfc(5321, "4.5.3")],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n" + String(repeating: "<b>", count: 248)
                    + "⟦<⟧b><a href=x>")
        ],
        passes: [Example("From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<b>hello</b>\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        let hits =
            inspection.message.limitHits + inspection.identities.limitHits + inspection.contents.limitHits
        let size = inspection.message.source.bytes.count
        return hits.map { hit in
            // What lies beyond the input's limit begins after the last byte there is.
            let offset = min(hit.unread.lowerBound, max(0, size - 1))
            return Finding(
                "the limit \(term: hit.name.id) of \(hit.limit) was reached: \(hit.unread.count) bytes from here on were not read, or not in full; --limit \(term: hit.name.id)=NUMBER raises it",
                .bytes(offset..<min(size, offset + 1), label: "not read from here on"))
        }
    }
}
