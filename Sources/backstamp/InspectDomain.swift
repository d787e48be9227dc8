import ArgumentParser
import DNS
import Checks
import DomainAudit
import Intake
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

    @Option(help: "How to write the report; by default as the ending of -o says, else plain.")
    var format: ResultFormat?

    @OptionGroup var text: TextOptions

    @OptionGroup var look: LookOptions

    @OptionGroup(title: "DNS") var dns: DNSOptions

    @OptionGroup var now: MomentOption

    func validate() throws {
        try dns.needAnswers()
        guard Domain(name).isHostName else { throw ValidationError("\"\(name)\" is no domain.") }
        _ = try chosenFormat()
    }

    /// As the user says, else as the ending of the file.
    private func chosenFormat() throws -> ResultFormat {
        if let format { return format }
        let formats = Format.allCases.filter { ResultFormat(rawValue: $0.rawValue) != nil }
        let asked = try Output.format(for: text.output, among: formats)
        return asked.flatMap { ResultFormat(rawValue: $0.rawValue) } ?? .plain
    }

    func run() throws {
        let target = Output(besides: dns.inputs + look.templates.inputs)
        try target.check(text.output)
        if let path = dns.recordDns { try target.check(path) }
        let zone = try dns.recording()
        let resolver = dns.makeResolver(replaying: zone, dns.network())
        let (domain, selectors, moment, budget) = (Domain(name), selector, now.moment(zone), dns.budget)
        let inspection = Console.waiting {
            await DomainInspection(of: domain, selectors: selectors, asking: resolver, at: moment, within: budget)
        }
        let report = DomainReport(inspection, try look.templates.read(), in: look.language)
        try target.write(report.written(as: try chosenFormat(), width: text.columns), to: text.output)
        if let path = dns.recordDns {
            try target.write(Zone(at: moment, inspection.transcript).description, to: path)
        }
        if let failOn, inspection.problems.contains(where: { $0.severity >= failOn }) {
            throw ExitCode(Exit.findings.rawValue)
        }
        if case .failure(let failure) = inspection.exchanges, failure.isInconclusive {
            throw ExitCode(Exit.inconclusive.rawValue)
        }
    }
}
