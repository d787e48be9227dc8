import Delivery
import Inspection
import Mail
import Phrases

struct InventedProtocol: Check {
    let about = About(
        "invented-protocol", .trace, "a protocol that the named server does not speak",
        severity: .warning,
        why: """
            The word after "with" comes from a short registered list, and a few that one provider has of its own: NNFMP is what \
            Yahoo's machines speak among themselves. Programs that invent hops pick such words at random.
            """,
        remedy: "Take this hop, and all below it, for invented.",
        references: [
            .rfc(3848, "2"),
            .page(
                "IANA: Mail Transmission Types",
                "https://www.iana.org/assignments/mail-parameters/mail-parameters.xhtml"),
        ],
        triggers: [
            Example(
                "Received: from unknown (192.0.2.1) by mx.example.org with ⟦NNFMP⟧; Fri, 20 Nov 2026 09:00:01 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
            Example(
                "Received: from a.example [192.0.2.1] by mx.example.org with ⟦LOCAL⟧; Fri, 20 Nov 2026 09:00:01 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
        ],
        passes: [
            Example(
                "Received: from [192.0.2.1] by nm2.bullet.mail.yahoo.com with NNFMP; Fri, 20 Nov 2026 09:00:01 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
            Example(
                "Received: from user by mx.example.org with local (Exim 4.96) id 1qRjuq-00A9Xw-0M; Fri, 20 Nov 2026 09:00:01 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.trace.hops.compactMap { hop in
            guard let spoken = hop.transmission else { return nil }
            let word = spoken.value.uppercased()
            // NNFMP is odd wherever it stands, LOCAL only where an address from outside does.
            guard hop.peer.address?.value.isPublic ?? (word == "NNFMP") else { return nil }
            let isYahoo = hop.byDomain?.value.description.contains(ascii: "yahoo") == true
            // What never leaves a machine or a provider cannot bring a message from an address outside.
            let isInvented = (word == "NNFMP" && !isYahoo) || word == "LOCAL"
            guard isInvented else { return nil }
            let other: Phrase = hop.peer.address == nil ? "another host" : "a host outside"
            return Finding(
                "\(hop.name(or: "a server")) says that it spoke \(words: word) with \(other), which nobody does",
                .at(spoken, "not spoken here"))
        }
    }
}
