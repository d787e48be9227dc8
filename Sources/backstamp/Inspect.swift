import ArgumentParser
import DNS
package import Checks
import Inspection
import Intake
import Mail
import Phrases
package import Rendering
import Templates

/// Reads messages and reports on them.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Report on messages: where they have been, who they say they are from, what is wrong with them.",
        discussion: """
            Without a file, or for "-", the message is read from standard input. DNS is asked about the names in the \
            message unless --offline or --replay-dns is given.

            Exit status: 0 a report was made; 1 findings at or above --fail-on; 2 wrong use; 3 an input could not be \
            read; 4 with --fail-on, DNS could not be asked, or a library is not there.

            Examples:
              backstamp mail.eml
              backstamp inspect --offline --format json *.eml
              backstamp mail.eml -o report.html
            """)

    @Argument(help: ArgumentHelp("Messages to read.", valueName: "file"), completion: .file())
    var files: [FilePath] = []

    @Option(
        help:
            "How to write the report; by default as the ending of -o says, else plain."
    )
    var format: Format?

    @OptionGroup var text: TextOptions

    @Option(help: "When to use colour.")
    var color = Color.auto

    @OptionGroup var look: LookOptions

    @OptionGroup(title: "DNS") var dns: DNSOptions

    @OptionGroup(title: "Blocklists") var blocklists: BlocklistOptions

    @Option(
        help: ArgumentHelp(
            "A host or network whose Received fields you trust; may be repeated.", valueName: "host|cidr"))
    var trust: [String] = []

    @Option(
        help: ArgumentHelp(
            "A domain whose imitations you want to be told of, besides the recipients' own; may be repeated.",
            valueName: "domain"))
    var protect: [String] = []

    @Option(
        name: .customLong("client-ip"),
        help: ArgumentHelp("The address that handed the message over, if you know it.", valueName: "address"))
    var clientIP: String?

    @Option(help: ArgumentHelp("What that host called itself.", valueName: "name"))
    var helo: String?

    @Option(help: ArgumentHelp("The envelope's sender.", valueName: "address"))
    var mailFrom: String?

    @OptionGroup var now: MomentOption

    @Option(help: "End with status 1 if there is a finding of this severity or above.")
    var failOn: Severity?

    @Option(help: ArgumentHelp("Leave out a check; may be repeated.", valueName: "check"))
    var ignore: [String] = []

    @Option(
        help: ArgumentHelp(
            "Raise or lower a limit; may be repeated. Limits: \(Limits.Name.allCases.map(\.id).joined(separator: ", ")).",
            valueName: "name=number"))
    var limit: [String] = []

    @Flag(name: .shortAndLong, help: "Print the verdict only.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Print every place, every reason and every DNS question.")
    var verbose = false

    @Flag(help: "Report on the message inside, even when the one around it is more than a forward.")
    var inner = false

    @Flag(help: "Report on the message around, even when it only forwards another.")
    var outer = false

    @Flag(help: "Report on a message that somebody has pasted into the text, headers and all.")
    var fromBody = false

    @Flag(name: .long, help: "Show each hop, those inside one provider's system too.")
    var allHops = false

    enum Color: String, CaseIterable, ExpressibleByArgument { case auto, always, never }

    func validate() throws {
        if let clientIP, IPAddress(clientIP) == nil {
            throw ValidationError("--client-ip wants an IP address, not \"\(clientIP)\".")
        }
        if [inner, outer, fromBody].count(where: { $0 }) > 1 {
            throw ValidationError("--inner, --outer and --from-body exclude one another.")
        }
    }

    /// What the user says besides the bytes, but for the moment.
    private func makeOptions() throws(Failure) -> InspectionOptions {
        var options = InspectionOptions(now: DateTime(seconds: 0))
        options.choice = fromBody ? .pasted : inner ? .inner : outer ? .outer : .automatic
        options.envelope = Envelope(
            clientAddress: clientIP.flatMap { IPAddress($0) }, hello: helo, mailFrom: mailFrom)
        func read(_ option: String, _ texts: [String], _ read: (String) throws(BadItem) -> Void) throws(Failure) {
            for text in texts {
                do throws(BadItem) { try read(text) } catch {
                    throw Failure(.wrongUse, "--\(option) wants \(error.wanted), not \"\(error.item)\".")
                }
            }
        }
        try read("trust", trust) { text throws(BadItem) in try options.trust(text) }
        try read("protect", protect) { text throws(BadItem) in try options.protect(text) }
        try read("ignore", ignore) { text throws(BadItem) in try options.ignore(text) }
        options.blocklists = blocklists.lists
        options.budget = dns.budget
        return options
    }

    private func makeLimits() throws(Failure) -> Limits {
        var limits = Limits()
        for text in limit.flatMap({ $0.split(separator: ",").map(String.init) }) {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let name = Limits.Name.allCases.first(where: { $0.id == parts[0] }),
                let value = Int(parts[1]), value >= 0
            else {
                throw Failure(
                    .wrongUse, "--limit wants a name and a number, such as nesting=1000, not \"\(text)\".")
            }
            limits[name] = value
        }
        return limits
    }

    func run() throws {
        let paths = files.isEmpty ? [.standard] : files
        let (limits, options) = (try makeLimits(), try makeOptions())
        if paths == [.standard], Console.isInputTerminal {
            Console.hint("Paste the source of a message, then press Control-D.")
        }
        let format = try format ?? Output.format(for: text.output) ?? .plain
        let target = Output(besides: paths + dns.inputs + look.templates.inputs)
        if let path = dns.recordDns { try target.check(path) }
        var appearance = appearance
        appearance.templates = try look.templates.read()
        appearance.isCompact = paths.count > 1
        var sink = try ReportSink(
            format, of: paths, to: text.output, target, threshold: failOn ?? Appearance().threshold)
        let zone = try dns.recording()
        let network = dns.network()
        var recording = Zone()
        var exit = Exit.success
        for (index, path) in paths.enumerated() {
            let input: Input
            let report: Report
            do throws(Failure) {
                input = try Self.input(path, limits)
                var options = options
                options.now = now.moment(zone)
                let resolver = dns.offline ? nil : dns.makeResolver(replaying: zone, network)
                report = try Self.report(on: Source(input.bytes, cut: input.cut, limits: limits), options, resolver)
            } catch {
                Console.complain(error.sentence)
                exit = max(exit, error.exit)
                continue
            }
            if dns.recordDns != nil {
                for one in [report] + report.others { recording.add(one.inspection.recording) }
            }
            exit = max(exit, self.exit(report))
            appearance.inputName = input.name
            try sink.add(report, at: index, appearance)
        }
        try sink.finish()
        if let path = dns.recordDns { try target.write(recording.description, to: path) }
        if exit != .success { throw ExitCode(exit.rawValue) }
    }

    private static func input(_ path: FilePath, _ limits: Limits) throws(Failure) -> Input {
        do throws(UnreadableInput) { return try Input(path: path, limit: limits[.input]) } catch {
            throw Failure(.unreadable, error.sentence.description)
        }
    }

    /// Looks at the message that the user wants to know of, and at those around and inside of it.
    private static func report(on source: Source, _ options: InspectionOptions, _ resolver: (any Resolver)?)
        throws(Failure) -> Report
    {
        do throws(InspectionOptions.NoSuchMessage) {
            guard let resolver else { return try options.report(on: source) }
            return try Console.waiting { () async -> Result<Report, InspectionOptions.NoSuchMessage> in
                do throws(InspectionOptions.NoSuchMessage) {
                    return .success(try await options.report(on: source, asking: resolver))
                } catch { return .failure(error) }
            }.get()
        } catch { throw Failure(.unreadable, error.sentence.description) }
    }

    private var appearance: Appearance {
        var appearance = Appearance()
        appearance.width = text.columns
        let wantsNone = Console.environment("NO_COLOR")?.isEmpty == false
        appearance.isColored =
            switch color {
            case .always: true
            case .never: false
            case .auto:
                text.output == nil && Console.isTerminal && !wantsNone && Console.environment("TERM") != "dumb"
            }
        appearance.isQuiet = quiet
        appearance.isVerbose = verbose
        appearance.showsAllHops = allHops
        if let failOn { appearance.threshold = failOn }
        appearance.language = look.language
        return appearance
    }

    private func exit(_ report: Report) -> Exit {
        guard let failOn else { return .success }
        if let worst = report.worstOfAll, worst >= failOn { return .findings }
        return report.unchecked.contains(where: \.isInconclusive) ? .inconclusive : .success
    }
}

extension Format: ExpressibleByArgument {}
extension ResultFormat: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
