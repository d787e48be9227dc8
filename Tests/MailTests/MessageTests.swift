import Testing

@testable import Mail

struct MessageTests {
    private func message(_ text: String) -> Message { Message(Source(Array(text.utf8))) }

    @Test func fieldsKeepOrderFoldsAndRanges() throws {
        let text = "From: a@example.com\r\nX-A: 1\r\n 2\r\nx-a: 3\r\n\r\nbody\r\n"
        let message = message(text)
        let bytes = Array(text.utf8)
        let fields = message.fields(named: "X-A")
        #expect(fields.map { String(decoding: bytes[$0.value], as: UTF8.self) } == [" 1\r\n 2", " 3"])
        #expect(String(decoding: bytes[message.body], as: UTF8.self) == "body\r\n")
        #expect(message.defects.isEmpty)
    }

    @Test(arguments: [
        ("From: a@example.com\nSubject: x\n", true), ("From: a@example.com\n\n", true),
        ("From: a@example.com\n\nx", false), ("no header at all\n", false),
    ])
    func headerOnlyIsKnown(_ text: String, _ expected: Bool) { #expect(message(text).isHeaderOnly == expected) }

    @Test func strayLinesAreKeptAndTheBodyIsFound() {
        let stray = message("From: a@example.com\nstray\nSubject: x\n\nbody")
        #expect(stray.fields.count == 2)
        #expect(stray.defects.map(\.value) == [.lineIsNoField])
        let missing = message("From: a@example.com\nbody text\nmore\n")
        #expect(missing.defects.map(\.value) == [.missingSeparator])
        #expect(missing.body.lowerBound == 20)
    }

    @Test func textWithoutLineFeedsHasItsLinesInCarriageReturns() {
        #expect(message("From: a@example.com\rSubject: x\r\rbody").fields.count == 2)
    }

    // MARK: Parts

    private func tree(_ text: String) -> [String] {
        message(text).parts.map { part in
            "\(part.depth) \(part.contentType.mediaType) \(String(decoding: part.source.bytes[part.body], as: UTF8.self).debugDescription)"
        }
    }

    @Test func multipartsNest() {
        let text =
            "Content-Type: multipart/mixed; boundary=a\n\npre\n--a\n\none\n--a\nContent-Type: multipart/alternative; "
            + "boundary=\"b\"\n\n--b\nContent-Type: text/html\n\ntwo\n--b--\nepilogue of b\n--a--\nepilogue of a\n"
        let message = message(text)
        #expect(
            message.parts.map { "\($0.depth) \($0.contentType.mediaType)" } == [
                "0 multipart/mixed", "1 text/plain", "1 multipart/alternative", "2 text/html",
            ])
        func string(_ range: ByteRange?) -> String? {
            range.map { String(decoding: message.source.bytes[$0], as: UTF8.self) }
        }
        #expect(string(message.parts[0].preamble) == "pre")
        #expect(string(message.parts[0].epilogue) == "epilogue of a\n")
        #expect(string(message.parts[2].epilogue) == "epilogue of b")
        #expect(string(message.parts[1].body) == "one")
        #expect(message.defects.isEmpty)
    }

    @Test func anOuterDelimiterClosesWhatIsInside() {
        let text =
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n"
            + "--a\n\ntwo\n--a--\n"
        #expect(message(text).parts.map(\.depth) == [0, 1, 2, 1])
        #expect(message(text).defects.map(\.value) == [.unclosedMultipart])
    }

    @Test func aBoundaryThatBeginsAnotherIsAnother() {
        let text =
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=ab\n\n--ab\n\n1\n"
            + "--ab--\n--a\n\n2\n--a--\n"
        #expect(message(text).parts.map(\.depth) == [0, 1, 2, 1])
    }

    @Test func messagesInMessagesAreRead() {
        let text =
            "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: message/rfc822\n\nFrom: b@example.com\n"
            + "Content-Type: multipart/mixed; boundary=c\n\n--c\n\ninner\n--c--\n\n--a--\n"
        let message = message(text)
        #expect(message.parts.map(\.depth) == [0, 1, 2, 3])
        #expect(message.parts[2][.from].count == 1)
    }

    @Test func digestsHoldMessages() {
        let text = "Content-Type: multipart/digest; boundary=a\n\n--a\n\nFrom: b@example.com\n\nhello\n--a--\n"
        #expect(
            message(text).parts.map(\.contentType.mediaType) == ["multipart/digest", "message/rfc822", "text/plain"])
    }

    /// Header, body and delimiters of the parts tile the message, whatever it is.
    @Test(arguments: [
        "", "\n", "--a", "a: b", "Content-Type: multipart/mixed; boundary=a\n\n--a--\n--a\n", "\0\0:\n:", "a:\n\n",
        "Content-Type: multipart/mixed; boundary=a\n\n--a\nX: y\n--a\n\n--a--",
    ])
    func partsTileTheMessage(_ text: String) {
        let message = message(text)
        for part in message.parts {
            #expect(part.header.upperBound == part.body.lowerBound)
            #expect(part.body.upperBound <= message.source.bytes.count)
            var position = part.body.lowerBound
            for delimiter in part.delimiters {
                #expect(position <= delimiter.lowerBound)
                position = delimiter.upperBound
            }
            for child in part.children { #expect(message.parts[child].body.upperBound <= part.body.upperBound) }
        }
        #expect(message.header.upperBound == message.body.lowerBound)
        #expect(message.body.upperBound == message.source.bytes.count)
    }
}
