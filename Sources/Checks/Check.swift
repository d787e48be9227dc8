import DNS
import Delivery
package import Inspection
package import Mail
import Phrases

/// One question asked of every message.
///
/// A check sees an ``Inspection`` and nothing else: no network, no clock, no file, no other check.
package protocol Check: Sendable {
    var about: About { get }
    func findings(in inspection: Inspection) -> [Finding]
}

/// What checks are about; also the folder that a check's file stands in.
package enum Topic: String, CaseIterable, Sendable {
    /// How the message is written.
    case syntax
    /// Where it has been.
    case trace
    /// Who it says it is from.
    case identity
    /// What verifying it by SPF, DKIM, DMARC and ARC came to.
    case authentication
    /// What DNS says about the names in it.
    case domain
    /// What it carries.
    case content
}

/// What a check looks for, why that matters, and messages that show it.
package final class About: Sendable {
    /// Never reused, never renamed.
    package let id: String
    package let topic: Topic
    /// The bad thing, in a few words.
    package let title: String
    package let severity: Severity
    /// The guilty reading and the innocent one.
    package let why: String
    /// What to do, as an imperative.
    package let remedy: String
    package let references: [Reference]
    package let triggers: [Example]
    package let passes: [Example]

    init(
        _ id: String, _ topic: Topic, _ title: String, severity: Severity, why: String, remedy: String,
        references: [Reference], triggers: [Example], passes: [Example]
    ) {
        self.id = id
        self.topic = topic
        self.title = title
        self.severity = severity
        self.why = why
        self.remedy = remedy
        self.references = references
        self.triggers = triggers
        self.passes = passes
    }
}

/// A short message that documents a check and tests it.
///
/// `⟦` and `⟧` surround the bytes that the check must point at. Lines end as written.
package struct Example: Sendable {
    package let zone: String
    /// Some are long, and a report needs none.
    private let written: @Sendable () -> String

    package var text: String { written() }

    init(_ text: @autoclosure @escaping @Sendable () -> String, zone: String = "") {
        written = text
        self.zone = zone
    }

    /// The message's bytes, and the ranges that were marked in it.
    package var unmarked: (bytes: [UInt8], marks: [ByteRange]) {
        var bytes: [UInt8] = []
        var marks: [ByteRange] = []
        var start = 0
        for scalar in text.unicodeScalars {
            switch scalar {
            case "⟦": start = bytes.count
            case "⟧": marks.append(start..<bytes.count)
            // Private use stands for the one byte that UTF-8 cannot write: U+F7E9 for E9.
            case "\u{F700}"..."\u{F7FF}": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            default: bytes += Array(String(scalar).utf8)
            }
        }
        return (bytes, marks)
    }

    /// A minute-old message whose one signature is right, by the key of RFC 8463 §A, and covers what readers show.
    static let signed = Example(
        """
        Received: from x.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
        DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r
         d=football.example.com; i=@football.example.com; q=dns/txt;\r
         s=brisbane; t=1795165140; h=from : to : subject;\r
         bh=gg/FhUFa+9XzLrJSR/oNATmgr5VjzvtvKz2dM6K9U/k=;\r
         b=9E1PR2pnPeilhIjzZULMYi5c4lozi1FdyERCzn1SugoBGnMogOSYDuZ6urJQVsQJa42rl\r
         pf9KhmOAKv5ZWOsDw==\r
        From: <a@football.example.com>\r
        To: <b@example.net>\r
        Subject: Hello\r\n\r\nText\r\n
        """,
        zone:
            "brisbane._domainkey.football.example.com. IN TXT \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\""
    )

    /// The moment that examples are looked at, unless their zone says another.
    package static let time = DateTime(seconds: 1_795_165_200)

    /// The example, inspected with its own DNS.
    package func inspected() async throws -> Inspection {
        let zone = try Zone(zone)
        return await Inspection(
            of: Message(Source(unmarked.bytes)), asking: RecordedResolver(zone), at: zone.time ?? Self.time,
            blocklists: Blocklist.standard)
    }
}
