import Mail
import Testing

@testable import Content

struct HTMLTests {
    private func references(_ html: String) -> [HTMLDocument.Reference] { HTMLDocument(Array(html.utf8)).references }

    @Test func linksHaveTargetTextAndRange() throws {
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

    /// What libxml2 2.9 reads otherwise than browsers do: both readings are kept, and where they differ it is said.
    @Test(arguments: [
        ("<!--><a href=1>x</a><!-- -->", ["1"], 1), ("<!---><a href=1>x</a><!-- -->", ["1"], 1),
        ("<a/href=1>x</a>", ["1"], 1), ("<svg><style><a href=1>x</a></style></svg>", ["1"], 1),
        ("<title><a href=1></title><a href=2>x</a>", ["2", "1"], 1), ("<a href=1 href=2>x</a>", ["1"], 0),
        ("<textarea><a href=1></textarea>", ["1"], 1), ("<script>'<a href=1>'</script>", [], 0),
        ("<style></style ><a href=1>x</a>", ["1"], 0), ("<A HREF='1'>x</A><a\thref\n=\n\"2\">y</a>", ["1", "2"], 0),
        ("<a href=1", ["1"], 1), ("<p a='<a href=1>'>", [], 0),
        ("<form action=1><a href=2>x</a></form>", ["1", "2"], 0),
        ("<a href=&#104;ttp&colon;//x.example>x</a>", ["http://x.example", "http&colon;//x.example"], 2),
        ("<a href='?a=1&copy=2&lt;3'>x</a>", ["?a=1&copy=2<3"], 0),
    ])
    func readersDiffer(_ html: String, _ targets: [String], _ disagreements: Int) {
        let document = HTMLDocument(Array(html.utf8))
        #expect(document.references.map(\.target) == targets)
        #expect(document.disagreements.count == disagreements, "\(document.disagreements.map(\.reference.target))")
    }

    /// Every carrier of an address, and what happens with it.
    @Test(arguments: [
        ("<area href=x>", "area href click x"), ("<link rel=stylesheet href=x>", "link href load x"),
        ("<link itemprop=url href=x>", "link href mention x"),
        ("<base href=x>", "base href base x"), ("<img src=x>", "img src load x"),
        ("<input type=image src=x>", "input src load x"),
        ("<img srcset='a.png 1x, b,c.png 2x'>", "img srcset load a.png|img srcset load b,c.png"),
        ("<video poster=x><source src=y></video>", "video poster load x|source src load y"),
        ("<body background=x>", "body background load x"), ("<td background=x>", "td background load x"),
        ("<a ping='x y' href=z>", "a ping ping x|a ping ping y|a href click z"),
        ("<form action=x><button formaction=y>", "form action submit x|button formaction submit y"),
        ("<meta http-equiv=Refresh content='3; URL=\"x\"'>", "meta content refresh x"), ("<meta name=a content=x>", ""),
        ("<svg><image xlink:href=x /><a xlink:href=y>z</a></svg>", "image xlink:href load x|a xlink:href click y"),
        ("<object data=x codebase=y></object>", "object data load x|object codebase load y"),
        ("<iframe src=x></iframe>", "iframe src load x"), ("<embed src=x>", "embed src load x"),
        ("<p style='background:u\\72l(\"x\")'>", "p style load x"),
        (
            "<style>@import 'x'; p{background:url( y )} /* url(z) */ q{content:'url(w)'}</style>",
            "style  load x|style  load y"
        ),
        ("<style>p{background:image-set('x' 1x)}</style>", "style  load x"),
        ("<style>p{background:-webkit-image-set('x' 1x)}</style>", "style  load x"),
        ("<style>p{background:\\75 rl(x)}</style>", "style  load x"),
        ("<!--[if mso]><v:imagedata src=x /><a href=y>z</a><![endif]-->", "v:imagedata src load x|a href click y"),
        ("<html manifest=x><head profile=y>", "html manifest load x|head profile mention y"),
        ("<bgsound src=x><img dynsrc=y lowsrc=z>", "bgsound src load x|img dynsrc load y|img lowsrc load z"),
    ])
    func everyCarrierIsRead(_ html: String, _ expected: String) {
        let found = HTMLDocument(Array(html.utf8)).references.map {
            "\($0.element) \($0.attribute) \($0.use.rawValue) \($0.target)"
        }
        #expect(found.joined(separator: "|") == expected)
    }

    @Test(arguments: [
        ("&amp;&lt&gt;", "&<>"), ("&notit;&notin;", "¬it;∉"),
        ("&#x80;&#128;&#0;&#xD800;&#x110000;", "€€\u{FFFD}\u{FFFD}\u{FFFD}"),
        ("&nosuch; &", "&nosuch; &"), ("&CounterClockwiseContourIntegral;", "∳"), ("&NotEqualTilde;", "≂̸"),
        ("a\r\nb\rc", "a\nb\nc"),
    ])
    func referencesAreResolved(_ text: String, _ expected: String) {
        #expect(HTMLText.decoded(Array(text.utf8)[...], inAttribute: false) == expected)
    }

    /// The rows are sorted as they are searched.
    @Test func everyNamedCharacterIsFound() throws {
        let rows = CharacterReferences.names.description.split { $0 == " " || $0 == "\n" }
        #expect(rows.count == 2125)
        for row in rows {
            let (name, codes) = try (
                #require(row.split(separator: "=").first), #require(row.split(separator: "=").last)
            )
            let scalars = codes.split(separator: "+").compactMap { UInt32($0, radix: 16).flatMap(Unicode.Scalar.init) }
            let found = try #require(
                CharacterReferences.named(Array(name.utf8.prefix { $0.isLetter || $0.isDigit })[...]))
            #expect(found.text.unicodeScalars.elementsEqual(scalars) && found.needsNoSemicolon == name.hasSuffix("!"))
        }
    }

    @Test func depthIsLimitedAndSaid() {
        let document = HTMLDocument(Array((String(repeating: "<div>", count: 300) + "<a href=x>").utf8))
        #expect(document.hit?.name == .htmlDepth)
    }

    /// Decoded once, by us: what the document says of its own charset changes nothing.
    @Test func theDocumentsOwnCharsetIsNotBelieved() {
        let html =
            "<meta charset=utf-7><meta http-equiv=content-type content='text/html; charset=utf-16'>+ADw-a href=1+AD4-x<a href=2>y</a>"
        let document = HTMLDocument(Array(html.utf8))
        #expect(document.references.map(\.target) == ["2"] && document.disagreements.isEmpty)
        #expect(document.text == "+ADw-a href=1+AD4-xy")
    }

    /// libxml2 2.9 takes quadratic time for these: it is stopped at the limit of depth, and the scanner reads on.
    @Test func unmatchedEndTagsCostNothing() {
        let html =
            String(repeating: "<div>", count: 20_000) + String(repeating: "</i>", count: 100_000) + "<a href=x>y</a>"
        let clock = ContinuousClock()
        var document: HTMLDocument?
        let time = clock.measure { document = HTMLDocument(Array(html.utf8)) }
        #expect(document?.hit?.name == .htmlDepth && document?.references.map(\.target) == ["x"])
        // Minutes, where it is not stopped.
        #expect(time < .seconds(20))
    }

    @Test func attributeFloodsAreCut() {
        let flood = (0..<50_000).map { "a\($0)=1" }.joined(separator: " ")
        let document = HTMLDocument(Array("<p \(flood)><a href=x>y</a>".utf8))
        #expect(document.references.map(\.target) == ["x"])
        #expect(document.hit?.name == .htmlAttributes)
    }

    /// Words behind a tag are no attributes of it, however short its name is.
    @Test(arguments: ["<p>", "<P>", "<br>", "<a href=x>", "<b\n>", "<i a='>'>", "<u/>"])
    func wordsAreNoAttributes(_ tag: String) {
        #expect(HTMLDocument(Array((tag + String(repeating: "a b/c\n", count: 200)).utf8)).hit == nil)
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

    /// However URLs touch and overlap: none is left, and nothing but dots and schemes changes.
    @Test func urlsAreDefangedEverywhere() {
        let pieces = [
            "http", "https", "ftp", "HTTP", "://", ":", "/", "www.", "WWW.", "w", ".", "a", "ä", " ", "<", "?", "s",
        ]
        var random = Seeded(state: 1)
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
                pieces.randomElement(using: &random)
            }.joined()
            let defanged = text.defanged
            let lower = defanged.lowercased()
            #expect(!lower.contains("http://") && !lower.contains("https://") && !lower.contains("ftp://"), "\(text)")
            #expect(!lower.contains("www."), "\(text)")
            let restored = lower.replacingSequences([("[.]", "."), ("hxxp", "http"), ("fxp", "ftp")])
            #expect(restored == text.lowercased(), "\(text)")
        }
    }

    /// Which end tag closes what hides, when the elements have names of nobody's.
    @Test(arguments: [
        ("<x-a style='display:none'>hidden</X-A>seen", "seen"), ("<x-a style='display:none'>hidden</x-b>too", ""),
        ("<o:p style='display:none'><b></o:p>seen", "seen"),
        ("<x-a style='display:none'><td></x-a>hidden</td></x-a>seen", "seen"),
    ])
    func unknownElementsAreClosedByTheirNames(_ html: String, _ seen: String) {
        #expect(HTMLDocument(Array(html.utf8)).text.trimmingPrefix("\n") == seen)
    }

    /// A document inside of an attribute is shorter than the place where an element around it stands.
    @Test func innerDocumentsCloseWhatIsOpenAround() {
        let html =
            String(repeating: "<x-aa>", count: 50)
            + "<x-bb style='display:none'>hidden<iframe srcdoc='</x-cc></x-bb>seen'>"
        #expect(HTMLDocument(Array(html.utf8)).text == "seen")
    }

    @Test func elementsAreFoundByTheirNames() {
        for element in HTMLElement.allCases where element != .other {
            let name = Array(element.rawValue.uppercased().utf8)
            #expect(HTMLElement.named(0..<name.count, in: name) == element)
            #expect(HTMLElement.named(0..<name.count + 1, in: name + [0]) == .other)
        }
        for name in ["", "o:p", "bodyx", "x", "\0a", "annotation-xmlx"] {
            #expect(HTMLElement.named(0..<name.utf8.count, in: Array(name.utf8)) == .other)
        }
    }

    /// What style sheets hide by plain selectors, and nothing that they hide by others or on other screens.
    @Test(arguments: [
        (".x{display:none}", "<p class=x>", true), (".X { DISPLAY : none ! important }", "<p class='a x b'>", true),
        ("#x{visibility:hidden}", "<p id=x>", true), ("p.x,p.y{font-size:0px}", "<p class=y>", true),
        ("p{opacity:0}", "<p>", true), ("div.x{display:none}", "<p class=x>", false),
        ("<!-- .x{display:none} -->", "<p class=x>", true), ("/* } */.x/**/{/*a*/display:none}", "<p class=x>", true),
        (".x{display:none}.x{display:block}", "<p class=x>", false),
        (".x{display:none!important}.x{display:block}", "<p class=x>", true),
        ("p{display:none}.x{display:block}", "<p class=x>", false), (".x p{display:none}", "<p class=x>", false),
        (".x:hover{display:none}", "<p class=x>", false), ("[id]{display:none}", "<p id=x>", false),
        ("@media (max-width:600px){.x{display:none}}", "<p class=x>", false),
        ("@import 'a';.x{display:none}", "<p class=x>", true),
        ("@charset 'a';@font-face{a:b}p{display:none}", "<p>", true),
        (".x{color:red;.y{display:none}}", "<p class=x>", false), (".x{display:none", "<p class=x>", true),
        ("p{content:'{'} .x{display:none}", "<p class=x>", true),
        ("p{content:'/*'} .x{display:none}", "<p class=x>", true),
        ("p{content:'\\'}'} .x{display:none}", "<p class=x>", true),
        ("p{content:'\n} .x{display:none}", "<p class=x>", true),
        (".x{display:none ! important}.x{display:block}", "<p class=x>", true),
        (".x{height:0;overflow:hidden}", "<p class=x>", true), (".x{height:0}", "<p class=x>", false),
        (".x{position:absolute;left:-9999px}", "<p class=x>", true),
        (".x{display:none}", "<p class=x style='display:block'>", false),
        (".x{display:none}", "<p class=x style='display:nonsense'>", true),
        (".x{display:none!important}", "<p class=x style='display:block'>", true),
        (".x{text-align:left;display:none}", "<p class=x style='text-align:left'>", true),
    ])
    func styleSheetsHide(_ sheet: String, _ tag: String, _ isHidden: Bool) {
        for page in ["<style>\(sheet)</style>\(tag)secret</p>", "\(tag)secret</p><style>\(sheet)</style>"] {
            let document = HTMLDocument(Array(page.utf8))
            #expect(document.facts.concealed.map(\.text) == (isHidden ? ["secret"] : []), "\(page)")
            #expect(document.text.contains("secret") != isHidden)
        }
    }

    @Test func styleSheetsForOtherMediaDoNotCount() {
        for media in ["print", "(max-width: 600px)"] {
            let page = "<style media=\"\(media)\">p{display:none}</style><p>seen</p>"
            #expect(HTMLDocument(Array(page.utf8)).text == "seen")
        }
        #expect(HTMLDocument(Array("<style media=all>p{display:none}</style><p>hidden</p>".utf8)).text.isEmpty)
        #expect(
            HTMLDocument(Array("<!--[if mso]><style>p{display:none}</style><![endif]--><p>seen</p>".utf8)).text
                == "seen")
    }
}

extension String {
    fileprivate func replacingSequences(_ pairs: [(String, String)]) -> String {
        pairs.reduce(self) { $0.replacing($1.0, with: $1.1) }
    }
}

/// The same numbers each time. Knuth, TAOCP vol. 2 §3.3.4
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state
    }
}
