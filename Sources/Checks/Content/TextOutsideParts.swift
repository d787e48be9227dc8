import Inspection
import Mail
import Phrases

struct TextOutsideParts: Check {
    let about = About(
        "text-outside-parts", .content, "text where mail programs show none",
        severity: .note,
        why: """
            What stands before the first part or after the last is for readers of 1992, who were told that this is MIME. Lists add \
            their footers there by mistake; a filter reads it as text that no one is shown.
            """,
        remedy: "Do not take what stands there for part of the message.",
        references: [.rfc(2046, "5.1.1")],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nx\r\n--a--\r\n⟦Buy now at example.com, and more text that nobody is shown.⟧\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\nThis is a multi-part message in MIME format.\r\n--a\r\n\r\nx\r\n--a--\r\n\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.message.parts.prefix(1000).flatMap { part in
            let stretches: [(Phrase, ByteRange?)] = [
                ("before its first", part.preamble), ("after its last", part.epilogue),
            ]
            return stretches.compactMap { position, range -> Finding? in
                guard var range, part.source.enclosing == nil else { return nil }
                let bytes = part.source.bytes
                while let first = range.first, bytes[first].isFolding { range = first + 1..<range.upperBound }
                while let last = range.last, bytes[last].isFolding { range = range.lowerBound..<last }
                // The sentence that tells old readers about MIME is short, and speaks of it.
                guard range.count > 40,
                    range.count > 300
                        || bytes.firstOffset(ofAnyCase: "mime", in: range) == nil
                            && bytes.firstOffset(ofAnyCase: "multi", in: range) == nil
                else { return nil }
                return Finding(
                    "part \(part.index) has \(range.count) bytes of text \(position) part, where it is not shown",
                    .bytes(part.messageRange(of: range), label: "not shown"))
            }
        }
    }
}
