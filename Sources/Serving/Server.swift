package import DNS
package import Phrases
import HummingbirdCore
import HTTPTypes
import Logging
package import Mail
import NIOCore
import NIOPosix
import Rendering
import ServiceLifecycle
import UnixSignals
package import Templates

/// The page to paste into and the HTTP interface, for this machine alone.
package struct Server: Sendable {
    /// How it is to run.
    package struct Options: Sendable {
        /// 0 for any that is free.
        package var port = 8737
        /// Bytes of the largest message that is taken.
        package var maximumUpload = 25 << 20
        /// Seconds that sending a request may take.
        package var uploadTime = 60
        package var limits = Limits()
        package var budget = DNSBudget()
        package var templates = Templates.builtIn
        /// The language of those who ask for none.
        package var language = Language.english
        /// Whom DNS questions go to.
        package var makeResolver: @Sendable () -> any DNS.Resolver
        /// The moment that counts as now.
        package var now: @Sendable () -> DateTime
        /// Takes a line about each request: never more of a message than its size and duration.
        package var log: @Sendable (String) -> Void

        package init(
            makeResolver: @escaping @Sendable () -> any DNS.Resolver, now: @escaping @Sendable () -> DateTime,
            log: @escaping @Sendable (String) -> Void
        ) {
            self.makeResolver = makeResolver
            self.now = now
            self.log = log
        }
    }

    /// Why it cannot be started, in one sentence.
    package struct Unavailable: Error, Sendable {
        package let sentence: Phrase
    }

    private let options: Options

    package init(_ options: Options) { self.options = options }

    /// Serves until the program is told to stop (SIGINT, SIGTERM); requests that have begun are answered first.
    ///
    /// - Parameter ready: called once, with the page's address.
    package func run(ready: @escaping @Sendable (String) -> Void) async throws {
        guard let (port, hasIPv6) = Loopback.port(options.port) else {
            throw Unavailable(
                sentence: "Port \(term: String(options.port)) is in use; --port names another, 0 any that is free.")
        }
        let router = Router(
            handlers: Handlers(options), requestGuard: RequestGuard(port: port), policy: Page.policy(options.templates))
        var quiet = Logger(label: "backstamp")
        quiet.logLevel = .critical
        let services = try (hasIPv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"]).map { [quiet] address in
            try HTTPServerBuilder.http1(
                configuration: .init(
                    idleTimeout: .seconds(30),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
            ).buildServer(
                configuration: .init(
                    address: .hostname(address, port: port), serverName: nil,
                    availableConnectionsDelegate: MaximumAvailableConnections(256, logger: quiet)),
                eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet,
                responder: { request, writer, _ in
                    // A program that waits to be told to go on is told so, unless it is turned away. RFC 9110 §10.1.1
                    let refusal = router.refusal(request)
                    if refusal == nil, request.headers[.expect]?.lowercased() == "100-continue" {
                        try await writer.writeInformationalHead(HTTPResponse(status: .continue))
                    }
                    let response = await router.respond(to: request, refusing: refusal)
                    try await writer.write(response: response.head, body: response.body)
                },
                onServerRunning: { _ in if address == "127.0.0.1" { ready("http://127.0.0.1:\(port)/") } })
        }
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: quiet))
        try await group.run()
    }
}
