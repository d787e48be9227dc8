import Mail
import Testing

/// Messages that stand inside of others, each by itself, with ranges of the whole.
struct InnerMessageTests {
    private func message(_ text: String) -> Message {
        Message(Source(exactly: Array(text.replacing("\n", with: "\r\n").utf8)))
    }

    private static let inside = "Subject: inner\nFrom: <x@example.net>\n\nText\n"

    private func forward(_ part: String, text: String = "Is this real?") -> Message {
        message(
            "Subject: outer\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n\(text)\n--b\nContent-Type: message/rfc822\n\(part)\n--b--\n"
        )
    }

    @Test func rangesAreThoseOfTheWhole() throws {
        let whole = forward("\n\(Self.inside)")
        let inner = try #require(whole.inner().first?.message)
        let subject = try #require(inner.values(.subject).first?.value.text)
        #expect(subject.value == "inner")
        #expect(
            String(decoding: inner.source.given[inner.source.inputRange(of: subject.range)], as: UTF8.self) == "inner")
        #expect(inner.source.given == whole.source.given)
        #expect(whole.isPlainForward)
    }

    @Test func encodedMessagesLeadToTheirEncoding() throws {
        let whole = forward("Content-Transfer-Encoding: base64\n\nU3ViamVjdDogaW5uZXINCg0KVGV4dA0K")
        let inner = try #require(whole.inner().first?.message)
        let subject = try #require(inner.values(.subject).first?.value.text)
        let range = inner.source.inputRange(of: subject.range)
        #expect(subject.value == "inner" && range.count >= 5)
        #expect(
            String(decoding: inner.source.given[range], as: UTF8.self).allSatisfy {
                "U3ViamVjdDogaW5uZXINCg0KVGV4dA0K".contains($0)
            })
    }

    @Test func moreThanAForwardIsNone() {
        #expect(!forward("\n\(Self.inside)", text: String(repeating: "words of its own ", count: 200)).isPlainForward)
        #expect(
            !message(
                "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n\(Self.inside)\n--b--\n"
            ).isPlainForward)
        #expect(!message("Subject: x\n\nText\n").isPlainForward)
        #expect(message("Subject: x\nContent-Type: message/rfc822\n\n\(Self.inside)").isPlainForward)
    }

    /// Only the outermost are told: what stands in them is theirs.
    @Test func messagesInsideOfMessagesAreTheirs() throws {
        let whole = forward("\nSubject: middle\nContent-Type: message/rfc822\n\n\(Self.inside)")
        #expect(whole.inner().count == 1)
        let middle = try #require(whole.inner().first?.message)
        let inner = try #require(middle.inner().first?.message)
        let subject = try #require(inner.values(.subject).first?.value.text)
        #expect(
            String(decoding: inner.source.given[inner.source.inputRange(of: subject.range)], as: UTF8.self) == "inner")
    }

    @Test func pastedHeadersAreRecovered() throws {
        let whole = message(
            "Subject: help\n\nHello, this came:\n\n> Received: from a by b; Fri, 20 Nov 2026 09:00:00 +0000\n> From: <x@example.net>\n> Subject: Pay\n>\n> now\n"
        )
        let pasted = try #require(whole.pastedInBody)
        let subject = try #require(pasted.values(.subject).first?.value.text)
        #expect(subject.value == "Pay")
        #expect(
            String(decoding: pasted.source.given[pasted.source.inputRange(of: subject.range)], as: UTF8.self) == "Pay")
        #expect(!pasted.source.isByteExact)
        #expect(message("Subject: x\n\nFrom: here to there\n").pastedInBody == nil)
    }
}
