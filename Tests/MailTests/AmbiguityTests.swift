import Phrases
import Testing

@testable import Mail

/// Where readers differ: one row for each way to deceive them, with what another reader shows.
struct AmbiguityTests {
    static let base = "From: <a@example.com>\r\n"

    @Test(
        arguments: [
            // Who is the author: two fields, several addresses, brackets, routes, comments, encoded words, controls.
            ("From: <a@example.com>\r\nFrom: <b@bank.example>\r\n\r\n", .author, "<b@bank.example>"),
            (" From: <b@bank.example>\r\nFrom: <a@example.com>\r\n\r\n", .field, "<b@bank.example>"),
            ("From : <a@example.com>\r\n\r\n", .field, "no field From"),
            ("From\r\n : <b@bank.example>\r\nTo: x@example.com\r\n\r\n", .field, "<b@bank.example>"),
            ("To: x@example.com\r\nFrom\u{0}: <b@bank.example>\r\nDate: x\r\n\r\n", .field, "<b@bank.example>"),
            ("To: x@example.com\r\nFromÿ: <b@bank.example>\r\nDate: x\r\n\r\n", .field, "<b@bank.example>"),
            ("Sender: b@bank.example\r\n\r\n", .author, "b@bank.example"),
            ("Resent-From: b@bank.example\r\nTo: x@example.com\r\n\r\n", .author, "b@bank.example"),
            ("From: <a@example.com>, <b@bank.example>\r\n\r\n", .author, "b@bank.example"),
            ("From: ,,<a@example.com>,,<b@bank.example>\r\n\r\n", .author, "b@bank.example"),
            ("From: =?utf-8?b?PGJAYmFuay5leGFtcGxlPg==?=,<a@x.example>\r\n\r\n", .author, "a@x.example"),
            ("From: =?utf-8?q?ceo=40bank.example=00?=@x.example\r\n\r\n", .author, "ceo@bank.example"),
            ("From: <@x.example,@y.example:b@bank.example>\r\n\r\n", .author, "@x.example,@y.example:"),
            ("From: <b@bank.example>\\,<a@x.example>\r\n\r\n", .author, "a@x.example"),
            ("From: b@bank.example,<a@x.example>\r\n\r\n", .author, "a@x.example"),
            ("From: <a@x.example>b@bank.example\r\n\r\n", .author, "b@bank.example"),
            ("From: N <b@bank.example> <a@x.example>\r\n\r\n", .author, "<a@x.example>"),
            ("From: a@x.example@bank.example\r\n\r\n", .author, "a@x.example"),
            ("From: u@good.example(x)evil.example\r\n\r\n", .author, "good.exampleevil.example"),

            // Fields and their end.
            (base + "Subject: x\r\n \r\nnot the body\r\n\r\n", .headerEnd, "the text"),
            (base + "this is no field\r\nSubject: x\r\n\r\n", .headerEnd, "this is no field"),
            (base + "Subject: x\rBcc: b@example.com\r\n\r\n", .field, "Bcc: b@example.com"),
            (base + "\u{0}Content-Type: text/html\r\nTo: x\r\n\r\n", .field, "text/html"),

            // Two of what may be there once; two values in one.
            (base + "Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\nx", .mediaType, "text/html"),
            (base + "Content-Type: text/plain, multipart/mixed; boundary=b\r\n\r\nx", .mediaType, "multipart/mixed"),
            (
                base + "Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: 7bit\r\n\r\naGVs",
                .transferEncoding, "7bit"
            ),
            (
                base + "Content-Transfer-Encoding: base64, quoted-printable\r\n\r\naGVs", .transferEncoding,
                "quoted-printable"
            ),
            (base + "Content-Transfer-Encoding: \"base64\", 7bit\r\n\r\naGVs", .transferEncoding, "7bit"),
            (base + "Content-Transfer-Encoding: base\u{0}64\r\n\r\naGVs", .transferEncoding, "base64"),
            (base + "Content-Transfer-Encoding: ba(x)se64\r\n\r\naGVs", .transferEncoding, "base64"),
            (base + "Content-Transfer-Encoding: ba\r\n se64\r\n\r\naGVs", .transferEncoding, "base64"),
            (base + "Content-Transfer-Encoding: =?us-ascii?q?base64?=\r\n\r\naGVs", .transferEncoding, "base64"),
            (base + "Content-Transfer-Encoding: base-64\r\n\r\naGVs", .transferEncoding, "base64"),

            // What divides the body.
            (multipart("boundary=a; boundary=b", "b"), .boundary, "2 lines of --b"),
            (multipart("boundary=a; boundary*=b", "a"), .boundary, "2 lines of --a"),
            (multipart("boundary*0=\"a\"; boundary=\"b\"", "b"), .boundary, "2 lines of --b"),
            (multipart("bound\r\n ary=\"b\"", "b"), .boundary, "2 lines of --b"),
            (multipart("boundary=\"=?utf-8?q?b?=\"", "b"), .boundary, "2 lines of --b"),
            (multipart("boundary='b'", "b"), .boundary, "2 lines of --b"),
            (multipart("boundary=\"b\"c", "bc"), .boundary, "2 lines of --bc"),
            (multipart("boundary=b c", "b"), .boundary, "2 lines of --b"),
            (multipart("boundary=b,", "b"), .boundary, "2 lines of --b"),
            (multipart("boundary=\"\\b\"", "\\b"), .boundary, "2 lines of --\\b"),
            (multipart("x=y", "b"), .boundary, "lines of --b"),
            (
                base + "Content-Type: text/plain; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n", .boundary,
                "2 lines of --b"
            ),
            (
                base + "Content-Type: multi part/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n", .boundary,
                "2 lines of --b"
            ),
            (multipart("boundary=b", "b", body: "x\r\n --b\r\n\r\ny"), .boundary, "the beginning of another part"),
            (multipart("boundary=b", "b", body: "x\r\n\u{0}--b\r\n\r\ny"), .boundary, "the beginning of another part"),
            (
                multipart("boundary=b", "b", body: "x\r\n--b and text\r\n\r\ny"), .boundary,
                "the beginning of another part"
            ),
            (multipart("boundary=b", "b", body: "x\r\n--b--x\r\n\r\ny"), .boundary, "the end of the multipart"),
            (multipart("boundary=b", "b", body: "x\r--b\r\n\r\ny"), .boundary, "the beginning of another part"),
            (
                multipart("boundary=b", "b", after: "Content-Type: text/html\r\n\r\nhidden text\r\n"), .boundary,
                "hidden text"
            ),

            // What the data are.
            (base + "Content-Transfer-Encoding: base64\r\n\r\naGVs!!bG8=\r\n", .data, "3 bytes"),
            (base + "Content-Transfer-Encoding: base64\r\n\r\naGVs_bG8=\r\n", .data, "bytes of their own"),
            (base + "Content-Transfer-Encoding: base64\r\n\r\nQUI=QkM=\r\n", .data, "4 bytes"),
            (base + "Content-Transfer-Encoding: base64\r\n\r\nQUI=\r\nTVo=\r\n", .data, "4D 5A"),

            // What a file is called.
            (named("a.txt", "filename=a.exe"), .fileName, "a.txt"),
            (named("a.exe", "filename=\"a.txt\"; filename*=utf-8''a.exe"), .fileName, "a.txt"),
            (named("a.exe", "filename=a.exe; filename=a.txt"), .fileName, "a.txt"),
            (named("'a.exe'", "filename='a.exe'"), .fileName, "a.exe"),
        ] as [(String, Ambiguity.Kind, String)])
    func readersDiffer(_ text: String, _ kind: Ambiguity.Kind, _ other: String) {
        let message = Message(Source(exactly: Array(text.utf8)))
        let found = message.ambiguities
        let shown = found.filter { $0.kind == kind }.flatMap { $0.readings.dropFirst().map(\.shows.description) }
        #expect(shown.contains { $0.contains(other) }, "\(found)")
        for ambiguity in found { #expect(ambiguity.range.upperBound <= text.utf8.count) }
    }

    /// Honest messages are read alike.
    @Test(arguments: [
        base + "Subject: x\r\n y\r\nTo: b@example.com, c@example.com\r\n\r\ntext\r\n",
        "From: \"Smith, Ann\" <a@example.com> (work)\r\nSubject: =?utf-8?q?=C3=A9?=\r\n\r\n",
        multipart("boundary=\"b\"", "b", body: "x\r\n-- \r\nAnn\r\n--bc\r\n"),
        named("=?utf-8?q?=C3=A9.txt?=", "filename*=utf-8''%C3%A9.txt"),
        base + "Content-Transfer-Encoding: base64\r\n\r\naGVs\r\nbG8=\r\n\r\n",
        base + "Content-Transfer-Encoding: 7bit (really)\r\n\r\nx",
        "From: =?x?q?b=40evil.example=3e=00?=foo@x.example\r\n\r\n",
        named("a.exe", "filename*1=exe; filename*0=a."),
    ])
    func readersAgree(_ text: String) {
        #expect(Message(Source(exactly: Array(text.utf8))).ambiguities.isEmpty)
    }

    static func multipart(_ parameters: String, _ boundary: String, body: String = "x", after: String = "") -> String {
        base
            + "Content-Type: multipart/mixed; \(parameters)\r\n\r\n--\(boundary)\r\n\r\n\(body)\r\n--\(boundary)--\r\n\(after)"
    }

    static func named(_ name: String, _ disposition: String) -> String {
        base + "Content-Type: text/plain; name=\(name)\r\nContent-Disposition: attachment; \(disposition)\r\n\r\nx\r\n"
    }
}
