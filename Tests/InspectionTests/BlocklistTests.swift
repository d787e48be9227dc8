import DNS
import Mail
import Testing

import Checks
import Delivery
@testable import Inspection
import Phrases

/// What lists answer, and what that means. RFC 5782, and the pages of those who run the lists
struct BlocklistTests {
    private static func words(_ outcome: Listing.Outcome) -> String {
        switch outcome {
        case .notListed: "not listed"
        case .listed(let reasons): "listed: \(reasons.map(\.description).joined(separator: ", "))"
        case .refused(let reason): "refused: \(reason)"
        case .unknown(let failure): "unknown: \(failure.reason)"
        }
    }

    @Test(arguments: [
        ("zen.spamhaus.org", ["127.0.0.2"], "listed: a source of spam (SBL)"),
        (
            "zen.spamhaus.org", ["127.0.0.10", "127.0.0.4"],
            "listed: an end user's line, says its provider (PBL), an infected or open host (XBL)"
        ),
        ("zen.spamhaus.org", ["127.0.0.77"], "listed: listed (127.0.0.77)"), ("zen.spamhaus.org", [], "not listed"),
        ("zen.spamhaus.org", ["127.255.255.252"], "refused: the list's name is misspelt (127.255.255.252)"),
        ("zen.spamhaus.org", ["127.255.255.254"], "refused: it does not answer public resolvers (127.255.255.254)"),
        (
            "zen.spamhaus.org", ["127.255.255.255", "127.0.0.2"],
            "refused: too many questions were asked (127.255.255.255)"
        ),
        ("zen.spamhaus.org", ["127.255.255.7"], "refused: it reports an error (127.255.255.7)"),
        ("bl.spamcop.net", ["127.0.0.1"], "refused: it does not answer this resolver (127.0.0.1)"),
        ("psbl.surriel.com", ["203.0.113.7"], "refused: its answer is no code: the zone may have been given up"),
        ("list.dnswl.org", ["127.0.5.2"], "listed: medium trust"),
        ("list.dnswl.org", ["127.0.0.255"], "refused: too many questions were asked (127.0.0.255)"),
        ("dbl.spamhaus.org", ["127.0.1.4"], "listed: phishing"),
        ("dbl.spamhaus.org", ["127.0.1.255"], "refused: it was asked for an address (127.0.1.255)"),
        ("multi.surbl.org", ["127.0.0.80"], "listed: malware, abuse"),
        ("multi.surbl.org", ["127.0.0.1"], "refused: it does not answer this resolver (127.0.0.1)"),
        (
            "multi.uribl.com", ["127.0.0.14"],
            "listed: seen in spam (black), seen in unwanted bulk mail (grey), newly seen (red)"
        ),
    ])
    func codes(_ zone: String, _ addresses: [String], _ expected: String) throws {
        let list = try #require(Blocklist.standard.first { $0.zone.description == zone })
        let records = addresses.compactMap { IPAddress($0).map(Record.address) }
        let answer = Answer(Question(Domain("x.\(zone)"), .a), records.isEmpty ? .noSuchName : .records(records))
        #expect(Self.words(list.read(answer)) == expected)
    }

    @Test(arguments: [
        ("192.0.2.1", "1.2.0.192.bl.example. A"),
        ("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example. A"),
    ])
    func addressesAreAskedInReverse(_ address: String, _ expected: String) throws {
        let list = Blocklist(Domain("bl.example"), of: .addresses)
        let question = list.question(.address(try #require(IPAddress(address))))
        #expect(question.map { "\($0.name). \($0.type.rawValue)" } == expected)
        #expect(list.question(.domain(Domain("example.com"))) == nil)
    }

    private static let message = """
        Return-Path: <b@bounces.example.org>\r
        Received: from x.example.com (x.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r
        From: <a@www.example.com>\r
        Content-Type: text/html\r\n\r
        <a href="http://deep.example.co.uk/">x</a><a href="http://192.0.2.9/">y</a>
        """

    private func inspect(_ zone: String, _ lists: [Blocklist]) async throws -> Inspection {
        await Inspection(
            of: Message(Source(exactly: Array(Self.message.utf8))), asking: RecordedResolver(try Zone(zone)),
            at: Example.time, blocklists: lists)
    }

    /// No list is asked by itself; those that are hear of one address and the registered domains, each once.
    @Test func listsAreAskedForWhatTheMessageNames() async throws {
        let silent = try await inspect("", [])
        #expect(silent.listings.isEmpty)
        #expect(!silent.transcript.contains { $0.question.name.description.contains("spamhaus") })
        let lists = [Blocklist(Domain("ip.test"), of: .addresses), Blocklist(Domain("dom.test"), of: .domains)]
        let asked = try await inspect("1.2.0.192.ip.test. IN A 127.0.0.9\nexample.co.uk.dom.test. IN A TIMEOUT", lists)
        #expect(
            asked.listings.map { "\($0.subject) \(Self.words($0.outcome))" } == [
                "192.0.2.1 listed: listed (127.0.0.9)",
                "example.com unknown: the recording does not hold this question",
                "example.org unknown: the recording does not hold this question",
                "example.co.uk unknown: no answer in time",
            ])
    }

    /// However many lists say it, it is one sign.
    @Test func severalListsMakeOneFinding() async throws {
        let lists = (1...5).map { Blocklist(Domain("l\($0).test"), of: .addresses) }
        let zone = (1...5).map { "1.2.0.192.l\($0).test. IN A 127.0.0.2" }.joined(separator: "\n")
        let found = Report(try await inspect(zone, lists)).entries.filter { $0.about.id == "listed-host" }
        #expect(found.count == 1)
        #expect(found.first?.finding.message.hasPrefix("192.0.2.1 is on 5 blocklists: ") == true)
    }
}
