import Inspection
import Mail
import Phrases

struct SteeringCharacters: Check {
    let about = About(
        "steering-characters", .identity, "invisible characters that change what a name or subject looks like",
        severity: .warning,
        why: """
            Direction marks turn text around, zero-width characters break words up for filters, controls end a line \
            early. Right-to-left languages need direction marks; in a name of Latin letters they are there to deceive.
            """,
        remedy: "Read the name with its hidden characters shown.",
        references: [
            .page(
                "UTR #36 §2.5, Bidirectional Text Spoofing",
                "https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing")
        ],
        triggers: [
            Example("From: ⟦=?utf-8?Q?Ann=E2=80=AEmoc?=⟧ <a@example.com>\r\n\r\n"),
            Example("From: <a@example.com>\r\nSubject: ⟦pass\u{200B}word⟧\r\n\r\n"),
        ],
        passes: [
            Example("From: =?utf-8?Q?Ren=C3=A9?= <a@example.com>\r\nSubject: hello \u{1F468}\u{200D}\u{1F469}\r\n\r\n")
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.identities.unplainTexts.compactMap { what, text in
            let scalars = Self.steering(text.value)
            guard let first = scalars.first else { return nil }
            let name = "U+" + String(first.value, radix: 16, uppercase: true)
            return Finding(
                "the \(Phrase(form: what)) has \(scalars.count) invisible {2:character|characters}, the first \(words: name)",
                .at(text, "has hidden characters"))
        }
    }

    /// Scalars that steer, less those that emoji and some scripts are written with.
    private static func steering(_ text: String) -> [Unicode.Scalar] {
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.compactMap { index in
            let scalar = scalars[index]
            guard scalar.steers, scalar != "\u{AD}", scalar != "\t" else { return nil }
            switch scalar.value {
            case 0xFE00...0xFE0F, 0xE0020...0xE007F: return nil
            case 0x200C, 0x200D:
                // A joiner between letters or signs beyond Latin is part of how they are written.
                return index > 0 && scalars[index - 1].value >= 0x600 ? nil : scalar
            default:
                return scalar.properties.generalCategory == .privateUse
                    || scalar.properties.generalCategory == .unassigned ? nil : scalar
            }
        }
    }
}
