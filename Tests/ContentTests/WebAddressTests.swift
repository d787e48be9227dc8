import Testing

@testable import Content

/// Where a browser goes, where programs go that keep to RFC 3986, and what is inside of wrapped links.
struct WebAddressTests {
    @Test(arguments: [
        ("https://user@evil.example/", "evil.example"), ("http://good.example\\@evil.example/", "good.example"),
        ("ht\ttps://a.example", "a.example"), ("https:a.example/x", "a.example"), ("http:///a.example", "a.example"),
        ("http:\\/a.example", "a.example"), ("  https://a.example  ", "a.example"), ("https://a.example.", "a.example"),
        ("https://%61.example:8080/", "a.example"), ("http://[2001:DB8::1]/", "[2001:db8::1]"),
        ("http://[::FFFF:198.51.100.1]/", "[::ffff:c633:6401]"),
        ("https://bank.example%40evil.example/", ""), ("https://bank.example:80@evil.example/", "evil.example"),
        ("http://2130706433/", "127.0.0.1"), ("http://0x7f.1/", "127.0.0.1"), ("http://0177.0.0.1/", "127.0.0.1"),
        ("http://127.1/", "127.0.0.1"), ("http://0300.0250.257/", "192.168.1.1"), ("http://1.2.3.4.5/", ""),
        ("http://1.2.3.256/", ""),
        ("http://a b.example/", ""), ("http://a<b.example/", ""),
        ("https://B\u{FC}cher.example/", "xn--bcher-kva.example"),
        ("https://b%C3%BCcher.example/", "xn--bcher-kva.example"), ("https://\u{FF41}.example/", "a.example"),
        ("https://a\u{3002}example/", "a.example"), ("https://a.example#@b.example", "a.example"),
        ("https://a.example?@b.example", "a.example"), ("javascript:alert(1)", ""), ("mailto:a@example.com", ""),
    ])
    func hostsAreReadAsBrowsersDo(_ url: String, _ host: String) { #expect(WebAddress(url)?.host == host) }

    @Test(arguments: [
        ("https://www.example.com/", false), ("HTTPS://EXAMPLE.com:443/", false),
        ("https://b%C3%BCcher.example/", false),
        ("https://user:pass@a.example/", false), ("http://127.1/", false),
        ("http://good.example\\@evil.example/", true),
        ("https:evil.example", true), ("http:///evil.example/", true), ("http:/\\evil.example/", true),
        ("mailto:a@b.example", false),
    ])
    func twoReadingsAreCompared(_ url: String, _ isDisputed: Bool) {
        #expect(WebAddress(url)?.isDisputed == isDisputed)
    }

    @Test(
        arguments: [
            ("/x", "https://a.example/d/", "a.example"), ("//b.example/x", "https://a.example/", "b.example"),
            ("\\\\b.example", "https://a.example/", "b.example"), ("x?y", "http://a.example:81/", "a.example"),
            ("x", nil, nil),
            ("http://c.example", "https://a.example/", "c.example"),
        ] as [(String, String?, String?)])
    func relativeAddressesFollowTheBase(_ url: String, _ base: String?, _ host: String?) {
        #expect(WebAddress(url, relativeTo: base.flatMap { WebAddress($0) })?.host == host)
    }

    @Test(arguments: [
        (
            "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2Fa%3Fb%3D1&data=05",
            ["https://evil.example/a?b=1"]
        ),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__evil.example_a-3Fb-3D1&d=x",
            ["https://evil.example/a?b=1"]
        ),
        ("https://urldefense.com/v3/__https://evil.example/a*b__;Iw!!x", ["https://evil.example/a#b"]),
        ("https://urldefense.com/v3/__https://evil.example/a**Ab__;Iys!!x", ["https://evil.example/a#+b"]),
        ("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fevil.example&c=E", ["https://evil.example"]),
        ("https://www.google.com/url?q=https://evil.example/&sa=D", ["https://evil.example/"]),
        ("https://www.google.com/amp/s/evil.example/x", ["https://evil.example/x"]),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example", ["https://evil.example"]),
        (
            "https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fevil.example",
            ["https://www.google.com/url?q=https://evil.example", "https://evil.example"]
        ),
        ("https://safelinks.protection.outlook.com.evil.example/?url=https://good.example", []),
        ("https://www.google.com/search?q=https://a.example", []), ("https://www.google.com/url?q=javascript:x", []),
    ])
    func wrappersAreTakenOff(_ url: String, _ expected: [String]) throws {
        let address = try #require(WebAddress(url))
        #expect(LinkWrapper.unwrapped(address) == expected)
    }

    @Test(arguments: [
        ("see https://a.example/x, or www.b.example.", ["https://a.example/x", "http://www.b.example"]),
        ("(https://a.example/x_(y)) and <http://b.example>", ["https://a.example/x_(y)", "http://b.example"]),
        ("[1]: HTTPS://A.example/?q=1!", ["HTTPS://A.example/?q=1"]), ("mail www.a.example@b.example", []),
        ("xhttp://a.example rdar://1 http:// x", []),
        ("ftp://a.example\u{A0}x\u{3000}https://b.example\u{2003}y", ["ftp://a.example", "https://b.example"]),
        ("\"https://a.example\"", ["https://a.example"]),
        ("https://a.example/\u{4F8B}\u{5B50}", ["https://a.example/\u{4F8B}\u{5B50}"]),
    ])
    func textIsMadeClickable(_ text: String, _ expected: [String]) {
        #expect(TextLinks.all(in: Array(text.utf8)).map(\.target) == expected)
    }
}
