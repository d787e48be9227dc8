import Content
import Inspection
import Mail
import Phrases

struct CodeMadeOfText: Check {
    let about = About(
        "code-made-of-text", .content, "a code that is drawn with letters",
        severity: .warning,
        why: """
            A QR code drawn with block characters is no picture to a filter, and works as well in front of a camera. \
            Programs for terminals print codes like that, and few mails are written by them.
            """,
        remedy: "Do not point a camera at it.",
        references: [
            .page("The Unicode Standard, Block Elements", "https://www.unicode.org/charts/PDF/U2580.pdf")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n⟦█████████████████████████████████\r\n█████████████████████████████████\r\n████ ▄▄▄▄▄ ██▄▀▀ ▀█ ▀█ ▄▄▄▄▄ ████\r\n████ █   █ █▄  ▀▄█ ███ █   █ ████\r\n████ █▄▄▄█ ██▀▄██   ▀█ █▄▄▄█ ████\r\n████▄▄▄▄▄▄▄█ ▀ █ ▀▄▀▄█▄▄▄▄▄▄▄████\r\n████▄ ▄▀▄ ▄▄▄█  █ ██ ▄ ███▄█▀████\r\n████▄▄▀ ██▄▀ ▄█▀█▀▀▀▄  ▄▄█▄ ▄████\r\n████▄▀▄█▀▄▄█▀██▀ ▄▄▄▀  ██ █▄ ████\r\n████▄▀▄█▀█▄▄▀▀ ▄  ▀▀▀██▄▀█▄ ▄████\r\n████▄█▄▄▄▄▄▄  █ ▄ ▀▀ ▄▄▄  █▀▀████\r\n████ ▄▄▄▄▄ █ ▄▀▀▄▀▀▄ █▄█  █▄▄████\r\n████ █   █ █▄ ▄▄█ ▀▀ ▄▄   ▀██████\r\n████ █▄▄▄█ █  ▄█ ▀█ ▀█▀█ ▀█▀▄████\r\n████▄▄▄▄▄▄▄█▄█▄█▄▄██▄█▄▄███▄▄████\r\n█████████████████████████████████\r\n█████████████████████████████████⟧\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nload: ▁▂▃▄▅▆▇█\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.contents.codes.filter { $0.carrier == .text }.map { code in
            let says: Phrase =
                code.text.map { ": it says \"\(words: $0.defanged, limit: 120)\"" } ?? "; it could not be read"
            return Finding("a QR code is drawn with characters\(says)", .bytes(code.range, label: "a code"))
        }
    }
}
