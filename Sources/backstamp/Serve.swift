import ArgumentParser
import DNS
import Intake
import Mail
import Phrases
import Rendering
import Serving

/// The page to paste into.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a page to paste a message into, and an HTTP interface, to this machine alone.",
        discussion: """
            Prints the page's address, and serves it until it is stopped (Control-C). Nobody but this machine can reach \
            it; nothing is stored. DNS is asked only for who ticks it on the page, or says dns=1.

            Example: backstamp serve --port 8080
            """)

    @Option(help: ArgumentHelp("The port on 127.0.0.1 and ::1; 0 for any that is free.", valueName: "number"))
    var port = 8737

    @Option(help: ArgumentHelp("The largest message that is taken, in MB.", valueName: "megabytes"))
    var maxUpload = 25

    @OptionGroup var look: LookOptions

    @OptionGroup(title: "DNS") var dns: DNSOptions

    @Flag(name: .shortAndLong, help: "Print no line for each request.")
    var quiet = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port wants a number from 0 to 65535.") }
        guard (1...1024).contains(maxUpload) else {
            throw ValidationError("--max-upload wants megabytes, from 1 to 1024.")
        }
        if dns.recordDns != nil { throw ValidationError("--record-dns is for inspect; serve keeps nothing.") }
    }

    func run() throws {
        let zone = try dns.recording()
        let network = dns.network()
        let dns = self.dns
        let isQuiet = quiet
        var options = Server.Options(
            makeResolver: {
                dns.offline
                    ? UnreachableResolver("the program was started with --offline")
                    : dns.makeResolver(replaying: zone, network)
            },
            now: { zone?.time ?? DateTime(seconds: Console.now) },
            log: { line in if !isQuiet { Console.hint(line) } })
        options.port = port
        options.maximumUpload = maxUpload << 20
        options.limits[.input] = max(options.limits[.input], maxUpload << 20)
        options.budget = dns.budget
        options.templates = try look.templates.read()
        options.language = look.language
        let server = Server(options)
        let outcome = Console.waiting { () async -> String? in
            do {
                try await server.run { address in Console.write("\(address)\n") }
                return nil
            } catch let error as Server.Unavailable { return error.sentence.description } catch {
                return "The server could not be started: \(error)"
            }
        }
        if let outcome { throw Failure(.wrongUse, outcome) }
    }
}
