import ArgumentParser
import DNS
import Inspection
import Mail
import Rendering

/// Reports on what a domain publishes.
struct InspectDomain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "domain",
        abstract: "Show what a domain publishes about mail, what is wrong with it, and the record to publish.",
        discussion: """
            Exit status: 0 a report was made; 1 with --fail-on, a problem at or above it; 2 wrong use; 4 DNS could not be asked.

            Example: backstamp domain example.com --selector s1
            """)

    @Argument(help: ArgumentHelp("The domain.", valueName: "name")) var name: String

    @Option(help: ArgumentHelp("A DKIM selector to look at; may be repeated.", valueName: "selector"))
    var selector: [String] = []

    @Option(help: "End with status 1 if there is a problem of this severity or above.")
    var failOn: Severity?

    @OptionGroup var options: VerifierOptions

    func validate() throws {
        guard Domain(name).isHostName else { throw ValidationError("\"\(name)\" is no domain.") }
    }

    func run() throws {
        let zone = try options.dns.recording()
        let resolver = options.dns.makeResolver(replaying: zone, options.dns.network())
        let (domain, selectors) = (Domain(name), selector)
        let inspection = Console.waiting { await DomainInspection(of: domain, selectors: selectors, asking: resolver) }
        Console.write(DomainReport(inspection).written(isJSON: options.format == .json, width: Console.width))
        let moment = options.now.flatMap { DateTime(rfc3339: $0) } ?? zone?.time ?? DateTime(seconds: Console.now)
        if let path = options.dns.recordDns {
            try Console.write(Zone(at: moment, inspection.transcript).description, toFile: path)
        }
        if let failOn, inspection.problems.contains(where: { $0.severity >= failOn }) {
            throw ExitCode(Exit.findings.rawValue)
        }
        if case .failure(let failure) = inspection.exchanges, failure.isInconclusive {
            throw ExitCode(Exit.inconclusive.rawValue)
        }
    }
}
