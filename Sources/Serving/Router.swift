import Glibc
import HTTPTypes
import HummingbirdCore
import Mail
import Phrases
import NIOCore

/// Takes every request: turns away who may not ask, finds the way, and protects every answer.
struct Router: Sendable {
    let handlers: Handlers
    let requestGuard: RequestGuard
    /// The content security policy of the page.
    let policy: String

    /// Why a request is not looked at: who asks, or how much would come.
    func refusal(_ request: Request) -> Refusal? {
        if let refusal = requestGuard.refusal(request) { return refusal }
        guard let length = request.headers[.contentLength].flatMap(Int.init), length > handlers.limit else {
            return nil
        }
        return handlers.tooLong
    }

    func respond(to request: Request, refusing refusal: Refusal?) async -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        let language = handlers.language(request, request.uri.queryParameters["lang"].map(String.init))
        var answer: Answer
        do throws(Refusal) {
            if let refusal { throw refusal }
            answer = try await route(request, language)
        } catch {
            answer = Answer(error.response(in: language))
            // What was not read of a refused request is not waited for.
            answer.response.headers[.connection] = "close"
        }
        answer.response.headers[.date] = DateTime(seconds: time(nil)).imfFixdate
        RequestGuard.protect(&answer.response, policy: answer.isPage ? policy : nil)
        let time = (clock.now - start).components
        handlers.options.log(
            "\(request.method) \(answer.response.status.code) \(answer.size) bytes \(time.seconds * 1000 + time.attoseconds / 1_000_000_000_000_000) ms"
        )
        return request.method == .head ? answer.response.createHeadResponse() : answer.response
    }

    private func route(_ request: Request, _ language: Language) async throws(Refusal) -> Answer {
        let routes: [(path: String, method: HTTPRequest.Method)] = [
            ("/", .get), ("/inspect", .post), ("/healthz", .get), ("/openapi.json", .get), ("/api/v1/checks", .get),
            ("/api/v1/inspect", .post),
        ]
        let path = request.uri.path
        let method = request.method == .head ? .get : request.method
        guard let found = routes.first(where: { $0.path == path }) else {
            throw Refusal(.notFound, "There is nothing here; the page is at /.")
        }
        guard method == found.method else {
            var response = Refusal(.methodNotAllowed, "This takes \(term: found.method.rawValue) only.").response(
                in: language)
            response.headers[.allow] = found.method == .get ? "GET, HEAD" : "POST"
            return Answer(response)
        }
        switch path {
        case "/": return handlers.page(request, token: requestGuard.token)
        case "/inspect": return try await handlers.inspectForm(request, requestGuard)
        case "/api/v1/inspect": return try await handlers.inspect(request)
        case "/api/v1/checks": return Answer(.ok, "application/json", handlers.checks)
        case "/openapi.json": return Answer(.ok, "application/json", handlers.description)
        default: return Answer(.ok, "text/plain; charset=utf-8", "ok\n")
        }
    }
}

/// A response, and what the log is told of it.
struct Answer {
    var response: Response
    /// Whether it is the page, which has a style and a script.
    var isPage = false
    /// Bytes of the message that it is about.
    var size = 0

    init(_ response: Response) { self.response = response }

    init(_ status: HTTPResponse.Status, _ type: String, _ text: String) {
        response = Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    init(_ status: HTTPResponse.Status, _ type: String, bytes: [UInt8]) {
        response = Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
