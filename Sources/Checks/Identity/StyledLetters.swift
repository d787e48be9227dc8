import Inspection
import Mail
import Phrases

struct StyledLetters: Check {
    let about = About(
        "styled-letters", .identity, "letters that are mathematical signs",
        severity: .caution,
        why: """
            Signs for formulas look like bold or slanted letters, and are other characters to whatever compares words. \
            People decorate posts with them; advertisers and swindlers their names and subjects.
            """,
        remedy: "Read the name as plain letters, and go by the address.",
        references: [
            .page("UTR #25 §2.2, Mathematical Alphanumeric Symbols", "https://www.unicode.org/reports/tr25/")
        ],
        triggers: [
            Example(
                "From: <x@example.net>\r\nSubject: ⟦You have won an 𝗠𝗮𝗸𝗶𝘁𝗮 Kit⟧\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "From: <x@example.net>\r\nSubject: the limit of ℝ and 𝔽 in x²\r\n\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.identities.unplainTexts.compactMap { what, text in
            let count = text.value.unicodeScalars.count { Self.isStyled($0.value) }
            guard count >= 4 else { return nil }
            return Finding(
                "the \(Phrase(form: what)) has \(count) letters that are signs for other things",
                .at(text, "styled letters"))
        }
    }

    /// Mathematical, enclosed and full-width Latin letters.
    private static func isStyled(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x1D400...0x1D7FF, 0x24B6...0x24E9, 0x1F130...0x1F189, 0xFF21...0xFF3A, 0xFF41...0xFF5A: true
        default: false
        }
    }
}
