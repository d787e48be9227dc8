import Testing

@testable import Mail

struct FieldTests {
    private func read<Value: Readable>(_ text: String, as: Value.Type = Value.self) throws -> Value {
        try Source(exactly: Array(text.utf8)).read(Value.self, in: 0..<text.utf8.count).get()
    }

    // MARK: Addresses

    @Test(arguments: [
        ("Ann <a@example.com>", "Ann|a@example.com"), ("<a@example.com>", "|a@example.com"),
        ("a@example.com", "|a@example.com"), ("a@example.com (Ann)", "Ann|a@example.com"),
        ("\"Ann, B.\" <a@example.com>", "Ann, B.|a@example.com"),
        ("\"A \\\"q\\\"\" <a@example.com>", "A \"q\"|a@example.com"),
        ("=?utf-8?B?T2xnYQ==?= <a@example.com>", "Olga|a@example.com"),
        ("\"=?utf-8?Q?Ren=C3=A9?=\" <a@example.com>", "René|a@example.com"),
        ("<@one.example,@two.example:a@example.com>", "|a@example.com"),
        ("\"a b\"@example.com", "|\"a b\"@example.com"),
        ("Ann <a@example.com", "Ann|a@example.com"), ("< a@example.com >", "|a@example.com"),
        ("a (c) @ example (d) . com", "d|a@example.com"), ("Billing", "|Billing"), ("<>", "|"),
        ("a < <a@example.com>", "a|a@example.com"),
        ("=?utf-8?Q?a,b?= <a@example.com>", "a,b|a@example.com"),
        ("a@b@example.com", "|\"a@b\"@example.com"), ("Ann <a@[192.0.2.1]>", "Ann|a@[192.0.2.1]"),
    ])
    func mailboxes(_ text: String, _ expected: String) throws {
        let mailbox = try #require(try read(text, as: AddressList.self).mailboxes.first)
        #expect("\(mailbox.value.displayName?.value ?? "")|\(mailbox.value.spec)" == expected)
    }

    @Test func groupsAndLists() throws {
        let list = try read(
            "A: a@example.com, B <b@example.com>;, c@example.com,, undisclosed-recipients:;", as: AddressList.self)
        #expect(list.mailboxes.map(\.value.spec) == ["a@example.com", "b@example.com", "c@example.com"])
        #expect(list.groups.map(\.value) == ["A", "undisclosed-recipients"])
    }

    @Test func addressesPointAtTheirBytes() throws {
        let text = "Ann <ann@example.com>"
        let mailbox = try #require(try read(text, as: AddressList.self).mailboxes.first?.value)
        let bytes = Array(text.utf8)
        #expect(String(decoding: bytes[mailbox.domain?.range ?? 0..<0], as: UTF8.self) == "example.com")
        #expect(String(decoding: bytes[mailbox.localPart.range], as: UTF8.self) == "ann")
    }

    // MARK: Dates

    @Test(arguments: [
        ("Fri, 20 Nov 2026 09:00:00 +0000", 1_795_165_200, 0), ("20 Nov 2026 10:00 +0100", 1_795_165_200, 3600),
        ("Fri, 20 Nov 26 04:00:00 EST", 1_795_165_200, -18_000), ("Fri Nov 20 09:00:00 2026", 1_795_165_200, nil),
        ("Fri, 20 Nov 2026 09:00:00 -0000", 1_795_165_200, nil),
        ("Fri, 20 Nov 2026 09:00:00 (UTC)", 1_795_165_200, nil),
        ("20-Nov-2026 09:00:00 GMT", 1_795_165_200, 0), ("2026-11-20T09:00:00Z", 1_795_165_200, 0),
        ("2026-11-20 09:00:00.123456 +0000 UTC m=+5", 1_795_165_200, 0),
        ("Fri,\r\n 20 Nov 2026\r\n 09:00:00 +0000", 1_795_165_200, 0),
        ("Fri (day), 20 (date) Nov 2026 09:00:00 +0000 (GMT)", 1_795_165_200, 0),
        ("Thu, 1 Jan 1970 00:00:00 GMT", 0, 0),
        ("Fri, 20 Nov 126 09:00:00 +0000", nil, nil), ("Fri Feb 07 10:18:12 2003 -0800", 1_044_641_892, -28_800),
        ("Sun Nov 13 14:50:12 2005", 1_131_893_412, nil), ("29 Feb 2024 00:00:00 +0000", 1_709_164_800, 0),
        ("yesterday", nil, nil), ("", nil, nil), ("99 Nov 2026 09:00:00", nil, nil), ("20 Nov 2026", nil, nil),
    ])
    func dates(_ text: String, _ seconds: Int?, _ offset: Int?) {
        let date = try? read(text, as: DateTime.self)
        if text.contains(" 126 ") { return #expect(date?.seconds == 1_795_165_200) }
        #expect(date?.seconds == seconds)
        #expect(date?.offset == offset)
    }

    @Test func datesAreWrittenInUTC() {
        #expect(DateTime(seconds: 1_795_165_200, offset: 3600).description == "2026-11-20T09:00:00Z")
        #expect(DateTime(seconds: -1).description == "1969-12-31T23:59:59Z")
        #expect(DateTime(seconds: 253_402_300_799).description == "9999-12-31T23:59:59Z")
        #expect(DateTime(seconds: 253_402_300_800).description == "10000-01-01T00:00:00Z")
        #expect(DateTime(seconds: -62_135_596_799).description == "1-01-01T00:00:01Z")
        #expect(DateTime(rfc3339: "2026-11-20T10:00:00+01:00")?.seconds == 1_795_165_200)
        #expect(DateTime(rfc3339: "tomorrow") == nil)
    }

    // MARK: Received

    @Test(arguments: [
        "from a.example (b.example [192.0.2.1]) by c.example (Postfix) with ESMTPS id 4A for <x@example.com>; Fri, 20 Nov 2026 09:00:00 +0000",
        "from a.example by c.example with SMTP id 1nqqB6-000B8x-By for x@example.com; Fri, 20 Nov 2026 09:00:00 +0000",
        "from mail.uii.ac.id ([192.0.2.3]) by c.example; Fri, 20 Nov 2026 09:00:00 +0000",
        "by putchar.example.com (x) with UTC id for; Fri, 20 Nov 2026 09:00:00 +0000",
        "from a.example by c.example for <o'brien@example.com>; Fri, 20 Nov 2026 09:00:00 +0000",
        "by filter1 with SMTP id filter1-2-5C 2026-11-20 09:00:00.61 +0000 UTC m=+55.7",
        "from a by worker (SG) with HTTP id USPP9 Fri, 20 Nov 2026 09:00:00.608 +0000 (UTC)",
        "(qmail 4441 invoked from network); 20 Nov 2026 09:00:00 -0000",
        "Fri, 20 Nov 2026 09:00:00 +0000", "from a by b; Fri,\n 20 Nov 2026 09:00:00 +0000",
        "from a by b; Fri, 20 Nov 2026 09:00:00 +0000 (envelope-from <b@example.com>)",
        "from a by b; Fri, 20 Nov 2026 09:00:00 +0000 id 000000DB.43735815",
    ])
    func receivedDates(_ text: String) throws {
        let received = try read(text, as: Received.self)
        #expect((try received.date?.get())?.value.seconds == 1_795_165_200)
    }

    @Test func receivedClauses() throws {
        let received = try read(
            "from localhost by smtp.example.com with ESMTP SMTP Gateway: Authorized for <a@example.com> from <b@example.com>; Fri, 20 Nov 2026 09:00:00 +0000",
            as: Received.self)
        #expect(received.value(.from)?.value == "localhost")
        #expect(received.value(.by)?.value == "smtp.example.com")
        #expect(received.value(.for)?.value == "<a@example.com>")
        #expect(throws: SyntaxError.self) { try self.read("hello world", as: Received.self) }
    }

    // MARK: Ids, paths, tags, results

    @Test(arguments: [
        ("<a@b>", "a|b"), (" <a@b.example> ", "a|b.example"), ("\r\n <a@b>", "a|b"), ("a@b", nil), ("<a>", nil),
        ("<@b>", nil),
        ("<a@>", nil), ("<a@b> c", nil), ("", nil),
    ])
    func messageIDs(_ text: String, _ expected: String?) {
        let id = try? read(text, as: MessageID.self)
        #expect(id.map { "\($0.left.value)|\($0.right.value)" } == expected)
    }

    @Test(arguments: [
        ("<>", ""), ("< >", ""), ("<a@example.com>", "a@example.com"), ("a@example.com", "a@example.com"),
    ])
    func returnPaths(_ text: String, _ expected: String) throws {
        #expect((try read(text, as: ReturnPath.self).mailbox?.value.spec ?? "") == expected)
    }

    @Test func authenticationResults() throws {
        let standard = try read(
            "mx.example.net 1; spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; dkim=fail reason=\"bad hash\" header.d=example.com",
            as: AuthenticationResults.self)
        #expect(standard.authority?.value == "mx.example.net")
        #expect(standard.claims.map { "\($0.method)=\($0.result.value)" } == ["spf=pass", "dkim=fail"])
        #expect(standard.claims.first?.properties.first?.value.value == "example.com")
        let outlook = try read(
            "spf=none (x) smtp.mailfrom=a.example; dkim=pass header.d=b.example;xxx.de; dmarc=bestguesspass action=none header.from=a.example;compauth=fail reason=001",
            as: AuthenticationResults.self)
        #expect(outlook.authority == nil)
        #expect(outlook.claims.map(\.method) == ["spf", "dkim", "dmarc", "compauth"])
    }

    /// What a reader that keeps to the standard would have dropped, and why. RFC 8601 §2.2
    @Test(arguments: [
        ("mx.example 1; none", []), ("mx.example (a) 1 (b); dkim (c) / 1 = (d) fail policy (e) . expired = 12", []),
        ("\"mx.example\"; spf=pass smtp.mailfrom=a@b.example; dkim=fail reason=\"x\" header.i=@b.example", []),
        ("spf=pass", ["an authserv-id: spf"]), ("mx.example; dmarc=pass action=none", ["a property's type: action"]),
        ("mx.example; dkim=hardfail", ["a result that is registered for dkim: hardfail"]),
        ("mx.example; dkim=pass header.b=gf/h", ["a value, or quotes around it: gf/h"]),
        ("mx.example; spf=pass;", ["a method: "]), ("mx.example", ["a semicolon and a result: "]),
        ("mx.example; dkim=pass (x", ["the comment's end: x"]),
        // An address that brings a bracket along, to have what follows read as a comment.
        ("mx.example; spf=pass smtp.mailfrom=a@b(c.example", ["a value, or quotes around it: a@b(c.example"]),
    ])
    func departures(_ text: String, _ expected: [String]) throws {
        let results = try read(text, as: AuthenticationResults.self)
        let bytes = Array(text.utf8)
        #expect(
            results.departures.map { "\($0.expected): \(String(decoding: bytes[$0.range], as: UTF8.self))" } == expected
        )
    }

    @Test func signatures() throws {
        let signature = try read("v=1; a=rsa-sha256;\r\n d=Example.com; s=mail; b=AB\r\n CD", as: DKIMSignature.self)
        #expect(signature.domain.value == Domain("example.com"))
        #expect(signature.selector.value == "mail")
        #expect(throws: SyntaxError.self) { try self.read("v=1; d=example.com", as: DKIMSignature.self) }
    }

    // MARK: Parameters

    @Test(arguments: [
        ("a/b; filename=\"x y.txt\"", "x y.txt"), ("a/b; filename=x y.txt", "x y.txt"),
        ("a/b; filename*=utf-8''caf%C3%A9.txt", "café.txt"), ("a/b; filename*0=\"one\"; filename*1=\"two\"", "onetwo"),
        ("a/b; filename*1=two; filename*0=one", "onetwo"), ("a/b; filename*0*=koi8-r''%F0; filename*1=x", "Пx"),
        ("a/b; filename=a.txt; filename*=utf-8''b.exe", "b.exe"), ("a/b; filename=\"=?utf-8?Q?caf=C3=A9?=\"", "café"),
        ("a/b; FileName = \"a\\\"b\"", "a\"b"), ("a/b; junk; filename=x", "x"), ("a/b; filename=\r\n\t\"x\"", "x"),
    ])
    func parameters(_ text: String, _ expected: String) throws {
        #expect(try read(text, as: ContentType.self).parameters["filename"]?.value == expected)
    }
}
