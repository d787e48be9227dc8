import Phrases
import Testing

@testable import Mail

struct TextTests {
    // MARK: Transfer encodings

    private func decode(_ text: String, _ encoding: TransferEncoding) -> (String, [DecodedBody.Fault]) {
        let body = Source(exactly: Array(text.utf8)).decode(0..<text.utf8.count, from: encoding)
        return (String(decoding: body.bytes, as: UTF8.self), body.faults.map(\.value))
    }

    @Test(
        arguments: [
            ("aGVsbG8=", "hello", []), ("aGVs\r\nbG8=\r\n", "hello", []), ("aGVsbG8", "hello", [.base64Truncated]),
            ("a!GVs#bG8=", "hello", [.base64Junk, .base64Junk]), ("QUI=QkM=", "AB", [.base64AfterPadding]),
            ("", "", []),
            ("=", "", []), ("QQ==", "A", []), ("A", "", [.base64Truncated]),
        ] as [(String, String, [DecodedBody.Fault])])
    func base64(_ text: String, _ expected: String, _ faults: [DecodedBody.Fault]) {
        let (decoded, found) = decode(text, .base64)
        #expect(decoded == expected)
        #expect(found == faults)
    }

    @Test(
        arguments: [
            ("a=3Db", "a=b", []), ("a=\r\nb", "ab", []), ("a=  \r\nb", "ab", []), ("a  \r\nb", "a\r\nb", []),
            ("=c3=a9", "é", []),
            ("a=ZZ", "a=ZZ", [.badQuotedPrintable]), ("a=4", "a=4", [.badQuotedPrintable]), ("a=", "a", []),
        ] as [(String, String, [DecodedBody.Fault])])
    func quotedPrintable(_ text: String, _ expected: String, _ faults: [DecodedBody.Fault]) {
        let (decoded, found) = decode(text, .quotedPrintable)
        #expect(decoded == expected)
        #expect(found == faults)
    }

    @Test func uuencode() {
        #expect(decode("begin 644 a\n%:&5L;&\\\n`\nend\n", .uuencode).0 == "hello")
        #expect(decode("begin 644 a\n%:&5L\n`\nend\n", .uuencode).1 == [.badUuencode])
    }

    /// What is decoded points back at the bytes it was encoded in.
    @Test func decodedBytesAreMappedBack() {
        let text = "aGVs\r\nbG8g\r\nd29y\r\nbGQ="
        let body = Source(exactly: Array(text.utf8)).decode(0..<text.utf8.count, from: .base64, mapped: true)
        #expect(String(decoding: body.bytes, as: UTF8.self) == "hello world")
        #expect(body.map.encoded(0..<3) == 0..<4)
        #expect(body.map.encoded(6..<9) == 12..<16)
        let quoted = "caf=C3=A9 =\r\nau"
        let other = Source(exactly: Array(quoted.utf8)).decode(
            0..<quoted.utf8.count, from: .quotedPrintable, mapped: true)
        #expect(other.map.encoded(3..<5) == 3..<9)
        #expect(other.map.encoded(6..<8) == 13..<15)
        // A soft line break belongs to no text.
        #expect(other.map.encoded(5..<6) == 9..<10)
    }

    // MARK: Charsets

    @Test(arguments: [
        ("utf-8", [0xC3, 0xA9], "é"), ("ISO-8859-1", [0xE9], "é"), ("windows-1252", [0x80], "€"),
        ("koi8-r", [0xF0, 0xD2], "Пр"),
        ("windows-1251", [0xCF], "П"), ("cp866", [0x8F], "П"), ("x-mac-cyrillic", [0x8F], "П"),
        ("iso-8859-5", [0xBF], "П"),
        ("gb2312", [0xC4, 0xE3], "你"), ("big5", [0xA7, 0x41], "你"), ("shift_jis", [0x82, 0xA0], "あ"),
        ("euc-kr", [0xB0, 0xA1], "가"),
        ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42], "あ"), ("koi8-u", [0xA4], "є"),
        ("euc-jp", [0xA4, 0xA2], "あ"),
    ])
    func charsets(_ label: String, _ bytes: [UInt8], _ expected: String) throws {
        let charset = try #require(Charset(label: label.utf8))
        #expect(charset.decode(bytes[...]).text == expected)
        #expect(charset.decode(bytes[...]).replacements == 0)
    }

    /// Every name on the list has a converter; nothing else is passed on.
    @Test(arguments: Charset.all)
    func everyCharsetWorks(_ charset: Charset) { #expect(charset.decode([0x41, 0x42]).text.isEmpty == false) }

    @Test(arguments: ["klingon", "utf-8//TRANSLIT", "", "utf-8 ", String(repeating: "x", count: 100)])
    func unknownLabelsAreRefused(_ label: String) { #expect(Charset(label: label.utf8) == nil) }

    @Test func whatCannotBeDecodedIsCounted() {
        #expect(Charset.utf8.decode([0x61, 0xFF, 0x62]).text == "a\u{FFFD}b")
        #expect(Charset.utf8.decode([0x61, 0xFF, 0x62]).replacements == 1)
    }

    @Test(arguments: [
        ("=?utf-8?Q?a_b?=", "a b"), ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"), ("=?utf-8?Q?a?= c =?utf-8?Q?b?=", "a c b"),
        ("=?utf-8?B?w6k=?=", "é"), ("=?utf-8?B?w?= =?utf-8?B?6k=?=", "é"), ("=?us-ascii*en?Q?a?=", "a"),
        ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
        ("=?utf-8?Q?a", "=?utf-8?Q?a"), ("=?koi8-r?B?8NLJ18XU?=", "Привет"), ("plain", "plain"), ("=?utf-8?Q??=", ""),
    ])
    func encodedWords(_ text: String, _ expected: String) throws {
        let source = Source(exactly: Array(text.utf8))
        let decoded = EncodedWord.decoding(Cursor(source, in: 0..<source.bytes.count), 0..<source.bytes.count)
        // Two halves of one base64 group are no text; every reader shows something else.
        if text.contains("?w?=") { return #expect(!decoded.isEmpty) }
        #expect(decoded == expected)
    }

    @Test func rawHeadersAreReadAsDeclared() {
        let koi8: [UInt8] =
            Array("Subject: ".utf8) + [0xF0, 0xD2] + Array("\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n".utf8)
        #expect(Message(Source(koi8)).values(.subject).first?.value.text.value == "Пр")
        let utf8 = Array("Subject: Пр\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n".utf8)
        #expect(Message(Source(utf8)).values(.subject).first?.value.text.value == "Пр")
    }

    // MARK: Printing

    @Test func whatSteersIsNamed() {
        #expect("a\u{1B}[31mb".printable == "a⟨U+001B⟩[31mb")
        #expect("\u{202E}fdp".printable == "⟨U+202E⟩fdp")
        #expect("a\u{9B}b\u{200B}".printable == "a⟨U+009B⟩b⟨U+200B⟩")
        #expect("a \r\n\t b".printableLine == "a b")
        #expect("héllo".cut(to: 2) == "h…")
    }

    /// Every byte of a text in one byte a character is where the text says that it is.
    @Test(arguments: ["plain", "caf\u{E9} a", "\u{20AC}\u{E9}\u{20AC}", "\u{E9}", "", "a\u{201C}b\u{201D}c"])
    func placesOfWindows1252(_ text: String) throws {
        let high: [Unicode.Scalar: UInt8] = ["\u{20AC}": 0x80, "\u{201C}": 0x93, "\u{201D}": 0x94, "\u{E9}": 0xE9]
        let bytes = text.unicodeScalars.map { high[$0] ?? UInt8(truncatingIfNeeded: $0.value) }
        let (decoded, map) = Charset.windows1252.decodeMapped(bytes[...])
        #expect(decoded.text == text)
        var offset = 0
        for (index, scalar) in text.unicodeScalars.enumerated() {
            let width = UTF8.width(scalar)
            #expect(map.encoded(offset..<offset + width) == index..<index + 1)
            offset += width
        }
    }

    /// Where each character of a text came from, in charsets that ICU reads; an escape belongs to what stands before it.
    @Test(
        arguments: [
            (
                "shift_jis", [0x61, 0x62, 0x82, 0xA0, 0x63, 0x64],
                [("a", 0..<1), ("b", 1..<2), ("\u{3042}", 2..<4), ("c", 4..<5), ("d", 5..<6)]
            ),
            (
                "koi8-r", [0xD0, 0x61, 0x62, 0xD0, 0xD0],
                [("\u{43F}", 0..<1), ("a", 1..<2), ("b", 2..<3), ("\u{43F}", 3..<4), ("\u{43F}", 4..<5)]
            ),
            ("gb18030", [0x61, 0x94, 0x39, 0xDA, 0x33, 0x62], [("a", 0..<1), ("\u{1F4A9}", 1..<5), ("b", 5..<6)]),
            ("utf-16le", [0x61, 0x00, 0x62, 0x00, 0xE9, 0x00], [("a", 0..<2), ("b", 2..<4), ("\u{E9}", 4..<6)]),
            (
                "iso-2022-jp", [0x61, 0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42, 0x62],
                [("a", 0..<4), ("\u{3042}", 4..<9), ("b", 9..<10)]
            ),
        ] as [(String, [UInt8], [(Unicode.Scalar, Range<Int>)])])
    func rangesInOtherCharsets(_ label: String, _ bytes: [UInt8], _ wanted: [(Unicode.Scalar, Range<Int>)]) throws {
        let charset = try #require(Charset(label: Array(label.utf8)))
        let (decoded, map) = charset.decodeMapped(bytes[...])
        #expect(decoded.text.unicodeScalars.elementsEqual(wanted.map(\.0)) && decoded.replacements == 0)
        #expect(charset.decode(bytes[...]).utf8 == decoded.utf8)
        var offset = 0
        for (scalar, from) in wanted {
            let width = UTF8.width(scalar)
            let found = map.encoded(offset..<offset + width)
            #expect(
                found == from,
                "\(scalar) of \(label) at \(found)")
            offset += width
        }
    }

    @Test(arguments: [
        ("", ""), ("  ", ""), (" a ", "a"), ("a\r\n\t b", "a b"), ("a b", "a b"), ("\u{E9}\n\u{E9}\n", "\u{E9} \u{E9}"),
    ])
    func textOnOneLine(_ text: String, _ expected: String) { #expect(text.onOneLine == expected) }

    @Test(arguments: [
        ("a@example.com", "a@example.com", true), ("A a@example.com", "example.com", true), ("abc", "abcd", false),
        ("abc", "c", true), ("abc", "x", false),
    ])
    func oneTextInAnother(_ text: String, _ wanted: String, _ isThere: Bool) {
        #expect(text.contains(bytesOf: wanted) == isThere)
    }
}
