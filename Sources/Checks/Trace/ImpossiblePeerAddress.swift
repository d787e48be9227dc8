import Delivery
import Inspection
import Mail
import Phrases

struct ImpossiblePeerAddress: Check {
    let about = About(
        "impossible-peer-address", .trace, "something else stands where a hop's address belongs",
        severity: .warning,
        why: """
            A server writes down the address that it was connected from, in brackets. Programs that invent hops fill the place with \
            a date or a number, because nobody looks. No server does.
            """,
        remedy: "Take this hop, and all below it, for invented.",
        references: [.rfc(5321, "4.4")],
        triggers: [
            Example(
                """
                Received: from out.example.com (out.example.com [192.0.2.1]) by mx.example.org; Fri, 20 Nov 2026 09:00:01 +0000\r
                Received: from unknown (HELO mail.example.net) (⟦Fri, 09 Dec 2022 09:27:51 -0400⟧) by mx.example.net with SMTP; Fri, 20 Nov 2026 09:00:00 +0000\r
                From: <a@example.com>\r\n\r\n
                """),
            Example(
                "Received: from a.example (a.example [⟦999.300.2.1⟧]) by mx.example.org; Fri, 20 Nov 2026 09:00:01 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
        ],
        passes: [
            Example(
                "Received: from unknown (HELO a) (192.0.2.1) by mx.example.org; Fri, 20 Nov 2026 09:00:01 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
            Example(
                "Received: from a ([unix socket]) by mx.example.org (Cyrus) with LMTPA; Fri, 20 Nov 2026 09:00:01 +0000\r\nFrom: <a@example.com>\r\n\r\n"
            ),
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        inspection.trace.hops.compactMap { hop in
            guard hop.peer.address == nil else { return nil }
            for comment in hop.received.comments(.from) {
                let bytes = inspection.message.source.bytes[comment.range]
                if Self.isDate(comment.value) {
                    return Finding(
                        "a date stands where the address of \(Self.name(hop)) belongs", .at(comment, "no address"))
                }
                // "[999.300.2.1]": four numbers, and no address.
                if let open = bytes.lastIndex(of: UInt8(ascii: "[")),
                    let close = bytes[open...].firstIndex(of: UInt8(ascii: "]"))
                {
                    let inner = bytes[(open + 1)..<close]
                    let parts = inner.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                    if parts.count == 4, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) {
                        return Finding(
                            "\(words: String(decoding: inner, as: UTF8.self)) is no address that a host can have",
                            .bytes(inner.startIndex..<inner.endIndex, label: "no address"))
                    }
                }
            }
            return nil
        }
    }

    private static func name(_ hop: Hop) -> Phrase {
        hop.peer.hello.map { "\(words: $0.value, limit: 60)" } ?? "a host"
    }

    /// "Fri, 09 Dec 2022 09:27:51 -0400"
    private static func isDate(_ text: String) -> Bool {
        guard text.utf8.count >= 16, text.utf8.count <= 60, text.contains(":"), text.contains(" ") else { return false }
        let source = Source(exactly: Array(text.utf8))
        let read = source.read(DateTime.self, in: 0..<source.bytes.count)
        if case .success = read { return !text.contains("[") && !text.contains("built") } else { return false }
    }
}
