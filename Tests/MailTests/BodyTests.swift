import Testing

@testable import Mail

/// Bodies beyond base64 and quoted-printable: files among lines, containers, messages that stand encoded, charsets.
struct BodyTests {
    private func message(_ text: String, _ limits: Limits = Limits()) -> Message {
        Message(Source(exactly: Array(text.utf8), limits: limits))
    }

    @Test(arguments: [
        ("text\nbegin 644 a.txt\n%:&5L;&\\\n`\nend\nmore\n", "a.txt", "hello"),
        ("begin 0644 a b.txt\n%:&5L;&\\\nend\n", "a b.txt", "hello"),
        ("=ybegin line=128 size=3 name=x.bin\n\u{6B}\u{6C}\u{6D}\n=yend size=3\n", "x.bin", "ABC"),
    ])
    func filesAmongLines(_ text: String, _ name: String, _ content: String) {
        let files = EmbeddedFile.all(in: Array(text.utf8))
        #expect(files.map { $0.name?.value } == [name])
        #expect(files.map { String(decoding: $0.bytes, as: UTF8.self) } == [content])
        #expect(files.allSatisfy { $0.faultCount == 0 })
    }

    @Test(arguments: [
        "begin at the beginning\n", "begin 644 x\nthis is no data, but prose that goes on and on and on\n", "=ybegan\n",
        "",
    ])
    func proseIsNoFile(_ text: String) { #expect(EmbeddedFile.all(in: Array(text.utf8)).isEmpty) }

    @Test func binHexIsNamed() {
        let files = EmbeddedFile.all(in: Array("(This file must be converted with BinHex 4.0)\n\n:#abc:\nrest\n".utf8))
        #expect(files.map(\.encoding) == [.binHex])
    }

    @Test func filesOfWinmailAreListed() {
        func attribute(_ level: UInt8, _ id: UInt32, _ data: [UInt8]) -> [UInt8] {
            func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
            return [level] + little(id) + little(UInt32(data.count)) + data + [0, 0]
        }
        let bytes: [UInt8] =
            [0x78, 0x9F, 0x3E, 0x22, 1, 0] + attribute(1, 0x0008_9006, [1, 2, 3, 4])
            + attribute(2, 0x0006_9002, [0, 0]) + attribute(2, 0x0001_8010, Array("a.doc\0".utf8))
            + attribute(2, 0x0006_800F, Array("hello".utf8))
        let files = TNEF.attachments(in: bytes)
        #expect(files?.map(\.name) == ["a.doc"])
        #expect(files.map { $0.map { String(decoding: bytes[$0.data], as: UTF8.self) } } == ["hello"])
        #expect(TNEF.attachments(in: Array("no such thing".utf8)) == nil)
        // Cut anywhere, it lists what is there.
        for end in 0..<bytes.count { _ = TNEF.attachments(in: Array(bytes[..<end])) }
    }

    @Test func messagesThatStandEncoded() throws {
        // From: <b@example.com>, a blank line, hello
        let text = """
            From: <a@example.com>
            Content-Type: message/rfc822
            Content-Transfer-Encoding: base64

            RnJvbTogPGJAZXhhbXBsZS5jb20+CgpoZWxsbwo=

            """
        let message = message(text)
        #expect(message.parts.map(\.contentType.mediaType) == ["message/rfc822", "text/plain"])
        let inner = try #require(message.parts.last)
        let from = try #require(try inner[.from].first?.get().mailboxes.first)
        #expect(from.value.spec == "b@example.com")
        let range = inner.messageRange(of: from.range)
        #expect(String(decoding: message.source.bytes[range], as: UTF8.self).hasPrefix("PGJAZXhhbXBsZS5jb20+"))
        var limits = Limits()
        limits[.encodedMessages] = 0
        #expect(self.message(text, limits).limitHits.map(\.name) == [.encodedMessages])
    }

    /// Declared, used and guessed are three facts.
    @Test(
        arguments: [
            ("koi8-r", "koi8-r", "koi8-r", nil), ("", "koi8-r", "koi8-r", "koi8-r"),
            ("", "windows-1251", "windows-1251", "windows-1251"),
            ("", "ibm866", "ibm866", "ibm866"), ("", "iso-8859-5", "iso-8859-5", "iso-8859-5"),
            ("", "x-mac-cyrillic", "x-mac-cyrillic", "x-mac-cyrillic"),
            ("klingon", "windows-1251", "windows-1251", "windows-1251"),
            ("utf-8", "windows-1251", "windows-1251", "windows-1251"), ("us-ascii", "koi8-r", "koi8-r", "koi8-r"),
            ("windows-1252", "utf-8", "utf-8", "utf-8"), ("", "utf-8", "utf-8", "utf-8"),
        ] as [(String, String, String, String?)])
    func charsets(_ declared: String, _ written: String, _ used: String, _ guessed: String?) throws {
        let text = "Здравствуйте, уважаемые коллеги! Приглашаем вас на собрание в четверг, которое начнётся в полдень."
        let charset = try #require(Charset(label: written.utf8))
        let header = declared.isEmpty ? "\n" : "Content-Type: text/plain; charset=\(declared)\n\n"
        let bytes = try Array(header.utf8) + #require(Self.encoded(text, charset))
        let decoded = try #require(Message(Source(exactly: bytes)).parts.first).decodedText()
        #expect(decoded.used.name == used)
        #expect(decoded.guessed?.name == guessed)
        #expect(decoded.text == text && decoded.replacements == 0)
        #expect(decoded.declared?.label.value == (declared.isEmpty ? nil : declared))
    }

    /// The bytes that the charset decodes to the text: every byte's character is looked up.
    private static func encoded(_ text: String, _ charset: Charset) -> [UInt8]? {
        if charset == .utf8 { return Array(text.utf8) }
        var bytes: [Character: UInt8] = [:]
        for byte in UInt8(0x20)...0xFF {
            if let character = charset.decode([byte][...]).text.first { bytes[character] = byte }
        }
        let found = text.map { bytes[$0] }
        return found.contains(nil) ? nil : found.compactMap { $0 }
    }

    @Test(arguments: [
        ("one \ntwo\nthree\n", false, "one two\nthree\n"), ("> one \n> two\nthree\n", false, "> one two\nthree\n"),
        ("one \n two\n", false, "one two\n"), ("one \n-- \nAnn\n", false, "one \n-- \nAnn\n"),
        ("on \ne\n", true, "one\n"), ("> a \nb\n", false, "> a \nb\n"), (" From here\n", false, "From here\n"),
    ])
    func flowedText(_ text: String, _ deletesSpace: Bool, _ shown: String) {
        let found = DecodedText.unflowed(Array(text.utf8), deletesSpace: deletesSpace)
        #expect(String(decoding: found, as: UTF8.self) == shown)
    }

    @Test func lineEndsAreCounted() {
        let ends = Source(exactly: Array("a\r\nb\nc\rd\r\r\n".utf8)).lineEnds
        #expect(ends.crlf == 2 && ends.lf == 1 && ends.cr == 2 && ends.isMixed)
        #expect(ends.firstCRLF == 1 && ends.firstLF == 4 && ends.firstCR == 6)
        #expect(!Source(exactly: Array("a\nb\n".utf8)).lineEnds.isMixed)
    }

    @Test func anInputThatIsCutSaysSo() {
        let message = Message(Source(Array("Subject: x\n\nbody".utf8), cut: 100))
        #expect(message.limitHits.map(\.name) == [.input])
        #expect(message.limitHits.first?.unread.count == 100)
    }

    @Test(arguments: [
        ("Subject: \u{A0}\u{E2}", "text/plain; charset=koi8-r"),
        ("Subject: x\r\r\nTo: y\r\r\n\r\r\nbody", "text/plain"),
    ])
    func crCrLfEndsLines(_ header: String, _ type: String) {
        let message = message("Content-Type: \(type)\r\n" + header)
        if header.contains("\r\r\n") {
            #expect(message.fields.count == 3)
            #expect(String(decoding: message.source.bytes[message.body], as: UTF8.self) == "body")
        } else {
            #expect(message.fields.count == 2)
        }
    }

    @Test(
        arguments: [
            ("Letters <letters.example.com>", "letters.example.com"), ("<a.b>", "a.b"), ("no brackets", nil),
            ("<a@b>", nil),
        ] as [(String, String?)])
    func listIDs(_ text: String, _ identifier: String?) {
        let read = Source(exactly: Array(text.utf8)).read(ListID.self, in: 0..<text.utf8.count)
        #expect((try? read.get())?.identifier.value == identifier)
    }

    @Test(arguments: [
        (
            "<mailto:a@example.com> (comment), <https://example.com/u>",
            ["mailto:a@example.com", "https://example.com/u"]
        ),
        ("NO (the list is closed)", []), ("< https://example.com/\r\n\tu >", ["https://example.com/u"]),
    ])
    func listURLs(_ text: String, _ urls: [String]) throws {
        let read = try Source(exactly: Array(text.utf8)).read(ListURLs.self, in: 0..<text.utf8.count).get()
        #expect(read.urls.map(\.value) == urls)
    }

    @Test func oneClick() {
        func read(_ text: String) -> Bool {
            (try? Source(exactly: Array(text.utf8)).read(ListUnsubscribePost.self, in: 0..<text.utf8.count).get())
                != nil
        }
        #expect(read(" List-Unsubscribe=One-Click") && !read("List-Unsubscribe=Two-Clicks"))
    }

    @Test func references() throws {
        let text = "<a@b> (x)\r\n <c@d>\"quoted <no>\" <e@f>"
        let read = try Source(exactly: Array(text.utf8)).read(MessageIDList.self, in: 0..<text.utf8.count).get()
        #expect(read.identifiers.map(\.value) == ["a@b", "c@d", "e@f"])
    }
}
