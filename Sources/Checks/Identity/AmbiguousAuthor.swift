import Inspection
import Mail
import Phrases

struct AmbiguousAuthor: Check {
    let about = About(
        "ambiguous-author", .identity, "readers differ on who the author is",
        severity: .warning,
        why: """
            Two From fields, several addresses in one, text after the address: one program shows the first, another the last, \
            and a filter may have checked the other one. Two people may honestly write one message; in practice it is \
            broken software, or somebody who wants to be taken for another.
            """,
        remedy: "Take none of the authors for confirmed.",
        references: [
            .rfc(5322, "3.6.2"), .rfc(9989, "5.3.1"),
            .page(
                "Composition Kills, USENIX Security 2020",
                "https://www.usenix.org/conference/usenixsecurity20/presentation/chen-jianjun"),
        ],
        triggers: [
            Example("From: <a@example.com>, ⟦<b@example.net>⟧\r\n\r\n"),
            Example("From: <a@example.com>\r\n⟦From: <b@example.net>⟧\r\n\r\n"),
            Example("From: <a@example.com> ⟦<b@example.net>⟧\r\n\r\n"),
            Example("From: <⟦@one.example,@two.example:⟧a@example.com>\r\n\r\n"),
            Example("From: <⟦a@one.example@two.example⟧>\r\n\r\n"),
            Example("⟦Sender: a@example.com⟧\r\n\r\n"),
            Example("From: <⟦=?utf-8?q?b=40example.net=3E?=@example.com⟧>\r\n\r\n"),
            Example("From: <a@⟦good.example(x)evil.example⟧>\r\n\r\n"),
        ],
        passes: [
            Example("From: <a@example.com>\r\n\r\n"),
            Example("From: a@example.com (Ann)\r\n\r\n"),
            Example("From: =?utf-8?q?Ann?= <a@example.com>\r\nTo: <b@example.com>, <c@example.com>\r\n\r\n"),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.ambiguities.filter { $0.kind == .author }.map(\.finding)
    }
}

extension Ambiguity {
    /// What readers make of it, one after the other.
    var finding: Finding {
        let shown = readings.prefix(4).map { reading -> Phrase in
            "\(reading.shows) (\(reading.rule))"
        }
        return Finding(
            "readers differ on \(subject): \(Phrase.joined(shown, by: "; "))",
            .bytes(range, label: "read differently"))
    }
}
