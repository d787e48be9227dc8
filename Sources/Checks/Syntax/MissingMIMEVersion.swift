import Inspection
import Mail
import Phrases

struct MissingMIMEVersion: Check {
    let about = About(
        "missing-mime-version", .syntax, "the version of MIME is not named",
        severity: .note,
        why:
            "Without it a strict reader takes the whole body for plain text. Most read on; hand-made messages forget it.",
        remedy: "Add MIME-Version: 1.0.",
        references: [.rfc(2045, "4")],
        triggers: [
            Example("From: <a@example.com>\r\n⟦Content-Type: text/html⟧\r\n\r\nx\r\n"),
            Example("From: <a@example.com>\r\n⟦MIME-Version: 2.0⟧\r\nContent-Type: text/html\r\n\r\nx\r\n"),
        ],
        passes: [
            Example("From: <a@example.com>\r\n\r\nx\r\n"),
            Example(
                "From: <a@example.com>\r\nMIME-Version: 1.0 (made by hand)\r\nContent-Type: text/html\r\n\r\nx\r\n"),
        ])

    // version = "MIME-Version" ":" 1*DIGIT "." 1*DIGIT
    func findings(in inspection: Inspection) -> [Finding] {
        let message = inspection.message
        guard let type = message.fields(named: "Content-Type").first else { return [] }
        guard let version = message.fields(named: "MIME-Version").first else {
            return [
                Finding(
                    "the message has a Content-Type and no MIME-Version",
                    .bytes(type.name.lowerBound..<type.value.upperBound, label: "needs MIME-Version"))
            ]
        }
        var cursor = Cursor(message.source, in: version.value)
        cursor.skipCFWS()
        let number = cursor.take { !$0.isFolding && $0 != UInt8(ascii: "(") }
        guard !message.source.bytes[number].equalsASCII("1.0") else { return [] }
        return [
            Finding(
                "the MIME version is \(words: message.source.text(number, limit: 40)), not 1.0",
                .bytes(version.name.lowerBound..<version.value.upperBound, label: "not 1.0"))
        ]
    }
}
