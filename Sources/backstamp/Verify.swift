import ArgumentParser
import Authentication
import DNS
import Checks
import Inspection
import Intake
import Mail
import Phrases
import Rendering

/// What the verbs that verify have in common.
struct VerifierOptions: ParsableArguments {
    @Option(help: "How to write the result: plain or json; by default as the ending of -o says, else plain.")
    var format: VerifierFormat?

    @OptionGroup var text: TextOptions

    @OptionGroup var chosen: LanguageOption

    @Flag(name: .shortAndLong, help: "Print the result only.")
    var quiet = false

    @OptionGroup(title: "DNS") var dns: DNSOptions

    @OptionGroup var now: MomentOption

    enum VerifierFormat: String, CaseIterable, ExpressibleByArgument { case plain, json }

    func validate() throws {
        try dns.needAnswers()
        _ = try chosenFormat()
    }

    /// As the user says, else as the ending of the file.
    private func chosenFormat() throws -> ResultFormat {
        if let format { return format == .json ? .json : .plain }
        return try Output.format(for: text.output, among: [.plain, .json]) == .json ? .json : .plain
    }

    /// Verifies, prints, and ends with the status of the result.
    /// - Parameter inputs: files that are read, besides a recording.
    func run(
        reading inputs: [FilePath] = [],
        _ work: @escaping @Sendable (any Resolver, DateTime) async -> Verification.Outcome
    ) throws {
        let target = Output(besides: inputs + dns.inputs)
        try target.check(text.output)
        if let path = dns.recordDns { try target.check(path) }
        let zone = try dns.recording()
        let moment = now.moment(zone)
        let resolver = RememberingResolver(
            dns.makeResolver(replaying: zone, dns.network()), limit: dns.dnsQuestions)
        let verification = Console.waiting {
            let outcome = await work(resolver, moment)
            return Verification(outcome, await resolver.transcript())
        }
        let result =
            quiet
            ? "\(verification.result.rawValue)\n"
            : verification.written(as: try chosenFormat(), width: text.columns, in: chosen.language)
        try target.write(result, to: text.output)
        if let path = dns.recordDns {
            try target.write(Zone(at: moment, verification.transcript).description, to: path)
        }
        switch verification.result {
        case .pass, .none, .neutral: return
        case .fail, .softfail, .policy, .permerror: throw ExitCode(Exit.findings.rawValue)
        case .temperror: throw ExitCode(Exit.inconclusive.rawValue)
        }
    }

    static let exits =
        "Exit status: 0 pass, none or neutral; 1 fail, softfail, policy or permerror; 2 wrong use; 3 an input could not be read; 4 temperror."
}

/// A message that a verifier reads.
struct MessageArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The message; \"-\" or nothing for standard input.", valueName: "file"), completion: .file())
    var file = FilePath.standard

    func message() throws -> Message {
        do throws(UnreadableInput) {
            let input = try Input(path: file, limit: Limits()[.input])
            return Message(Source(input.bytes, cut: input.cut))
        } catch {
            throw Failure(.unreadable, error.sentence.description)
        }
    }
}

struct VerifySPF: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spf",
        abstract: "Say whether a host may send for a domain, and by which term of its policy (RFC 7208).",
        discussion: """
            \(VerifierOptions.exits)

            Example: backstamp spf --client-ip 192.0.2.1 --helo mail.example.com --mail-from ann@example.com
            """)

    @Option(
        name: .customLong("client-ip"), help: ArgumentHelp("The address that hands mail over.", valueName: "address"))
    var clientIP: String

    @Option(help: ArgumentHelp("What it calls itself.", valueName: "name"))
    var helo = ""

    @Option(help: ArgumentHelp("The envelope's sender; without it the HELO name is verified.", valueName: "address"))
    var mailFrom = ""

    @OptionGroup var options: VerifierOptions

    func validate() throws {
        guard IPAddress(clientIP) != nil else {
            throw ValidationError("--client-ip wants an IP address, not \"\(clientIP)\".")
        }
        if helo.isEmpty, mailFrom.isEmpty {
            throw ValidationError("SPF is about a name: give --mail-from, --helo or both.")
        }
    }

    func run() throws {
        guard let client = IPAddress(clientIP) else { return }
        let request = SPF.Request(client: client, mailFrom: mailFrom, hello: helo)
        try options.run { .spf(await SPF.evaluate(request, asking: $0, now: $1)) }
    }
}

struct VerifyDKIM: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dkim", abstract: "Verify a message's DKIM signatures (RFC 6376).",
        discussion: """
            \(VerifierOptions.exits) Of several signatures the best counts.

            Example: backstamp dkim mail.eml
            """)

    @OptionGroup var input: MessageArgument
    @OptionGroup var options: VerifierOptions

    func run() throws {
        let message = try input.message()
        try options.run(reading: [input.file]) { resolver, now in
            .dkim(await DKIM.verify(message, asking: resolver, at: Inspection(of: message, at: now).received))
        }
    }
}

struct VerifyARC: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arc", abstract: "Verify a message's chain of ARC seals (RFC 8617).",
        discussion: """
            \(VerifierOptions.exits)

            Example: backstamp arc mail.eml
            """)

    @OptionGroup var input: MessageArgument
    @OptionGroup var options: VerifierOptions

    func run() throws {
        let message = try input.message()
        try options.run(reading: [input.file]) { resolver, now in
            .arc(await ARC.verify(message, asking: resolver, at: Inspection(of: message, at: now).received))
        }
    }
}

struct VerifyDMARC: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dmarc",
        abstract: "Say what a domain's DMARC policy makes of what SPF and DKIM verified (RFC 9989).",
        discussion: """
            \(VerifierOptions.exits)

            Example: backstamp dmarc --from example.com --dkim mail.example.com
            """)

    @Option(help: ArgumentHelp("The address in From, or its domain.", valueName: "domain"))
    var from: String

    private var author: String { from.split(separator: "@").last.map(String.init) ?? "" }

    @Option(help: ArgumentHelp("The domain that SPF passed for, if it did.", valueName: "domain"))
    var spf: String?

    @Option(help: ArgumentHelp("A domain whose DKIM signature is right; may be repeated.", valueName: "domain"))
    var dkim: [String] = []

    @OptionGroup var options: VerifierOptions

    func validate() throws {
        for name in [author] + (spf.map { [$0] } ?? []) + dkim where !Domain(name).isHostName {
            throw ValidationError("\"\(name)\" is no domain.")
        }
    }

    func run() throws {
        let identifiers =
            (spf.map { [DMARC.Identifier(.spf, Domain($0), .pass)] } ?? [])
            + dkim.map { DMARC.Identifier(.dkim, Domain($0), .pass) }
        let domain = Domain(author)
        try options.run { resolver, _ in .dmarc(await DMARC.evaluate(author: domain, identifiers, asking: resolver)) }
    }
}
