public import ArgumentParser
import DNS
public import Inspection
import Intake
import Mail
public import Rendering
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

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to a file; several HTML reports to a directory.", valueName: "file"))
    var output: FilePath?

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

    @Option(help: ArgumentHelp("Columns of plain text.", valueName: "columns"))
    var width: Int?

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
        if let width, !(40...400).contains(width) { throw ValidationError("--width wants a number from 40 to 400.") }
        if let clientIP, IPAddress(clientIP) == nil {
            throw ValidationError("--client-ip wants an IP address, not \"\(clientIP)\".")
        }
        if [inner, outer, fromBody].count(where: { $0 }) > 1 {
            throw ValidationError("--inner, --outer and --from-body exclude one another.")
        }
        var hosts = TrustedHosts()
        for text in Self.items(trust) where !hosts.add(text) {
            throw ValidationError("--trust wants a host name or a network such as 192.0.2.0/24, not \"\(text)\".")
        }
        for text in Self.items(protect) where !Domain(text).isHostName {
            throw ValidationError("--protect wants a domain such as example.com, not \"\(text)\".")
        }
        for text in Self.items(limit) where Self.limit(text) == nil {
            throw ValidationError("--limit wants a name and a number, such as nesting=1000, not \"\(text)\".")
        }
        if format == nil { _ = try Output.format(for: output) }
        let known = Set(allChecks.map { $0.about.id })
        for id in Self.items(ignore) where !known.contains(id) {
            throw ValidationError("There is no check \"\(id)\"; \"backstamp explain\" lists them.")
        }
    }

    /// An option may be repeated, and may hold several items between commas.
    private static func items(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",").map(String.init) }
    }

    private static func limit(_ text: String) -> (name: Limits.Name, value: Int)? {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let name = Limits.Name.allCases.first(where: { $0.id == parts[0] }),
            let value = Int(parts[1]), value >= 0
        else { return nil }
        return (name, value)
    }

    private var limits: Limits {
        var limits = Limits()
        for text in Self.items(limit) { if let (name, value) = Self.limit(text) { limits[name] = value } }
        return limits
    }

    func run() throws {
        let paths = files.isEmpty ? [.standard] : files
        if paths == [.standard], Console.isInputTerminal {
            Console.hint("Paste the source of a message, then press Control-D.")
        }
        let isSeveral = paths.count > 1
        let format = try format ?? Output.format(for: output) ?? .plain
        let toDirectory = isSeveral && format == .html
        let target = Output(besides: paths + dns.inputs + look.templates.inputs)
        let pages: [FilePath?] = paths.enumerated().map { index, path in
            output?.appending(Self.fileName("\(path)", index + 1) + ".html")
        }
        for path in toDirectory ? pages : [output] { try target.check(path) }
        if let path = dns.recordDns { try target.check(path) }
        let zone = try dns.recording()
        let network = dns.network()
        let templates = try look.templates.read()
        var recording = Zone()
        var exit = Exit.success
        if toDirectory {
            guard let output else { throw Failure(.wrongUse, "Several HTML reports need a directory: -o DIRECTORY.") }
            try Output.makeDirectory(output)
        }
        // A file is written when all messages have been read.
        var collected: String?
        var run: [(report: Report, name: String)] = []
        for (index, path) in paths.enumerated() {
            let input: Input
            do throws(UnreadableInput) { input = try Input(path: path, limit: limits[.input]) } catch {
                Console.complain(error.sentence)
                exit = max(exit, .unreadable)
                continue
            }
            let resolver = dns.offline ? nil : dns.makeResolver(replaying: zone, network)
            let report: Report
            do {
                report = try self.report(on: input, asking: resolver, at: now.moment(zone))
            } catch let failure as Failure where isSeveral {
                Console.complain("\(input.name ?? "standard input"): \(failure.sentence)")
                exit = max(exit, .unreadable)
                continue
            }
            if dns.recordDns != nil {
                for one in [report] + report.others { recording.add(one.inspection.recording) }
            }
            exit = max(exit, self.exit(report))
            if format.isOneRun {
                run.append((report, input.name ?? "stdin"))
                continue
            }
            let text = report.written(as: format, appearance(input, isSeveral: isSeveral, templates))
            if toDirectory {
                try target.write(text, to: pages[index])
            } else {
                let heading =
                    isSeveral && format == .plain
                    ? "\(index > 0 ? "\n" : "")==> \((input.name ?? "standard input").printable) <==\n" : ""
                if output == nil {
                    Console.write(heading + text)
                } else {
                    collected = (collected ?? "") + heading + text
                }
            }
        }
        if format.isOneRun, !run.isEmpty {
            let all = BuildRun(run, threshold: failOn ?? Appearance().threshold)
            let text = format == .sarif ? all.sarif() : all.junit()
            if output == nil { Console.write(text) } else { collected = text }
        }
        if let output, let collected { try target.write(collected, to: output) }
        if let path = dns.recordDns { try target.write(recording.description, to: path) }
        if exit != .success { throw ExitCode(exit.rawValue) }
    }

    /// Looks at the message that the user wants to know of, and at those around and inside of it.
    private func report(on input: Input, asking resolver: (any Resolver)?, at moment: DateTime) throws -> Report {
        let source = Source(input.bytes, cut: input.cut, limits: limits)
        let examination = examination(at: moment)
        do throws(Examination.Nothing) {
            guard let resolver else { return try examination.report(on: source) }
            return try Console.waiting { () async -> Result<Report, Examination.Nothing> in
                do throws(Examination.Nothing) {
                    return .success(try await examination.report(on: source, asking: resolver))
                } catch { return .failure(error) }
            }.get()
        } catch { throw Failure(.unreadable, error.sentence) }
    }

    private func examination(at moment: DateTime) -> Examination {
        var examination = Examination(now: moment)
        examination.choice = fromBody ? .pasted : inner ? .inner : outer ? .outer : .automatic
        examination.envelope = Envelope(
            clientAddress: clientIP.flatMap { IPAddress($0) }, hello: helo, mailFrom: mailFrom)
        for text in Self.items(trust) { _ = examination.trusted.add(text) }
        examination.protected = Self.items(protect).map { Domain($0) }
        examination.blocklists = blocklists.lists
        examination.budget = dns.budget
        examination.ignored = Set(Self.items(ignore))
        return examination
    }

    private func appearance(_ input: Input, isSeveral: Bool, _ templates: Templates) -> Appearance {
        var appearance = Appearance()
        appearance.width = width ?? (output == nil ? Console.width : 80)
        let wantsNone = Console.environment("NO_COLOR")?.isEmpty == false
        appearance.isColored =
            switch color {
            case .always: true
            case .never: false
            case .auto: output == nil && Console.isTerminal && !wantsNone && Console.environment("TERM") != "dumb"
            }
        appearance.isQuiet = quiet
        appearance.isVerbose = verbose
        appearance.showsAllHops = allHops
        appearance.isCompact = isSeveral
        appearance.inputName = input.name
        if let failOn { appearance.threshold = failOn }
        appearance.templates = templates
        appearance.language = look.language
        return appearance
    }

    private func exit(_ report: Report) -> Exit {
        guard let failOn else { return .success }
        if let worst = report.worstOfAll, worst >= failOn { return .findings }
        return report.unchecked.contains(where: \.isInconclusive) ? .inconclusive : .success
    }

    /// A file's name without folders, made of harmless characters, numbered so that no two are the same.
    private static func fileName(_ path: String, _ number: Int) -> String {
        let last = path.split(separator: "/").last ?? "message"
        let name = last.unicodeScalars.prefix(80).map { scalar -> Character in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "-_.".unicodeScalars.contains(scalar))
                ? Character(scalar) : "_"
        }
        return "\(number)-\(String(name))"
    }
}

extension Format: ExpressibleByArgument {}
extension DomainReport.Format: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
