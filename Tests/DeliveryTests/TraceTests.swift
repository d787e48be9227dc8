import Mail
import Testing

@testable import Delivery

struct TraceTests {
    private func trace(_ lines: [String], trusting hosts: [String] = []) -> Trace {
        var trusted = TrustedHosts()
        for host in hosts {
            let isAdded = trusted.add(host)
            #expect(isAdded)
        }
        let text = lines.map { "Received: \($0)\r\n" }.joined() + "From: <a@example.com>\r\n\r\n"
        return Trace(Message(Source(exactly: Array(text.utf8))), trusting: trusted)
    }

    @Test(arguments: [
        (
            "from mail.example.com (mx1.example.com [192.0.2.1]) by x", "mail.example.com", "mx1.example.com",
            "192.0.2.1"
        ),
        ("from localhost (unknown [192.0.2.7]) by x (Postfix)", "localhost", nil, "192.0.2.7"),
        ("from x ([192.0.2.1]:53566 helo=phone) by y with esmtpsa (Exim 4.96)", "phone", "x", "192.0.2.1"),
        (
            "from [192.0.2.9] (helo=hotmail.example ident=yi) by y with smtp (Exim 3.35)", "hotmail.example", nil,
            "192.0.2.9"
        ),
        (
            "from host1.example (host66.example [192.0.2.3] (may be forged)) by dogma (8.11.6/8.11.6)", "host1.example",
            "host66.example", "192.0.2.3"
        ),
        ("from unknown (HELO feux01a-isp) (192.0.2.4) by totor.example with SMTP", "feux01a-isp", nil, "192.0.2.4"),
        (
            "from host.example (HELO ?192.168.0.110?) (user@dom@192.0.2.9) by y", "192.168.0.110", "host.example",
            "192.0.2.9"
        ),
        (
            "from BN0.outlook.com (2603:10b6:408:e6::28) by SA3.outlook.com", "BN0.outlook.com", nil,
            "2603:10b6:408:e6::28"
        ),
        ("from 192.0.2.197 (EHLO o1361.example) by 10.222.142.150 with SMTPs", "o1361.example", nil, "192.0.2.197"),
        ("from [10.0.0.1] ([192.0.2.227]) by smtp.gmail.com with ESMTPSA", "[10.0.0.1]", nil, "192.0.2.227"),
        ("from a.example (a.example. [192.0.2.65]) by mx.google.com", "a.example", "a.example", "192.0.2.65"),
        ("from x ([fe80::d487:484f:c8fd:f891%4]) by y", "x", nil, "fe80::d487:484f:c8fd:f891"),
        ("from homepc (dslb.example [82.83.45.64]) by mail.gmx.net (mp010)", "homepc", "dslb.example", "82.83.45.64"),
        ("by 2002:a54:25ca:0:0:0:0:0 with SMTP id x10", nil, nil, nil),
    ])
    func peers(_ line: String, _ hello: String?, _ name: String?, _ address: String?) throws {
        let peer = try #require(trace([line + "; Fri, 20 Nov 2026 09:00:00 +0000"]).hops.first).peer
        #expect(peer.hello?.value == hello)
        if name != "x" { #expect(peer.name.domain?.value.description == name) }
        #expect(peer.address?.value.description == address)
    }

    @Test func delaysAreSigned() {
        let trace = trace([
            "from b.example by c.example; Fri, 20 Nov 2026 09:00:00 +0000",
            "from a.example by b.example; Fri, 20 Nov 2026 09:00:01 +0000",
            "from x.example by a.example; Fri, 20 Nov 2026 10:00:00 +0200",
        ])
        #expect(trace.hops.map(\.delay) == [nil, 3601, -1])
        #expect(trace.total == 3600)
        #expect(trace.slowest == 1)
        #expect(trace.hops.map { $0.by?.value } == ["a.example", "b.example", "c.example"])
    }

    @Test func versionsAndIdsAreNoAddresses() throws {
        let hop = try #require(
            trace([
                "from a by b with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.1.225.42; Fri, 20 Nov 2026 09:00:00 +0000"
            ]).hops.first)
        #expect(hop.peer.address == nil)
        #expect(hop.id?.value == "15.1.225.42")
        #expect(hop.tls?.value == "TLS 1.2")
        #expect(
            trace(["from a (using TLSv1.3 with cipher X (256/256 bits)) by b with ESMTPS; x"]).hops.first?.tls?.value
                == "TLS 1.3")
    }

    @Test func unreadableFieldsAreKeptAndCounted() {
        let trace = trace(["hello world", "from a by b; Fri, 20 Nov 2026 09:00:00 +0000"])
        #expect(trace.hops.count == 1)
        #expect(trace.unparsed.count == 1)
    }

    // MARK: Trust

    private static let chain = [
        "from mx.example.net (localhost [127.0.0.1]) by store.example.net; Fri, 20 Nov 2026 09:00:03 +0000",
        "from out.example.com (out.example.com [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:02 +0000",
        "from pc (mx.example.net [203.0.113.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:01 +0000",
    ]

    @Test func theBoundaryIsWhereAnOutsiderHandsOver() {
        let trace = trace(Self.chain)
        // The oldest says that it is ours; it stands below the hand-over, where anyone can write that.
        #expect(trace.hops.map(\.trust.isOurs) == [false, true, true])
        #expect(trace.handOver == 1)
    }

    @Test func theUserMayTrustFurther() {
        #expect(trace(Self.chain, trusting: ["192.0.2.0/24"]).hops.map(\.trust.isOurs) == [true, true, true])
        #expect(trace(Self.chain, trusting: ["example.com"]).handOver == nil)
        var hosts = TrustedHosts()
        let added = ["192.0.2.0/99", "", "a b"].map { hosts.add($0) }
        #expect(added == [false, false, false])
    }

    @Test func aForgedNameIsNotTrusted() {
        // HELO says that it is ours; the address and the reverse name do not.
        let trace = trace([
            "from mx.example.net (unknown [198.51.100.9]) by mx.example.net; Fri, 20 Nov 2026 09:00:02 +0000",
            "from pc by mx.example.net; Fri, 20 Nov 2026 09:00:01 +0000",
        ])
        #expect(trace.hops.map(\.trust.isOurs) == [false, true])
    }
}
