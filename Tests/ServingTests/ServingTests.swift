import Mail
@testable import Serving
import Testing

/// What the server is made of, without a network.
struct ServingTests {
    /// One at a time, one in line: the third is told to come back.
    @Test func theGateIsBounded() async {
        let queue = RequestQueue(width: 1, line: 1)
        let (inside, arrived) = AsyncStream.makeStream(of: Void.self)
        let (go, open) = AsyncStream.makeStream(of: Void.self)
        async let first = queue.pass {
            arrived.yield()
            for await _ in go { break }
            return 1
        }
        for await _ in inside { break }
        async let second = queue.pass { 2 }
        // The second is in line when a third finds no place.
        var third: Int? = 3
        for _ in 0..<1000 {
            third = await queue.isFull ? await queue.pass { 3 } : 3
            if third == nil { break }
            await Task.yield()
        }
        #expect(third == nil)
        open.yield()
        #expect(await first == 1)
        #expect(await second == 2)
        #expect(await queue.pass { 4 } == 4)
    }

    @Test(
        arguments: [
            ("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--", ["a=1"]),
            (
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\nContent-Type: message/rfc822\r\n\r\nA: b\r\n\r\n--c\r\n--b--\r\n",
                ["a=", "f(x)=A: b\r\n\r\n--c"]
            ),
            ("preamble\r\n--b\r\n\r\n--b--", nil), ("--b\r\n", nil), ("", nil), ("--b--", []),
            ("--b\r\nno header\r\n--b--", []),
        ] as [(String, [String]?)])
    func formsAreRead(_ body: String, _ fields: [String]?) {
        let form = Form(Array(body.utf8), type: "multipart/form-data; boundary=b")
        let read = form?.fields.map { field in
            "\(field.name)\(field.fileName.map { "(\($0))" } ?? "")=\(String(decoding: field.value, as: UTF8.self))"
        }
        #expect(read == fields)
    }

    @Test(
        arguments: [
            ("", "application/json"), ("*/*", "application/json"), ("text/html", "text/html"),
            ("text/*;q=0.1", "text/html"),
            ("image/png", nil), ("application/json;q=0", nil),
            ("text/plain;q=0.2, text/markdown;q=0.9", "text/markdown"),
            ("text/html;q=x", "text/html"), (";;;,,,", nil),
        ] as [(String, String?)])
    func acceptIsRead(_ accept: String, _ media: String?) { #expect(Handlers.format(accept)?.media == media) }

    @Test func tokensAreCompared() {
        let requestGuard = RequestGuard(port: 1, token: "abc")
        #expect(
            requestGuard.isToken("abc") && !requestGuard.isToken("abd") && !requestGuard.isToken("ab")
                && !requestGuard.isToken(nil))
        #expect(RequestGuard(port: 1).token != RequestGuard(port: 1).token)
    }
}
