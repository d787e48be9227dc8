import Authentication
import DNS
import Mail
import Testing

@testable import Checks
import Delivery
@testable import Inspection
import Phrases

/// Tricks against verification, and honest oddities that must not be taken for them: what each comes to.
struct EvasionTests {
    private static let received =
        "Received: from x.attack.test (x.attack.test [192.0.2.1]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000\r\n"
    private static let policies = """
        _dmarc.bank.example. IN TXT "v=DMARC1; p=reject"
        _dmarc.shop.example. IN TXT "v=DMARC1; p=none"
        _dmarc.example. IN TXT NXDOMAIN
        bank.example. IN TXT "v=spf1 -all"
        shop.example. IN TXT "v=spf1 ip4:192.0.2.1 -all"
        nx.bank.example. IN TXT NXDOMAIN
        _dmarc.nx.bank.example. IN TXT NXDOMAIN
        _dmarc.attack.test. IN TXT NXDOMAIN
        _dmarc.x.attack.test. IN TXT NXDOMAIN
        _dmarc.esp.test. IN TXT NXDOMAIN
        _dmarc.test. IN TXT NXDOMAIN
        _dmarc.mail.org.example. IN TXT NXDOMAIN
        attack.test. IN TXT "v=spf1 ip4:192.0.2.1 -all"
        x.attack.test. IN TXT "v=spf1 ip4:192.0.2.1 -all"
        esp.test. IN TXT "v=spf1 ip4:192.0.2.1 -all"

        """

    private func inspect(_ fields: String, body: String = "Text\r\n", zone: String = "") async throws -> Inspection {
        let text = "\(fields.replacing("\n", with: "\r\n").replacing("\r\r", with: "\r"))\r\n\r\n\(body)"
        return await Inspection(
            of: Message(Source(exactly: Array(text.utf8))), asking: RecordedResolver(try Zone(Self.policies + zone)),
            at: Example.time)
    }

    private func checks(_ inspection: Inspection) -> [String] { Report(inspection).entries.map(\.about.id) }

    private static func message(_ path: String, _ from: String = "<ann@bank.example>", _ other: String = "") -> String {
        "Return-Path: \(path)\r\n\(received)\(other)From: \(from)"
    }

    /// Rows of the envelope: each message, and the checks that must speak.
    @Test(arguments: [
        // SPF from the HELO name never stands for a sender whose own domain does not exist.
        (message("<a@nx.bank.example>"), ["missing-bounce-domain", "rejected-by-policy"]),
        (message("<(any@bank.example>"), ["unreadable-return-path"]),
        (message("<@bank.example,@x.test:'any@attack.test>"), ["routed-return-path", "rejected-by-policy"]),
        (message("<a@bank.example(a.attack.test>"), ["unreadable-return-path", "rejected-by-policy"]),
        (message("<a@attack.test>"), ["return-path-elsewhere", "rejected-by-policy"]),
        // Several authors: the strictest policy counts, wherever it stands.
        (message("<a@shop.example>", "<ann@shop.example>, <ann@bank.example>"), ["rejected-by-policy"]),
        (message("<a@shop.example>", "<ann@bank.example>, <ann@shop.example>"), ["rejected-by-policy"]),
        (
            message("<a@attack.test>", "<ann@bank.example>", "X-Spam-Status: No, score=-9\r\n"),
            ["foreign-filter-verdict"]
        ),
        (
            message(
                "<a@attack.test>", "<ann@bank.example>",
                "Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=bank.example\r\n"),
            ["contradicted-results"]
        ),
        (
            message(
                "<a@attack.test>", "<ann@bank.example>",
                "Received-SPF: pass (mx.example.net: ok) envelope-from=a@bank.example; receiver=mx.example.net\r\n"),
            ["contradicted-results"]
        ),
    ])
    func envelopes(_ message: String, _ expected: [String]) async throws {
        let found = checks(try await inspect(message))
        for check in expected { #expect(found.contains(check), "\(check), not \(found)") }
    }

    /// Rows of the signature: what is read where it is wrong, and that nothing is asked for a name that is none.
    @Test(arguments: [
        ("d=bank.example; s=s._domainkey.attack.test.\u{0}.any", "the tag s= holds no selector"),
        ("d=bank.example(.attack.test; s=s", "the tag d= holds no domain"),
        ("d=bank.example'a.attack.test; s=s", "the tag d= holds no domain"),
        ("d=bank.example\"a.attack.test; s=s", "the tag d= holds no domain"),
        ("d=bank.example; s=s; i=@other.example", "the tag i= is not within the domain"),
        ("d=bank.example; s=s; d=attack.test", "the tag d= stands twice"),
        ("d=bank.example; s=s; c=nofws", "the canonicalisation is not known"),
        ("d=bank.example; s=s; x=5; t=9", "it expires before it was made"),
        ("d=bank.example; s=s; l=-1", "the tag l= holds no number"),
    ])
    func signatures(_ tags: String, _ reason: String) async throws {
        let signature = "DKIM-Signature: v=1; a=rsa-sha256; \(tags); h=from; bh=AAAA; b=BBBB\r\n"
        let inspection = try await inspect(Self.message("<a@attack.test>", "<ann@bank.example>", signature))
        let found = try #require(inspection.authentications?.signatures.first)
        #expect(found.result == .permerror && found.reason.description.contains(reason), "\(found.reason)")
        #expect(checks(inspection).contains("malformed-signature"))
        let fault = try #require(found.fault)
        #expect(inspection.message.fields(named: "DKIM-Signature").contains { $0.value.contains(fault.lowerBound) })
        #expect(!inspection.transcript.contains { $0.question.name.description.contains("_domainkey") })
    }

    /// DMARC: who is aligned with whom, and what the record asks for.
    @Test(
        arguments: [
            ("\"v=DMARC1; p=reject\"", "mail.org.example", MethodResult.pass, nil),
            ("\"v=DMARC1; p=reject; aspf=s\"", "mail.org.example", .fail, "reject"),
            ("\"v=DMARC1; p=reject; pct=0\"", "esp.test", .fail, "reject"),
            ("\"v=DMARC1; p=none\"", "esp.test", .fail, "none"),
            ("\"v=DMARC1; p=reject\"\n_dmarc.org.example. IN TXT \"v=DMARC1; p=none\"", "esp.test", .none, nil),
            ("NXDOMAIN", "esp.test", .none, nil), ("SERVFAIL", "esp.test", .temperror, nil),
        ] as [(String, String, MethodResult, String?)])
    func policyRecords(_ record: String, _ bounces: String, _ result: MethodResult, _ policy: String?) async throws {
        let zone = """
            _dmarc.org.example. IN TXT \(record)
            mail.org.example. IN TXT "v=spf1 ip4:192.0.2.1 -all"
            """
        let inspection = try await inspect(Self.message("<a@\(bounces)>", "<ann@org.example>"), zone: zone)
        let found = try #require(inspection.authentications?.policy)
        #expect(found.result == result, "\(found.reason)")
        if result == .fail { #expect(found.policy?.rawValue == policy) }
    }

    /// Honest oddities. Each is a case that other programs got wrong.
    @Test func honestMailIsLeftAlone() async throws {
        // BATV and SRS in the envelope are the sender's own and the forwarder's business.
        for path in ["<btv1==983c44cee94==ann@shop.example>", "<SRS0=abcd=xy=shop.example=ann@shop.example>"] {
            let inspection = try await inspect(Self.message(path, "<ann@shop.example>"))
            #expect(inspection.authentications?.policy?.result == .pass)
            #expect(
                checks(inspection).allSatisfy {
                    !["return-path-elsewhere", "unsupported-identity", "unreadable-return-path"].contains($0)
                })
        }
        // A first ARC set with cv=none is no forwarding, and makes nothing forged.
        let seal = """
            ARC-Seal: i=1; a=rsa-sha256; cv=none; d=shop.example; s=s; b=AAAA
            ARC-Message-Signature: i=1; a=rsa-sha256; d=shop.example; s=s; h=from; bh=AAAA; b=BBBB
            ARC-Authentication-Results: i=1; mx.shop.example; dkim=pass; arc=none

            """
        let direct = try await inspect(
            Self.message("<a@shop.example>", "<ann@shop.example>", seal),
            zone: "s._domainkey.shop.example. IN TXT TIMEOUT")
        #expect(direct.authentications?.sentence?.description.contains("forwarded") != true)
        #expect(direct.authentications?.chain.result == .temperror)
    }

    /// The results of a method are those of the whole word: `arc` is not inside of `dmarc`, and a pass for another domain is none.
    @Test func resultsAreReadByWholeWords() async throws {
        let field =
            "Authentication-Results: mx.example.net; dmarc=fail header.from=bank.example; dkim=pass header.d=attack.test\r\n"
        let text = "\(field)\(Self.message("<a@attack.test>"))"
        let inspection = try await inspect(text)
        #expect(inspection.claims.first?.results.claims.map(\.method) == ["dmarc", "dkim"])
        #expect(inspection.authentications?.policy?.result == .fail)
        let reason = inspection.authentications?.policy?.reason ?? ""
        #expect(reason.description.contains("attack.test"), "\(reason)")
    }

    /// A sealer's key that is gone today says nothing about then, whatever RFC 8617 calls it; a set that is missing does.
    @Test(arguments: [
        ("1", "none", "NXDOMAIN", true), ("1", "none", "\"v=DKIM1; p=\"", false), ("2", "pass", "NXDOMAIN", false),
    ])
    func sealsWithoutAKey(_ number: String, _ found: String, _ key: String, _ isOpen: Bool) async throws {
        let seal = """
            ARC-Seal: i=\(number); a=rsa-sha256; cv=\(found); d=shop.example; s=s; b=AAAA
            ARC-Message-Signature: i=\(number); a=rsa-sha256; d=shop.example; s=s; h=from; bh=AAAA; b=BBBB
            ARC-Authentication-Results: i=\(number); mx.shop.example; dkim=pass

            """
        let inspection = try await inspect(
            Self.message("<a@shop.example>", "<ann@shop.example>", seal), body: "",
            zone: "s._domainkey.shop.example. IN TXT \(key)")
        let chain = try #require(inspection.authentications?.chain)
        #expect(chain.result == .fail && chain.isOpen == isOpen, "\(chain.reason)")
        #expect(checks(inspection).contains("broken-arc-chain") == !isOpen)
    }

    /// Of many signatures any one that is the author's is enough, and one of a brother's domain is not the author's.
    @Test(arguments: [
        (["spam.example", "bank.example", "esp.test"], "bank.example", MethodResult.pass),
        (["gmx.example"], "gmy.example", .fail),
        (["mail.bank.example"], "bank.example", .pass), ([], "bank.example", .fail),
    ])
    func oneOfManyIsEnough(_ signers: [String], _ author: String, _ expected: MethodResult) async throws {
        let identifiers =
            signers.map { DMARC.Identifier(.dkim, Domain($0), .pass) } + [
                DMARC.Identifier(.dkim, Domain("bank.example"), .fail)
            ]
        let names = (signers + [author]).map {
            "_dmarc.\($0). IN TXT \($0 == author ? "\"v=DMARC1; p=reject\"" : "NXDOMAIN")"
        }
        let zone = Set(names + ["_dmarc.example. IN TXT NXDOMAIN", "_dmarc.test. IN TXT NXDOMAIN"]).joined(
            separator: "\n")
        let found = await DMARC.evaluate(author: Domain(author), identifiers, asking: RecordedResolver(try Zone(zone)))
        #expect(found.result == expected, "\(found.reason)")
    }

    /// A policy on a name that has nothing: `a` and `mx` are two empty answers, which is just not too many.
    @Test func emptyAnswersAreCounted() async throws {
        let zone = """
            void.example. IN TXT "v=spf1 a mx -all"
            void.example. IN A NODATA
            void.example. IN MX NODATA
            """
        let found = await SPF.evaluate(
            SPF.Request(client: try #require(IPAddress("192.0.2.1")), mailFrom: "a@void.example", hello: "x"),
            asking: RecordedResolver(try Zone(zone)))
        #expect(found.result == .fail && found.voidLookups == 2 && found.lookups == 2)
    }
}
