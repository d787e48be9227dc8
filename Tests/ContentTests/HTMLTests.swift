import Content
import Mail
import Testing

struct HTMLTests {
    private func references(_ html: String) -> [HTMLDocument.Reference] { HTMLDocument(Array(html.utf8)).references }

    @Test func linksHaveTargetTextAndPlace() throws {
        let html = "<p>Hi <b>x</b><a class=y href=\"http://x.example/?a=1&amp;b=2\">see <i>this</i>\n page</a></p>"
        let link = try #require(references(html).first)
        #expect(link.element == "a")
        #expect(link.target == "http://x.example/?a=1&b=2")
        #expect(link.visibleText == "see this page")
        let bytes = Array(html.utf8)
        #expect(
            String(decoding: bytes[link.tag], as: UTF8.self) == "<a class=y href=\"http://x.example/?a=1&amp;b=2\">")
    }

    /// Row by row what libxml2 2.9 loses or takes too long over, and what is done about it.
    @Test func nothingIsLostAfterNUL() {
        #expect(references("<a href=1>1</a>\0<a href=2>2</a>").map(\.target) == ["1", "2"])
    }

    @Test func depthIsLimitedAndSaid() {
        let document = HTMLDocument(Array((String(repeating: "<div>", count: 300) + "<a href=x>").utf8))
        #expect(document.hit?.name == .htmlDepth)
    }

    @Test func attributeFloodsAreCut() {
        let flood = (0..<50_000).map { "a\($0)=1" }.joined(separator: " ")
        let document = HTMLDocument(Array("<p \(flood)><a href=x>y</a>".utf8))
        #expect(document.references.map(\.target) == ["x"])
        #expect(document.hit?.name == .htmlAttributes)
    }

    /// Raised above the input, the limits let everything through.
    @Test func limitsCanBeRaised() {
        var limits = Limits()
        for name in [Limits.Name.htmlDepth, .htmlElements, .htmlAttributes, .links, .html] { limits[name] = .max }
        let deep = HTMLDocument(Array((String(repeating: "<div>", count: 300) + "<a href=x>").utf8), limits: limits)
        #expect(deep.hit == nil && deep.references.count == 1)
        let many = HTMLDocument(Array(String(repeating: "<a href=x>y</a>", count: 6_000).utf8), limits: limits)
        #expect(many.hit == nil && many.references.count == 6_000)
        #expect(HTMLDocument(Array(String(repeating: "<a href=x>y</a>", count: 6_000).utf8)).hit?.name == .links)
        #expect(HTMLDocument(Array(String(repeating: "<p>", count: 60_000).utf8)).hit?.name == .htmlElements)
        limits[.html] = 100
        #expect(HTMLDocument([UInt8](repeating: 0x61, count: 101), limits: limits).hit?.name == .html)
    }

    @Test func scriptsAndTitlesAreNotText() {
        #expect(HTMLDocument(Array("<title>t</title><script>s</script><p>text".utf8)).text == "text")
    }

    @Test(arguments: [
        ("https://evil.example/a.b?c=d.e", "hxxps://evil[.]example/a.b?c=d.e"),
        ("see HTTP://x.example.", "see hxxp://x[.]example[.]"),
        ("www.example.com/x", "www[.]example[.]com/x"), ("ftp://x.example", "fxp://x[.]example"),
        ("3.14 is no link", "3.14 is no link"),
    ])
    func urlsAreDefanged(_ text: String, _ expected: String) { #expect(text.defanged == expected) }

    @Test(arguments: [
        ("https://user@evil.example/", "evil.example"), ("http://good.example\\@evil.example/", "good.example"),
        ("ht\ttps://a.example", "a.example"), ("https:a.example/x", "a.example"), ("http:///a.example", "a.example"),
        ("https://%61.example:8080/", "a.example"), ("http://[2001:db8::1]/", "[2001:db8::1]"),
    ])
    func hostsAreReadAsBrowsersDo(_ url: String, _ host: String) { #expect(WebAddress(url)?.host == host) }
}
