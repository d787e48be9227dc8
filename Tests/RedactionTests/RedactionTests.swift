import Foundation
import Mail
import Redaction
import Testing

/// What becomes of the pieces of a message; the corpus suite `redaction` looks for what is left of whole ones.
struct RedactionTests {
    static func redacted(_ text: String) -> String {
        String(decoding: Redaction(of: Source(Array(text.utf8))).bytes, as: UTF8.self)
    }

    /// What must be gone, and what must still be there.
    @Test(
        arguments: [
            (
                "From: Ann Lee <ann.lee@corp.example.org>\n\nAnn Lee, ann.lee@corp.example.org\n",
                ["Ann", "Lee", "example.org"], ["From: Name"]
            ),
            ("X: mailto:bob@shop.com?x\n\n", ["bob", "shop"], ["mailto:"]),
            (
                "Received: from mail.shop.com (mail.shop.com [198.51.100.77]) by mx.b.org; Fri, 20 Nov 2026 09:00:00 +0000\n\n",
                ["shop", "198.51.100.77", "b.org"], ["from mail.", "Fri, 20 Nov 2026 09:00:00 +0000"]
            ),
            (
                "X: client-ip=2001:db8:5::1; helo=10.9.8.7\n\n", ["2001:db8:5::1", "10.9.8.7"],
                ["client-ip=2001:db8:", "helo=10."]
            ),
            (
                "Subject: =?utf-8?B?\(Data("an bob@shop.com".utf8).base64EncodedString())?=\n\n", ["Ym9i"],
                ["=?utf-8?B?"]
            ),
            (
                "DKIM-Signature: v=1; d=shop.com; s=sel2026x; t=1795158003; h=from:to; bh=aGFzaA==; b=c2ln\n\n",
                ["shop", "aGFzaA", "c2ln", "sel2026x"], ["t=1795158003", "h=from:to", "bh=redacted", "b=redacted"]
            ),
            (
                "Return-Path: <bounces+77-bob=home.net@mail.shop.com>\n\n", ["bob", "home.net", "shop"],
                ["bounces+", "="]
            ),
            (
                "X: https://u:p@track.shop.com/c/4f9a?e=bob%40home.net#x\n\n", ["shop", "4f9a", "bob"],
                ["https://", "?", "="]
            ),
            (
                "Content-Type: text/html\n\n<a href=\"x\">b&#111;b&#64;shop.com</a>\n", ["shop.com", "&#64;"],
                ["<a href=\"x\">", "@"]
            ),
            (
                "Content-Type: application/pdf; name=\"Bob Payslip.pdf\"\nContent-Transfer-Encoding: base64\n\nUGF5\n",
                ["Payslip", "UGF5"], [".pdf"]
            ),
            (
                "X: TLS_AES_256_GCM_SHA384 2026-11-20 07:00:04.118\n\n", [],
                ["TLS_AES_256_GCM_SHA384 2026-11-20 07:00:04.118"]
            ),
            ("From: x@y.org\n\nbegin 644 a.txt\n#8V%T\n`\nend\n", ["8V%T"], ["redacted"]),
        ] as [(String, [String], [String])])
    func isReplaced(_ text: String, _ gone: [String], _ kept: [String]) {
        let result = Self.redacted(text)
        for word in gone { #expect(!result.contains(word), "\(word) in \(result)") }
        for word in kept { #expect(result.contains(word), "\(word) not in \(result)") }
    }

    /// Names that belong together stay together; names that do not, do not become alike.
    @Test func alignmentStays() throws {
        let result = Self.redacted(
            "From: <a@mail.shop.com>\nReply-To: <b@shop.com>\nSender: <c@sh0p.com>\nMessage-ID: <x1@other.org>\n\n")
        let domains = result.split(separator: "\n").compactMap { $0.split(separator: "@").last?.dropLast() }.map {
            Domain(String($0))
        }
        try #require(domains.count == 4)
        #expect(domains[0].organisational == domains[1].organisational)
        #expect(domains[0].description.hasPrefix("mail."))
        #expect(domains[2].organisational != domains[1].organisational)
        #expect(domains[3].organisational != domains[1].organisational)
    }

    /// The multipart is divided where it was.
    @Test func structureStays() {
        let text =
            "Content-Type: multipart/mixed; boundary=\"b42-of-bob\"\n\npre\n--b42-of-bob\n\none\n--b42-of-bob\nContent-Type: message/rfc822\n\nSubject: in\n\ntwo\n--b42-of-bob--\n"
        let before = Message(Source(Array(text.utf8)))
        let after = Message(Source(Array(Self.redacted(text).utf8)))
        #expect(before.parts.map(\.contentType.mediaType) == after.parts.map(\.contentType.mediaType))
        #expect(!Self.redacted(text).contains("of-bob-"))
    }

    /// The same input gives the same output, and redacting it again leaves its form.
    @Test func isRepeatable() {
        let text = "From: Ann <ann@shop.com>\nTo: bob@home.net\n\nhttp://shop.com/a\n"
        let once = Self.redacted(text)
        #expect(once == Self.redacted(text))
        let again = Message(Source(Array(Self.redacted(once).utf8)))
        #expect(again.values(.from).count == 1 && again.fields.count == 2)
    }
}
