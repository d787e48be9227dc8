import Mail
import Testing

@testable import Checks
import Delivery
@testable import Inspection
import Phrases

/// Pitfalls that other programs fell into, clocks, systems and rewritten senders.
struct RouteTests {
    private func inspection(_ lines: [String], _ more: String = "") -> Inspection {
        let text = lines.map { "Received: \($0)\r\n" }.joined() + more + "From: <a@example.com>\r\n\r\n"
        return Inspection(of: Message(Source(exactly: Array(text.utf8))), at: Example.time)
    }

    private func hop(_ line: String) throws -> Hop { try #require(inspection([line]).trace.hops.first) }

    private static let stamp = "Fri, 20 Nov 2026 09:00:00 +0000"

    /// Ids, names and keywords that are not what they look like.
    @Test(
        arguments: [
            ("from a by b (Postfix) with ESMTP id F07EBDD638; \(stamp)", "F07EBDD638", "ESMTP", nil),
            (
                "from a by b with smtp (Exim 4.96) id 1nqqB6-000B8x-By for x@example.com; \(stamp)", "1nqqB6-000B8x-By",
                "smtp", nil
            ),
            ("from mail.uii.ac.id ([192.0.2.3]) by mail.by.by with ESMTP id 5; \(stamp)", "5", "ESMTP", "192.0.2.3"),
            (
                "from a by b with Microsoft SMTP Server id 15.1.225.42; \(stamp)", "15.1.225.42",
                "Microsoft SMTP Server", nil
            ),
            ("from a by putchar.example.com with SMTP id 7; \(stamp)", "7", "SMTP", nil),
            (
                "from ?IPv6:::ffff:192.168.1.2? (p5b2.dip0.example. [198.51.100.7]) by smtp.gmail.com with SMTP id 8; \(stamp)",
                "8", "SMTP", "198.51.100.7"
            ),
            (
                "from a.example ([fe80::d487:484f:c8fd:f891%4]) by b with mapi id 15.20.1.2; \(stamp)", "15.20.1.2",
                "mapi id 15.20.1.2", "fe80::d487:484f:c8fd:f891"
            ),
            (
                "from localhost by x with IBM ESMTP SMTP Gateway for <a@x.example> from <b@y.example>; \(stamp)", nil,
                "IBM", nil
            ),
        ] as [(String, String?, String, String?)])
    func clauses(_ line: String, _ id: String?, _ transmission: String, _ address: String?) throws {
        let hop = try hop(line)
        #expect(hop.id?.value == id)
        #expect(hop.transmission.map { transmission.hasPrefix($0.value) || $0.value == transmission } == true)
        #expect(hop.peer.address?.value.description == address)
        #expect(hop.time?.value.seconds == 1_795_165_200)
    }

    @Test func whatElseALineSays() throws {
        let hop = try hop(
            "from name.example ([192.0.2.1]:53566 helo=pc ident=ann) by b.example with esmtpsa (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <c@example.com>) id 1qRjuq-00A9Xw-0M for d@example.net; \(Self.stamp)"
        )
        #expect(hop.peer.port == 53566)
        #expect(hop.peer.ident?.value == "ann")
        #expect(hop.tls?.value == "TLS 1.3" && hop.cipher?.value == "TLS_AES_256_GCM_SHA384")
        #expect(hop.envelopeFrom?.value == "c@example.com")
        #expect(hop.isSubmission && hop.dialect?.name == "Exim")
        #expect(
            try self.hop("from a (Authenticated sender: ann) by b (Postfix) with ESMTP id 5; x").authenticated?.value
                == "ann")
    }

    /// Dates without a semicolon, with a comment, an id, another language or another order behind them.
    @Test(arguments: [
        (
            "from a by b id filter0430p1iad2-24881-5C0E517F-22 2018-12-10 11:43:59.610180118 +0000 UTC m=+555016.724468750",
            "2018-12-10T11:43:59Z"
        ),
        ("from MTI by x (SG) with HTTP id USPP9 Fri, 28 Jul 2023 19:32:25.608 +0000 (UTC)", "2023-07-28T19:32:25Z"),
        ("from a by b; Fri,\r\n 12 Dec 2025 16:29:29 +0000", "2025-12-12T16:29:29Z"),
        ("from a by b with NNFMP;\r\n\t09 Mar 2011 10:00:00 -0000", "2011-03-09T10:00:00Z"),
        ("from a by b; Sun, 1 Apr 2018 03:01:53 -0400 (envelope-from <b@example.com>)", "2018-04-01T07:01:53Z"),
        ("from a by b; Thu, 10 Nov 2005 08:24:21 -0600 id 000000DB.43735815", "2005-11-10T14:24:21Z"),
        ("FROM a BY b; Fri Feb 07 10:18:12 2003 -0800", "2003-02-07T18:18:12Z"),
        ("from a by b; 20 Mar 03 10:00:00 +0000", "2003-03-20T10:00:00Z"),
        ("from a by b; mer, 13 déc 2023 19:59:10 -0500", "2023-12-14T00:59:10Z"),
        ("from a by b; Tue, 29 Jan 2023 10:00:00 UT", "2023-01-29T10:00:00Z"),
        ("from a by b for <o'brien@example.com>; Tue, 20 Nov 2026 09:00:00 +0000", "2026-11-20T09:00:00Z"),
        ("Wed, 7 Jun 2017 11:35:20 -0400", "2017-06-07T15:35:20Z"),
    ])
    func dates(_ line: String, _ moment: String) throws { #expect(try hop(line).time?.value.description == moment) }

    @Test func statesAreNoZeros() throws {
        #expect(try hop("from a by b; 20 Nov 2026 09:00:00 -0000").time?.value.offset == nil)
        #expect(try hop("from a by b").date == nil)
        let hop = try hop("from a by b; some day soon")
        #expect(hop.time == nil && hop.date != nil)
    }

    @Test func linesThatSayNothingOfTheRouteAreKept() {
        let trace = inspection([
            "(qmail 4441 invoked from network); 2 Feb 2023 01:42:45 -0000",
            "from pop.example.com [192.0.2.10] by localhost with POP3 (fetchmail-5.9.13) for u@localhost (single-drop); \(Self.stamp)",
            "from a by b; \(Self.stamp)",
        ]).trace
        #expect(trace.hops.count == 1 && trace.skipped.count == 2 && trace.unparsed.isEmpty)
    }

    // MARK: Clocks

    private func at(_ second: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "Fri, 20 Nov 2026 \(two(9 + second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) +0000"
    }

    /// The clock in the middle is off by an hour: it is named, and the delays are those of the legs.
    @Test(arguments: [3600, -1800])
    func oneWrongClockIsFound(_ offset: Int) {
        let trace = inspection([
            "from c.example by d.example; \(at(9 + 3600))", "from b.example by c.example; \(at(6 + 3600))",
            "from a.example by b.example; \(at(3 + 3600 + offset))", "from x by a.example; \(at(1 + 3600))",
        ]).trace
        #expect(trace.skew?.clock.phrase.description == "the clock of b.example")
        #expect(trace.skew.map { abs($0.seconds - offset) <= 3 } == true)
        #expect(trace.hops.allSatisfy { ($0.correctedDelay ?? 0) >= -1 && ($0.correctedDelay ?? 0) <= 6 })
        #expect(trace.slowest.map { trace.hops[$0].likelyDelay ?? 0 < 10 } == true)
    }

    @Test func aSlowLegIsNoWrongClock() {
        let trace = inspection([
            "from b.example by c.example; \(at(3700))", "from a.example by b.example; \(at(5))",
            "from x by a.example; \(at(1))",
        ]).trace
        #expect(trace.skew == nil && trace.slowest == 2)
    }

    @Test func theAuthorsClockIsOneToo() {
        let trace = inspection(
            ["from b.example by c.example; \(at(5))", "from x by b.example; \(at(2))"],
            "Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n"
        ).trace
        #expect(trace.skew.map { $0.clock == .author && $0.seconds > 3500 } == true)
    }

    /// Two servers an hour apart, and then a slow leg: a wrong clock of the second makes the shortest way. The signer's clock
    /// says that it is the first; the Message-ID's, that it may be either.
    @Test(
        arguments: [
            ("", "b"),
            ("DKIM-Signature: v=1; d=a.example.com; s=x; t=1795165206; b=x\r\n", "a"),
            ("ARC-Seal: i=1; cv=none; d=a.example.com; s=x; t=1795165206; b=x\r\n", "a"),
            ("Message-ID: <20261120090001.62F9114047@a.example.com>\r\n", nil),
            ("DKIM-Signature: v=1; d=other.example; s=x; t=1795165206; b=x\r\n", "b"),
            ("DKIM-Signature: v=1; d=a.example.com; s=x; t=1695165206; b=x\r\n", "b"),
            ("DKIM-Signature: v=1; d=a.example.com; s=x; t=99999999999999999999; b=x\r\n", "b"),
            ("Message-ID: <20261120090001.nothing@a.example.com>\r\n", "b"),
        ] as [(String, String?)])
    func signaturesAndIdsAreClocksToo(_ field: String, _ expected: String?) {
        let trace = inspection(
            [
                "from mx.b.example (mx.b.example [198.51.100.3]) by c.example.org; \(at(3 * 3600))",
                "from mx.a.example.com (mx.a.example.com [198.51.100.2]) by mx.b.example; \(at(10))",
                "from x by mx.a.example.com; \(at(3605))",
            ], field
        ).trace
        #expect(
            trace.skew?.clock.phrase.description
                == expected.map { $0 == "a" ? "the clock of mx.a.example.com" : "the clock of mx.b.example" })
    }

    /// What stands below the boundary proves nothing about the clock of a server that is believed.
    @Test func aBelievedClockIsNotBlamedOnClaims() {
        let trace = inspection([
            "from y (y.example.org [198.51.100.1]) by mx.example.net; \(at(0))",
            "from a.example by b.example; \(at(7203))",
            "from x by a.example; \(at(7200))",
        ]).trace
        #expect(trace.skew?.hops.contains(2) != true)
    }

    // MARK: Systems, causes, senders

    @Test func hopsInsideOneSystemFold() {
        let trace = inspection([
            "from c.prod.outlook.com (2603:10b6::3) by d.prod.outlook.com with HTTPS; \(at(4))",
            "from b.prod.outlook.com (2603:10b6::2) by c.prod.outlook.com with Microsoft SMTP Server id 15.20.1.3; \(at(3))",
            "from a.prod.outlook.com (2603:10b6::1) by b.prod.outlook.com with Microsoft SMTP Server id 15.20.1.2; \(at(2))",
            "from out.example.com (192.0.2.1) by a.prod.outlook.com with Microsoft SMTP Server id 15.20.1.1; \(at(1))",
        ]).trace
        #expect(trace.handOver == 0)
        #expect(trace.internalRun(from: 0) == nil)
        #expect(trace.internalRun(from: 1).map { [$0.hops.lowerBound, $0.hops.upperBound] } == [1, 4])
        #expect(trace.internalRun(from: 1)?.system == "Microsoft")
    }

    @Test(arguments: [
        ("X-Greylist: delayed 601 seconds by postgrey\r\n", "greylisting"),
        ("List-Id: <list.b.example>\r\n", "mailing list"), ("", "queue"),
    ])
    func theSlowestLegHasItsCause(_ field: String, _ cause: String) {
        let inspection = inspection(
            ["from b.example (b.example [192.0.2.1]) by c.example; \(at(700))", "from x by b.example; \(at(1))"], field)
        #expect(inspection.delayCause?.text.description.contains(cause) == true)
    }

    @Test(
        arguments: [
            ("SRS0=Kj3d=XY=example.com=ann@forwarder.example", "SRS ann@example.com"),
            ("SRS1=Kj3d=first.example==Hx2=XY=example.com=ann@second.example", "SRS ann@example.com"),
            ("prvs=12345abc=ann@example.com", "BATV ann@example.com"),
            ("btv1==983c44cee94==ann@example.com", "BATV ann@example.com"),
            ("list-bounces+ann=example.com@lists.example.org", "VERP ann@example.com"),
            ("bounces+78059-senk-ann=example.com@sg.example.org", "VERP ann@example.com"),
            ("bounce+33de7d.8c39a8b-mary-ann=example.com@example.org", "VERP mary-ann@example.com"),
            ("bounce-mary+2Dann=example.com@example.org", "VERP mary-ann@example.com"),
            ("list-return-12-ann=example.com@example.org", "VERP ann@example.com"),
            ("list-return-12-mary-ann=example.com@example.org", "VERP …@example.com"),
            ("bob+caf_=ann=example.com@gmail.example", "Gmail's forwarding bob@gmail.example"),
            ("ann@example.com", nil),
            ("ann+tag@example.com", nil), ("a=b@example.com", nil),
        ] as [(String, String?)])
    func rewrittenSenders(_ address: String, _ expected: String?) throws {
        let source = Source(exactly: Array(address.utf8))
        let box = try #require(try source.read(AddressList.self, in: 0..<source.bytes.count).get().mailboxes.first)
        #expect(RewrittenSender(box.value).map { "\($0.scheme) \($0.address)" } == expected)
    }

    /// A hundred thousand hops are read in the time of a hundred thousand hops.
    @Test func manyHopsAreRead() {
        let line =
            "Received: from a.example (a.example [192.0.2.1]) by b.example (Postfix) with ESMTP id 62F9114047; \(Self.stamp)\r\n"
        var limits = Limits()
        limits[.fields] = .max
        let text = String(repeating: line, count: 20_000) + "From: <a@example.com>\r\n\r\n"
        let message = Message(Source(exactly: Array(text.utf8), limits: limits))
        #expect(Inspection(of: message, at: Example.time).trace.hops.count == 20_000)
    }
}
