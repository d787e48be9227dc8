import Crypto
import Phrases
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Who may ask, and what every answer carries.
///
/// The page listens on this machine alone, but any website that the user visits can make the browser ask it. So only the
/// names of this machine are served (against DNS rebinding), nothing of a foreign origin is, and a form needs the token
/// that the page was given.
struct RequestGuard: Sendable {
    /// The only values of Host that are served.
    let hosts: Set<String>
    /// Made anew at each start; 256 bits.
    let token: String

    init(port: Int, token: String = Self.makeToken()) {
        hosts = Set(["127.0.0.1", "localhost", "[::1]"].flatMap { port == 80 ? [$0, "\($0):80"] : ["\($0):\(port)"] })
        self.token = token
    }

    private static func makeToken() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { bytes in
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    /// Why a request is turned away.
    func refusal(_ request: Request) -> Refusal? {
        // HTTP/1.1 without Host, or with another: RFC 9110 §7.4
        guard let host = request.head.authority, hosts.contains(host.lowercased()) else {
            return Refusal(.misdirectedRequest, "This page answers only under its own address on this machine.")
        }
        if let origin = request.headers[.origin], !hosts.contains(where: { origin.lowercased() == "http://\($0)" }) {
            return Refusal(.forbidden, "Requests from other websites are refused.")
        }
        // Fetch Metadata: https://www.w3.org/TR/fetch-metadata/
        if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" {
            return Refusal(.forbidden, "Requests from other websites are refused.")
        }
        return nil
    }

    /// Compares all of it, whatever the first difference is.
    func isToken(_ given: String?) -> Bool {
        guard let given, given.utf8.count == token.utf8.count else { return false }
        return zip(given.utf8, token.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// What every answer carries: it is not kept, not framed, not guessed at, and loads nothing.
    static func protect(_ response: inout Response, policy: String?) {
        response.headers[.contentSecurityPolicy] = policy ?? "default-src 'none'; frame-ancestors 'none'"
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        // With "no-referrer" a form would not say where it comes from. Fetch §3.1
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.resourcePolicy] = "same-origin"
        response.headers[.frameOptions] = "DENY"
    }
}

/// A request that is not served, and why, in one sentence.
struct Refusal: Error {
    let status: HTTPResponse.Status
    let sentence: Phrase
    /// Seconds after which to try again.
    let retryAfter: Int?

    init(_ status: HTTPResponse.Status, _ sentence: Phrase, retryAfter: Int? = nil) {
        self.status = status
        self.sentence = sentence
        self.retryAfter = retryAfter
    }

    func response(in language: Language) -> Response {
        var response = Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: language.text(sentence) + "\n")))
        if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
        return response
    }
}

extension HTTPField.Name {
    static let referrerPolicy = name("Referrer-Policy")
    static let openerPolicy = name("Cross-Origin-Opener-Policy")
    static let resourcePolicy = name("Cross-Origin-Resource-Policy")
    static let frameOptions = name("X-Frame-Options")
    static let secFetchSite = name("Sec-Fetch-Site")

    private static func name(_ text: StaticString) -> Self {
        guard let name = Self("\(text)") else { preconditionFailure("\(text) is no field's name") }
        return name
    }
}
