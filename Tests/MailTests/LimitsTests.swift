import Testing

@testable import Mail

/// Each limit: the default is reported when it is hit, and nothing fails.
struct LimitsTests {
    private func message(_ text: String, _ limits: Limits = Limits()) -> Message {
        Message(Source(exactly: Array(text.utf8), limits: limits))
    }

    private func nested(_ depth: Int) -> String {
        (0..<depth).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined() + "\nhello\n"
    }

    @Test func nesting() {
        let hits = message(nested(200)).limitHits
        #expect(hits.map(\.name) == [.nesting])
        #expect(hits.first?.limit == 64)
        var raised = Limits()
        raised[.nesting] = .max
        raised[.parts] = .max
        let deep = message(nested(20_000), raised)
        #expect(deep.limitHits.isEmpty)
        #expect(deep.parts.count == 20_001)
    }

    @Test func parts() {
        let text = "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\n", count: 20_000)
        let hits = message(text).limitHits
        #expect(hits.map(\.name) == [.parts])
        #expect(hits.first.map { $0.unread.upperBound } == text.utf8.count)
        var raised = Limits()
        raised[.parts] = .max
        #expect(message(text, raised).parts.count == 20_001)
    }

    @Test func fields() {
        let text = String(repeating: "a: b\n", count: 20_000) + "\nbody"
        let limited = message(text)
        #expect(limited.limitHits.map(\.name) == [.fields])
        #expect(limited.fields.count == 10_000)
        #expect(limited.body.count == 4)
        var raised = Limits()
        raised[.fields] = .max
        #expect(message(text, raised).fields.count == 20_000)
    }

    @Test func decodedBody() {
        let bytes = Array(String(repeating: "QUJD", count: 100).utf8)
        var limits = Limits()
        limits[.decodedBody] = 40
        let body = Source(exactly: bytes, limits: limits).decode(0..<400, from: .base64)
        #expect(body.bytes.count == 30)
        #expect(body.limitHit == LimitHit(.decodedBody, of: limits, unread: 40..<400))
        #expect(Source(exactly: bytes).decode(0..<400, from: .base64).bytes.count == 300)
    }

    @Test func addresses() throws {
        let text = (0..<6_000).map { "a\($0)@example.com" }.joined(separator: ",")
        let list = try Source(exactly: Array(text.utf8)).read(AddressList.self, in: 0..<text.utf8.count).get()
        #expect(list.mailboxes.count == 5_000)
        #expect(list.count == 6_000)
        #expect(list.limitHit?.name == .addresses)
        var raised = Limits()
        raised[.addresses] = .max
        let all = try Source(exactly: Array(text.utf8), limits: raised).read(AddressList.self, in: 0..<text.utf8.count)
            .get()
        #expect(all.mailboxes.count == 6_000 && all.limitHit == nil)
    }

    @Test func fieldSize() {
        let text = "Subject: " + String(repeating: "x", count: 300 << 10) + "\n\n"
        let limited = message(text)
        #expect(limited.limitHits.map(\.name) == [.fieldSize])
        #expect(limited.values(.subject).first?.value.text.value.count == (256 << 10) - 1)
        var raised = Limits()
        raised[.fieldSize] = .max
        #expect(message(text, raised).values(.subject).first?.value.text.value.count == 300 << 10)
    }

    @Test func parameters() throws {
        let text = "text/plain" + (0..<300).map { "; p\($0)=v" }.joined()
        let type = try Source(exactly: Array(text.utf8)).read(ContentType.self, in: 0..<text.utf8.count).get()
        #expect(type.parameters.all.count == 128)
        #expect(type.parameters.limitHit?.name == .parameters)
        #expect(message("Content-Type: \(text)\n\n").limitHits.map(\.name) == [.parameters])
        var raised = Limits()
        raised[.parameters] = .max
        let all = try Source(exactly: Array(text.utf8), limits: raised).read(ContentType.self, in: 0..<text.utf8.count)
            .get()
        #expect(all.parameters.all.count == 300)
    }

    /// Work grows with the input, not with its square: what would take minutes takes moments.
    @Test(arguments: [
        String(repeating: "(", count: 1_000_000), String(repeating: "a ", count: 500_000) + "<x@example.com>",
        String(repeating: "=?utf-8?q?a?= ", count: 100_000), String(repeating: "=?utf-8?B?", count: 100_000),
        String(repeating: "\"a\\\"", count: 250_000), "<a@[" + String(repeating: "1", count: 1_000_000),
        String(repeating: "a:", count: 500_000), String(repeating: "<", count: 1_000_000),
    ])
    func addressesTakeLinearTime(_ text: String) {
        let source = Source(exactly: Array(text.utf8))
        _ = source.read(AddressList.self, in: 0..<source.bytes.count)
        _ = source.read(UnstructuredText.self, in: 0..<source.bytes.count)
        _ = source.read(Received.self, in: 0..<source.bytes.count)
        _ = source.read(AuthenticationResults.self, in: 0..<source.bytes.count)
        _ = source.read(ContentType.self, in: 0..<source.bytes.count)
        _ = source.read(DateTime.self, in: 0..<source.bytes.count)
    }
}
