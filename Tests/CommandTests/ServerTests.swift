import Foundation
import Testing

/// The page and the HTTP interface, as a browser, a program and an attacker meet them.
@Suite(.serialized, .enabled(if: Command.binary != nil, "skipped server: the program was not built"))
struct ServerTests {
    /// One for each test; it ends with it.
    let server: RunningServer
    static let message =
        "From: Ann <ann@example.com>\r\nDate: Fri, 20 Nov 2026 09:00:00 +0000\r\nSubject: <b>hi</b>\r\n\r\nhello\r\n"
    static let mail = ["Content-Type": "message/rfc822"]

    init() throws { server = try #require(try RunningServer(["--max-upload", "1"])) }

    // MARK: What it gives

    @Test(arguments: [
        ("", "application/json", "\"backstamp-report\""), ("*/*", "application/json", "\"verdict\""),
        ("text/html", "text/html; charset=utf-8", "<!doctype html>"),
        ("text/markdown", "text/markdown; charset=utf-8", "## "),
        ("text/plain;q=0.5, text/html;q=0.1", "text/plain; charset=utf-8", "What to do"),
        ("text/*", "text/html; charset=utf-8", "<!doctype html>"),
    ])
    func writesWhatIsAccepted(_ accept: String, _ type: String, _ text: String) throws {
        let reply = try server.ask(
            "POST", "/api/v1/inspect", Self.mail.merging(["Accept": accept]) { $1 }, body: Self.message)
        #expect(reply.status == 200)
        #expect(reply.field("Content-Type") == type)
        #expect(reply.body.contains(text))
    }

    @Test(
        arguments: [
            ("GET", "/healthz", [:], "", 200), ("GET", "/api/v1/checks", [:], "", 200),
            ("GET", "/openapi.json", [:], "", 200),
            ("HEAD", "/", [:], "", 200), ("GET", "/nothing", [:], "", 404), ("GET", "/inspect", [:], "", 405),
            ("DELETE", "/", [:], "", 405), ("OPTIONS", "/api/v1/inspect", [:], "", 405),
            ("POST", "/api/v1/inspect", ["Content-Type": "text/plain"], "From: a\r\n\r\n", 415),
            ("POST", "/api/v1/inspect", ["Content-Type": "application/x-www-form-urlencoded"], "a=b", 415),
            ("POST", "/api/v1/inspect", [:], "From: a\r\n\r\n", 415),
            (
                "POST", "/api/v1/inspect", ["Content-Type": "message/rfc822", "Accept": "image/png"], "From: a\r\n\r\n",
                406
            ),
            ("POST", "/api/v1/inspect", ["Content-Type": "message/rfc822"], "", 400),
            ("POST", "/api/v1/inspect?x=1", ["Content-Type": "message/rfc822"], "From: a\r\n\r\n", 400),
            ("POST", "/api/v1/inspect?dns=perhaps", ["Content-Type": "message/rfc822"], "From: a\r\n\r\n", 400),
            ("POST", "/api/v1/inspect?trust=%20/", ["Content-Type": "message/rfc822"], "From: a\r\n\r\n", 400),
        ] as [(String, String, [String: String], String, Int)])
    func statusIs(_ method: String, _ path: String, _ fields: [String: String], _ body: String, _ status: Int) throws {
        let reply = try server.ask(method, path, fields, body: body)
        #expect(reply.status == status, "\(reply.head)")
        if status >= 400 {
            #expect(reply.body.hasSuffix(".\n") && !reply.body.contains("<"), "one sentence: \(reply.body)")
        }
    }

    @Test func largeMessagesAreRefused() throws {
        let large = Self.message + String(repeating: "x\r\n", count: 500_000)
        let reply = try server.ask("POST", "/api/v1/inspect", Self.mail, body: large)
        #expect(reply.status == 413)
        #expect(reply.body.contains("1 MB"))
        // One that does not say how long it is, either.
        let chunks = String(repeating: "10000\r\n\(String(repeating: "x", count: 65_536))\r\n", count: 20)
        let chunked = try server.exchange(
            "POST /api/v1/inspect HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nContent-Type: message/rfc822\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\(chunks)0\r\n\r\n"
        )
        #expect(chunked.status == 413 || chunked.status == 0)
    }

    @Test func programsThatWaitAreToldToGoOn() throws {
        let port = server.port
        let reply = try server.exchange(
            "POST /api/v1/inspect HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: message/rfc822\r\nExpect: 100-continue\r\nContent-Length: \(Self.message.utf8.count)\r\nConnection: close\r\n\r\n\(Self.message)"
        )
        #expect(reply.status == 100)
        #expect(reply.body.contains("200 OK"))
    }

    // MARK: Who may ask (T12, T13)

    @Test(arguments: [
        "evil.test", "127.0.0.1", "127.0.0.1.", "localhost", "localhost.:PORT", "127.0.0.1:1", "evil.test:PORT",
        "127.0.0.1:PORT.evil.test",
        "evil.test#127.0.0.1:PORT", "127.1:PORT", "2130706433:PORT", "0.0.0.0:PORT", "[::ffff:127.0.0.1]:PORT",
        "[::]:PORT", "0:PORT",
        "127.0.0.1:PORT, evil.test", "user@127.0.0.1:PORT", "127.0.0.1:0PORT", "xn--localhost:PORT",
        "localhost:PORT:PORT",
    ])
    func otherHostsAreRefused(_ host: String) throws {
        let host = host.replacing("PORT", with: "\(server.port)")
        for path in ["/", "/healthz", "/openapi.json"] {
            let status = try server.ask("GET", path, ["Host": host]).status
            #expect([400, 421].contains(status), "\(host): \(status)")
        }
    }

    @Test(arguments: ["127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"])
    func ownHostsAreServed(_ host: String) throws {
        #expect(
            try server.ask("GET", "/", ["Host": host.replacing("PORT", with: "\(server.port)")]).status == 200)
    }

    @Test func requestsWithoutOrWithTwoHostsAreRefused() throws {
        let port = server.port
        #expect([400, 421].contains(try server.exchange("GET / HTTP/1.0\r\n\r\n").status))
        #expect([400, 421].contains(try server.exchange("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status))
        let two = try server.exchange(
            "GET / HTTP/1.1\r\nHost: evil.test\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n")
        #expect([400, 421].contains(two.status))
    }

    @Test(
        arguments: [
            (["Origin": "http://127.0.0.1:PORT"], 200),
            (["Origin": "http://localhost:PORT", "Sec-Fetch-Site": "same-origin"], 200),
            ([:], 200), (["Sec-Fetch-Site": "none"], 200), (["Origin": "http://evil.test"], 403),
            (["Origin": "null"], 403),
            (["Origin": "https://127.0.0.1:PORT"], 403), (["Origin": "http://127.0.0.1:1"], 403),
            (["Sec-Fetch-Site": "cross-site"], 403),
            (["Sec-Fetch-Site": "same-site"], 403),
            (["Origin": "http://127.0.0.1:PORT", "Sec-Fetch-Site": "cross-site"], 403),
        ] as [([String: String], Int)])
    func foreignOriginsAreRefused(_ fields: [String: String], _ status: Int) throws {
        let port = server.port
        let own = fields.mapValues { $0.replacing("PORT", with: "\(port)") }
        #expect(
            try server.ask("POST", "/api/v1/inspect", Self.mail.merging(own) { $1 }, body: Self.message).status
                == status)
        #expect(try server.ask("GET", "/", own).status == status)
        let form = [("token", try server.token()), ("message", Self.message)]
        #expect(try server.form(form, own).status == status)
    }

    @Test(arguments: ["", "x", String(repeating: "0", count: 64)])
    func formsNeedTheToken(_ token: String) throws {
        #expect(try server.form([("token", token), ("message", Self.message), ("output", "json")]).status == 403)
        #expect(try server.form([("message", Self.message), ("output", "html")]).status == 403)
    }

    @Test func tokensAreNewAtEachStart() throws {
        let other = try #require(try RunningServer())
        #expect(try other.token() != server.token())
        #expect(try other.token().count == 64)
    }

    // MARK: What every answer carries (T01, T09, T14)

    @Test(arguments: ["/", "/healthz", "/nothing", "/api/v1/checks", "/inspect"])
    func answersAreProtected(_ path: String) throws {
        let reply = try server.ask("GET", path)
        #expect(reply.field("Cache-Control") == "no-store")
        #expect(reply.field("X-Content-Type-Options") == "nosniff")
        #expect(reply.field("Referrer-Policy") == "same-origin")
        #expect(reply.field("Cross-Origin-Resource-Policy") == "same-origin")
        #expect(reply.field("Content-Security-Policy")?.contains("default-src 'none'") == true)
        #expect(reply.field("Content-Security-Policy")?.contains("unsafe") == false)
        for absent in ["Access-Control-Allow-Origin", "Set-Cookie", "Server"] { #expect(reply.field(absent) == nil) }
    }

    // MARK: Requests that are two (T15)

    @Test(arguments: [
        "POST /api/v1/inspect HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/v1/inspect HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nFrom: ",
        "POST /api/v1/inspect HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: HOST\r\nX: a\r\n b\r\n\r\n", "GET / HTTP/1.1\r\nHost : HOST\r\n\r\n",
        "GET / HTTP/1.1\nHost: HOST\n\n",
        "GET / HTTP/9.9\r\nHost: HOST\r\n\r\n", "nonsense\r\n\r\n", "GET / HTTP/1.1\r\nHost: HOST\r\nX: \u{0}\r\n\r\n",
    ])
    func ambiguousRequestsAreRefused(_ request: String) throws {
        let reply = try server.exchange(request.replacing("HOST", with: "127.0.0.1:\(server.port)"), seconds: 1)
        #expect(
            reply.status == 400 || reply.status == 0 || reply.status >= 405 || request.contains("\n b")
                || !request.contains("\r"), "\(reply.status)")
        // Whatever became of it: there is one answer, and the server goes on.
        #expect(reply.body.components(separatedBy: "HTTP/1.1 200").count == 1)
        #expect(try server.ask("GET", "/healthz").status == 200)
    }

    @Test func hugeHeadersAreRefused() throws {
        let reply = try server.ask("GET", "/", ["X-Long": String(repeating: "x", count: 100_000)])
        #expect(reply.status == 431 || reply.status == 400 || reply.status == 0)
        #expect(try server.ask("GET", "/healthz").status == 200)
    }

    // MARK: The form

    @Test(arguments: [
        ("page", "text/html; charset=utf-8", "<textarea"), ("html", "text/html; charset=utf-8", "<!doctype html>"),
        ("json", "application/json", "\"backstamp-report\""), ("both", "application/json", "\"summary\":"),
        ("redacted", "message/rfc822", "From: Name1 <user"),
    ])
    func formGivesEachOutput(_ output: String, _ type: String, _ text: String) throws {
        let form = [("token", try server.token()), ("output", output), ("message", Self.message)]
        let reply = try server.form(form)
        #expect(reply.status == 200)
        #expect(reply.field("Content-Type") == type)
        #expect(reply.body.contains(text))
        #expect((reply.field("Content-Disposition") != nil) == ["html", "json", "redacted"].contains(output))
        #expect(!reply.body.contains("<b>hi</b>") || output == "redacted" || output == "json")
    }

    @Test func ofAMailboxTheFirstIsTaken() throws {
        let mailbox =
            "From a Fri Nov 20 09:00:00 2026\n\(Self.message)\n\nFrom b Fri Nov 20 09:00:00 2026\nSubject: second\n\nx\n"
        let reply = try server.form([("token", try server.token()), ("output", "both"), ("message", mailbox)])
        #expect(reply.body.contains("the first of its 2 messages"))
        #expect(!reply.body.contains("\"value\": \"second\""))
    }

    @Test func namesAreShownBeforeTheyAreAsked() throws {
        let reply = try server.form([("token", try server.token()), ("message", Self.message)])
        #expect(reply.body.contains("<li>example.com</li>"))
    }

    @Test func damagedFormsAreRefused() throws {
        let type = ["Content-Type": "multipart/form-data; boundary=xx"]
        for body in [
            "", "--xx", "--xx\r\n", "--xx\r\nno header\r\n--xx--", "--yy--",
            String(repeating: "--xx\r\n\r\n\r\n", count: 500),
        ] {
            #expect([400, 403].contains(try server.ask("POST", "/inspect", type, body: body).status))
        }
        #expect(try server.ask("POST", "/inspect", ["Content-Type": "multipart/form-data"], body: "x").status == 400)
        #expect(try server.ask("POST", "/inspect", ["Content-Type": "application/json"], body: "{}").status == 415)
    }

    // MARK: The process

    @Test func itStopsWhenTold() throws {
        let other = try #require(try RunningServer())
        #expect(try other.ask("GET", "/healthz").status == 200)
        #expect(other.stop() == 0)
    }

    @Test func aPortInUseIsSaid() throws {
        let run = try Command(["serve", "--port", "\(server.port)"])
        #expect(run.status == 2)
        #expect(run.errors.contains("is in use"))
    }

    /// Only this machine's own addresses: nothing listens on others.
    @Test func nothingElseIsListenedOn() throws {
        let hex = String(format: ":%04X", server.port)
        for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
            let lines = (try? String(contentsOfFile: table, encoding: .utf8))?.split(separator: "\n").dropFirst() ?? []
            for line in lines {
                let columns = line.split(separator: " ")
                guard columns.count > 3, columns[3] == "0A", columns[1].hasSuffix(hex) else { continue }
                #expect(columns[1].hasPrefix("0100007F:") || columns[1].hasPrefix("00000000000000000000000001000000:"))
            }
        }
    }
}
