import Inspection
import Mail
import Phrases

struct PaddedName: Check {
    let about = About(
        "padded-name", .identity, "a name with so many blanks that what follows is not seen",
        severity: .warning,
        why: """
            Lists of messages show the beginning of a name. Blanks push the rest, or the address, out of sight. No program \
            adds dozens of them by itself.
            """,
        remedy: "Read the whole name and the address behind it.",
        references: [
            .rfc(5322, "3.4"),
            .page("Rspamd: FROM_NAME_EXCESS_SPACE", "https://rspamd.com/doc/configuration/composites.html"),
        ],
        triggers: [
            Example(
                "From: ⟦\"CEO                                     x\"⟧ <x@example.net>\r\n\r\n"
            )
        ],
        passes: [
            Example(
                "From: \"Ann  B.  Smith\" <a@example.com>\r\n\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.identities.from.compactMap { mailbox in
            guard let name = mailbox.value.displayName, Self.longestBlank(name.value) >= 12 else { return nil }
            return Finding(
                "the sender's name has \(Self.longestBlank(name.value)) blanks in a row", .at(name, "blanks in a row"))
        }
    }

    private static func longestBlank(_ name: String) -> Int {
        var (longest, run) = (0, 0)
        for scalar in name.unicodeScalars {
            if scalar.isASCII, scalar.value > 0x20 {
                run = 0
                continue
            }
            run = scalar.properties.isWhitespace || scalar.value == 0x2800 || scalar.value == 0x3164 ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
