import Inspection
import Mail
import Phrases

struct AmbiguousHeader: Check {
    let about = About(
        "ambiguous-header", .syntax, "readers differ on which lines are header fields",
        severity: .caution,
        why: """
            "From :", a line of blanks, a carriage return alone, a line without a name: one program reads a field there, another \
            none, a third the beginning of the text. Broken generators do it; it also shows a filter another message than the \
            reader.
            """,
        remedy: "Give every field a name right before its colon, and end the header with one empty line.",
        references: [.rfc(5322, "2.2"), .rfc(5322, "4.5"), .rfc(7103, "7.1")],
        triggers: [
            Example("⟦From : <a@example.com>⟧\r\n\r\n"),
            Example("⟦ From: <b@example.net>⟧\r\nFrom: <a@example.com>\r\n\r\n"),
            Example("From: <a@example.com>\r\n⟦Subj\u{1}ect: x⟧\r\nTo: b@example.com\r\n\r\n"),
            Example("From: <a@example.com>\r\nSubject: x\r\n⟦ ⟧\r\nnot the text\r\n\r\n"),
            Example("From: <a@example.com>\r\nSubject: x⟦\rBcc: b@example.com⟧\r\n\r\n"),
        ],
        passes: [Example("From: <a@example.com>\r\nSubject: x\r\n y\r\n\r\ntext : more\r\n")])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.ambiguities.filter { $0.kind == .field || $0.kind == .headerEnd }.prefix(20).map(\.finding)
    }
}
