import Inspection
import Mail
import Phrases

struct UnreadableDate: Check {
    let about = About(
        "unreadable-date", .syntax, "a Date that no date can be read from",
        severity: .caution,
        why: "Programs that write dates in the language of their computer, or leave a template's field empty, do this.",
        remedy: "Write the date as RFC 5322 §3.3 does, in English.",
        references: [.rfc(5322, "3.3")],
        triggers: [Example("From: <a@example.com>\r\nDate:⟦ yesterday at noon⟧\r\n\r\n")],
        passes: [
            Example("From: <a@example.com>\r\nDate: Fri, 20 Nov 2026 09:00:00 +0000\r\n\r\n"),
            Example("From: <a@example.com>\r\nDate: 20 Nov 26 9:00 EST\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let message = inspection.message
        return message.fields(named: "Date").filter { field in
            if case .failure = message.source.read(DateTime.self, in: field.value) { true } else { false }
        }
        .map { field in
            Finding(
                "the Date field holds no date that can be read: \(words: message.source.text(field.value, limit: 60))",
                .bytes(field.value, label: "no date"))
        }
    }
}
