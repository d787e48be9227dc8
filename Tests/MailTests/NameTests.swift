import Testing

@testable import Mail

struct NameTests {
    @Test(arguments: [
        ("www.example.com", "example.com"), ("a.b.example.co.uk", "example.co.uk"), ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("EXAMPLE.COM.", "example.com"), ("[192.0.2.1]", "[192.0.2.1]"),
        ("www.bücher.example", "xn--bcher-kva.example"),
    ])
    func organisations(_ name: String, _ expected: String) {
        #expect(Domain(name).organisational == Domain(expected))
    }

    @Test func bothFormsOfANameAreOne() {
        #expect(Domain("bücher.example") == Domain("xn--bcher-kva.example"))
        #expect(Domain("xn--bcher-kva.example").unicode == "bücher.example")
    }

    @Test(arguments: [
        ("example.com", true), ("a-b.example", true), ("-a.example", false), ("localhost", false), ("192.0.2.1", false),
        ("a..b", false),
        ("a b.example", false), (String(repeating: "a", count: 64) + ".example", false),
    ])
    func hostNames(_ name: String, _ expected: Bool) { #expect(Domain(name).isHostName == expected) }

    /// The table for ASCII gives what ICU gives.
    @Test func skeletonsOfASCIIAreICUs() {
        // ICU is asked for names that are not ASCII.
        let mark = Domain("\u{E9}").skeleton
        for byte in "abcdefghijklmnopqrstuvwxyz0123456789-.".unicodeScalars {
            #expect(Domain("\u{E9}x\(byte)x").skeleton == mark + Domain("x\(byte)x").skeleton, "\(byte)")
        }
        #expect(Domain("examp1e.com").skeleton == Domain("example.com").skeleton)
        #expect(Domain("exarnple.com").skeleton == Domain("example.com").skeleton)
        #expect(Domain("xn--exmple-4nf.com").skeleton == Domain("example.com").skeleton)
        #expect(Domain("example.org").skeleton != Domain("example.com").skeleton)
    }

    @Test(arguments: [
        ("a.exarnple.com", "example.com", true), ("examp1e.com", "exarnple.com", true), ("rn.com", "m.com", true),
        ("rrn.com", "nm.com", false), ("rnrn.com", "m.com", true), ("0.com", "o.com", false), ("com", "a.com", false),
        ("xn--exmple-4nf.com", "example.com", true), ("b\u{FC}cher.example", "xn--bcher-kva.example", true),
        ("example.org", "example.com", false),
    ])
    func looksOfEnds(_ name: String, _ end: String, _ expected: Bool) {
        #expect(Domain(name).endsLooking(like: Domain(end)) == expected)
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("[192.0.2.1]", "192.0.2.1"), ("IPv6:2001:db8::1", "2001:db8::1"),
        ("[IPv6:::1]", "::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"), ("fe80::1%4", "fe80::1"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("::", "::"),
        ("1::", "1::"), ("2603:10b6:408:e6::28", "2603:10b6:408:e6::28"), ("1.2.3", nil), ("256.1.1.1", nil),
        ("1:2:3", nil), ("1::2::3", nil), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
        ("9.10.99.100", "9.10.99.100"),
        ("12345::", nil), ("", nil), (":", nil), ("1.2.3.4.5", nil), ("+1.2.3.4", nil),
    ])
    func addresses(_ text: String, _ expected: String?) { #expect(IPAddress(text)?.description == expected) }

    @Test(arguments: [
        ("10.1.2.3", IPAddress.Scope.privateUse), ("127.0.0.1", .loopback), ("192.0.2.1", .documentation),
        ("8.8.8.8", .global),
        ("169.254.1.1", .linkLocal), ("100.64.0.1", .shared), ("fe80::1", .linkLocal), ("fd00::1", .privateUse),
        ("::1", .loopback),
        ("2001:db8::1", .documentation), ("2a00::1", .global), ("240.0.0.1", .reserved),
        ("2002:a05:6402::1", .privateUse),
    ])
    func scopes(_ text: String, _ expected: IPAddress.Scope) { #expect(IPAddress(text)?.scope == expected) }

    @Test func reverseNames() {
        #expect(IPAddress("192.0.2.1")?.reverseName.description == "1.2.0.192.in-addr.arpa")
        #expect(IPAddress("2001:db8::1")?.reverseName.description.hasPrefix("1.0.0.0") == true)
        #expect(IPAddress("2001:db8::1")?.reverseName.description.hasSuffix("8.b.d.0.1.0.0.2.ip6.arpa") == true)
    }

    @Test(arguments: [
        ("192.0.2.0/24", "192.0.2.9", true), ("192.0.2.0/25", "192.0.2.129", false),
        ("2001:db8::/32", "2001:db8::1", true), ("192.0.2.1", "192.0.2.1", true),
    ])
    func blocks(_ block: String, _ address: String, _ expected: Bool) throws {
        #expect(try #require(AddressBlock(block)).contains(try #require(IPAddress(address))) == expected)
        #expect(AddressBlock("192.0.2.0/33") == nil)
    }
}
