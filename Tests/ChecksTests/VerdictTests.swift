import DNS
import Mail
import Testing

@testable import Checks
import Delivery
@testable import Inspection
import Phrases

struct VerdictTests {
    /// The table, row by row: a case that each row decides, and one that it must leave to those below.
    @Test(arguments: [
        ("no message", Verdict.Kind.cannotSay, Verdict.Grounds(alarms: [.content], missing: ["all"], isMessage: false)),
        ("an alarm about the origin", .forged, Verdict.Grounds(alarms: [.identity])),
        ("an alarm about the origin", .forged, Verdict.Grounds(alarms: [.trace, .content])),
        (
            "three warnings, two of them about the origin", .forged,
            Verdict.Grounds(warnings: [.identity, .domain, .content])
        ),
        ("an alarm about the content", .suspicious, Verdict.Grounds(alarms: [.content])),
        ("a warning that is not about syntax", .suspicious, Verdict.Grounds(warnings: [.identity, .content])),
        ("a warning that is not about syntax", .suspicious, Verdict.Grounds(warnings: [.syntax, .syntax, .trace])),
        (
            "three cautions that are not about syntax", .suspicious,
            Verdict.Grounds(cautions: [.trace, .content, .content])
        ),
        ("a warning or a caution", .unusual, Verdict.Grounds(cautions: [.syntax, .syntax, .syntax, .trace])),
        ("a warning or a caution", .unusual, Verdict.Grounds(warnings: [.syntax], missing: ["DNS"])),
        ("what would decide is missing", .cannotSay, Verdict.Grounds(missing: ["DNS"])),
        ("nothing found", .nothingFound, Verdict.Grounds()),
    ])
    func rules(_ rule: String, _ kind: Verdict.Kind, _ grounds: Verdict.Grounds) {
        #expect(Verdict.rules.first { $0.applies(grounds) }?.name == rule)
        #expect(Verdict.kind(grounds) == kind)
    }

    @Test func everyRuleIsTested() { #expect(Verdict.rules.count == 9) }

    private func verdict(_ text: String, _ resolver: (any Resolver)? = nil) async -> Verdict {
        guard let resolver else {
            return Report(Inspection(of: Message(Source(Array(text.utf8))), at: Example.time)).verdict
        }
        return Report(await Inspection(of: Message(Source(Array(text.utf8))), asking: resolver, at: Example.time))
            .verdict
    }

    private static let sent = """
        Return-Path: <a@example.com>
        Received: from m.example.com (m.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 08:59:00 +0000
        From: <a@example.com>
        Date: Fri, 20 Nov 2026 08:59:00 +0000
        Message-ID: <1@example.com>

        hello
        """
    private static let zone = """
        example.com. MX 10 m.example.com.
        m.example.com. A 192.0.2.1
        1.2.0.192.in-addr.arpa. PTR m.example.com.
        """

    @Test func whatIsMissingIsSaid() async throws {
        #expect(await verdict(Self.sent, RecordedResolver(try Zone(Self.zone))).kind == .nothingFound)
        let offline = await verdict(Self.sent)
        #expect(offline.kind == .cannotSay)
        #expect(offline.missing == ["DNS was not asked, or did not answer"])
        let half = RecordedResolver(
            try Zone("1.2.0.192.in-addr.arpa. PTR m.example.com.\nm.example.com. A 192.0.2.1\nexample.com. MX SERVFAIL")
        )
        #expect(
            await verdict(Self.sent, half).missing.map(\.description) == ["DNS did not say whether example.com exists"])
        let header = Self.sent.split(separator: "\n").dropLast().joined(separator: "\n") + "\n"
        #expect(
            await verdict(header, RecordedResolver(try Zone(Self.zone))).missing == ["there is only a header, no body"])
        let draft = "From: <a@example.com>\nDate: Fri, 20 Nov 2026 08:59:00 +0000\nMessage-ID: <1@example.com>\n\nx"
        #expect(await verdict(draft, RecordedResolver(try Zone(Self.zone))).kind == .cannotSay)
    }

    /// Nothing is ever called safe, and the advice speaks to those who acted already.
    @Test(arguments: ["", "From: <a@exarnple.com>\nTo: <b@example.com>\n\nx", sent])
    func wordsAreCareful(_ text: String) async {
        let verdict = await verdict(text)
        #expect(
            !verdict.sentence.description.lowercased().contains("safe") && !verdict.sentence.description.contains("%"))
        #expect(verdict.advice.contains { $0.description.contains("already clicked, answered or paid") })
        #expect(verdict.reasons.count <= 3)
    }
}
