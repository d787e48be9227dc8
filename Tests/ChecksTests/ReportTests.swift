import DNS
import Mail
import Testing

@testable import Checks
import Delivery
@testable import Inspection
import Phrases

struct ReportTests {
    private func report(_ text: String, ignoring: Set<String> = []) async -> Report {
        Report(
            Inspection(
                of: Message(Source(exactly: Array(text.utf8))), at: Example.time),
            ignoring: ignoring)
    }

    /// Ten thousand bad lines give one finding with a count.
    @Test func manyPlacesAreOneFinding() async throws {
        let text = "From: <a@example.com>\r\n\r\n" + String(repeating: "x\n", count: 10_000) + "y\r\n"
        let found = await report(text).entries.filter { $0.about.id == "bare-line-feed" }
        #expect(found.count == 1)
        #expect(found.first?.finding.count == 10_000)
        #expect(found.first?.finding.evidence.count == Report.maximumEvidence)
    }

    /// Ten thousand hops that are wrong in the same way give a few findings and a count.
    @Test func manyFindingsAreCounted() async throws {
        let text =
            String(
                repeating:
                    "Received: from mail.example.com (mail.example.com [10.1.2.3]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r\n",
                count: 1000) + "From: <a@example.com>\r\n\r\n"
        let report = await report(text)
        #expect(report.entries.count { $0.about.id == "private-address-from-outside" } == Report.maximumFindings)
        #expect(
            report.omitted.contains {
                $0.id == "private-address-from-outside" && $0.count == 1000 - Report.maximumFindings
            })
    }

    @Test func checksCanBeIgnored() async {
        let text = "From: <a@example.com>\r\n\r\n"
        #expect(await report(text).entries.contains { $0.about.id == "missing-message-id" })
        #expect(
            await !report(text, ignoring: ["missing-message-id"]).entries.contains {
                $0.about.id == "missing-message-id"
            })
    }

    @Test func theWeightiestComesFirst() async {
        let entries = await report("From: <a@exarnple.com>\r\nTo: <b@example.com>\r\nReply-To: <c@example.org>\r\n\r\n")
            .entries
        #expect(entries.map(\.about.severity) == entries.map(\.about.severity).sorted(by: >))
        #expect(entries.first?.about.id == "lookalike-domain")
    }

    /// A message that was not sent yet has no route, no Return-Path and no authentication to be judged.
    @Test func draftsAreNotJudgedByTheirDelivery() async {
        let report = await report("Return-Path: <x@example.net>\r\nFrom: <a@example.com>\r\n\r\n")
        #expect(!report.entries.contains { $0.about.topic == .trace })
        #expect(!report.entries.contains { $0.about.id.contains("return-path") })
        #expect(report.unchecked.first?.why.description.contains("not been sent") == true)
    }
}
