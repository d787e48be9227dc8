import Inspection
import Mail
import Phrases

struct RepairedInput: Check {
    let about = About(
        "repaired-input", .syntax, "the input was repaired before it was read",
        severity: .note,
        why: """
            Copying a message's source out of a page or a mail program changes it. It was read as it must have been; \
            what depends on every byte, such as a DKIM signature, cannot be checked on it.
            """,
        remedy: "Save the message's source as a file instead of copying its text.",
        references: [.rfc(5322, "2.1"), .rfc(4155, "3")],
        triggers: [
            Example("\r\n\r\nFrom: <a@example.com>\r\nSubject: x\r\n\r\n"),
            Example("  From: <a@example.com>\r\n  Subject: x\r\n\r\n  hello\r\n"),
            Example("From: &lt;a@example.com&gt;\r\nSubject: x\r\n\r\n"),
        ],
        passes: [Example("From: <a@example.com>\r\nSubject: x\r\n\r\n  hello &lt;\r\n")])

    private static let words: [Repair.Kind: Phrase] = [
        .byteOrderMark: "a byte order mark taken off", .leadingBlankLines: "empty lines before the header taken off",
        .preamble: "lines above the header taken off", .mboxLine: "the mbox file's From line taken off",
        .indentation: "indentation taken off", .entity: "HTML entities turned back into characters",
    ]

    func findings(in inspection: Inspection) -> [Finding] {
        let repairs = inspection.message.source.repairs
        guard !repairs.isEmpty else { return [] }
        var kinds: [Repair.Kind] = []
        for repair in repairs where !kinds.contains(repair.kind) { kinds.append(repair.kind) }
        let words = kinds.compactMap { kind -> Phrase? in
            let count = repairs.count { $0.kind == kind }
            return Self.words[kind].map { count > 1 ? "\($0) (\(count) {2:time|times})" : $0 }
        }
        return [Finding("the input was repaired: \(list: words)", [], count: repairs.count)]
    }
}
