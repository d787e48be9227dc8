import ArgumentParser
import DNS
import Intake
import Mail
import Phrases

/// How DNS is asked; the same for every verb that asks it.
struct DNSOptions: ParsableArguments {
    @Flag(help: "Ask DNS nothing: no packet leaves the machine.")
    var offline = false

    @Option(help: ArgumentHelp("Write every DNS answer to a file, to be replayed.", valueName: "file"))
    var recordDns: FilePath?

    @Option(help: ArgumentHelp("Take DNS answers, and the present moment, from such a file.", valueName: "file"))
    var replayDns: FilePath?

    @Option(help: ArgumentHelp("Ask this resolver instead of the system's.", valueName: "address[:port]"))
    var resolver: String?

    @Option(help: ArgumentHelp("How long all DNS questions may take together.", valueName: "seconds"))
    var dnsTimeout = 5.0

    @Option(help: ArgumentHelp("How many different DNS questions may be asked for one message.", valueName: "number"))
    var dnsQuestions = 200

    /// Files that are read.
    var inputs: [FilePath] { replayDns.map { [$0] } ?? [] }

    var budget: DNSBudget { DNSBudget(seconds: dnsTimeout, questions: dnsQuestions) }

    func validate() throws {
        if offline, replayDns != nil { throw ValidationError("--offline and --replay-dns exclude each other.") }
        if offline, recordDns != nil { throw ValidationError("--offline and --record-dns exclude each other.") }
        if replayDns != nil, resolver != nil {
            throw ValidationError("--replay-dns and --resolver exclude each other.")
        }
        if let resolver, NameServer(resolver) == nil {
            throw ValidationError(
                "--resolver wants an address, and perhaps a port: 192.0.2.53, 192.0.2.53:5353, [2001:db8::53]:5353.")
        }
        guard (1...10_000).contains(dnsQuestions) else {
            throw ValidationError("--dns-questions wants a number from 1 to 10000.")
        }
        guard dnsTimeout > 0, dnsTimeout <= 600 else {
            throw ValidationError("--dns-timeout wants seconds, more than 0 and at most 600.")
        }
    }

    /// For verbs that do nothing but ask.
    func needAnswers() throws {
        if offline {
            throw ValidationError(
                "Verifying needs DNS: --offline leaves nothing to be done; --replay-dns asks a recording.")
        }
    }

    /// The recording to replay, if the user named one.
    func recording() throws(Failure) -> Zone? {
        guard let path = replayDns else { return nil }
        let text: [UInt8]
        do throws(UnreadableInput) { text = try Input(path: path).bytes } catch {
            throw Failure(.unreadable, error.sentence.description)
        }
        do throws(Zone.BadLine) { return try Zone(String(decoding: text, as: UTF8.self)) } catch {
            throw Failure(.unreadable, "\(path) is no recording of DNS: line \(error.line): \(error.reason).")
        }
    }

    /// Whom one message's questions go to, unless none are asked.
    func makeResolver(replaying zone: Zone?, _ network: Network) -> any Resolver {
        if let zone { return RecordedResolver(zone) }
        guard UnboundResolver.isThere else { return UnreachableResolver("libunbound could not be loaded") }
        if let reason = network.unreachable { return UnreachableResolver(reason) }
        return UnboundResolver(asking: network.servers, isExplicit: resolver != nil, budget: dnsTimeout)
            ?? UnreachableResolver("the resolver library could not be started") as any Resolver
    }

    /// The resolvers to ask, and whether they can be asked at all; found out once for all messages.
    struct Network {
        var servers: [NameServer] = []
        var unreachable: Phrase?
    }

    func network() -> Network {
        guard !offline, replayDns == nil else { return Network() }
        var servers: [NameServer] = []
        if let resolver, let server = NameServer(resolver) {
            servers = [server]
        } else if let file = try? Input(path: FilePath("/etc/resolv.conf")) {
            servers = NameServer.configured(in: String(decoding: file.bytes, as: UTF8.self))
        }
        return Network(servers: servers, unreachable: NameServer.whyUnreachable(servers))
    }
}

/// The moment that counts as now.
struct MomentOption: ParsableArguments {
    @Option(help: ArgumentHelp("The moment that counts as now, such as 2026-11-20T09:00:00Z.", valueName: "time"))
    var now: String?

    func validate() throws {
        if let now, DateTime(rfc3339: now) == nil {
            throw ValidationError("--now wants a moment such as 2026-11-20T09:00:00Z, not \"\(now)\".")
        }
    }

    /// As the user says, else as the recording does.
    func moment(_ zone: Zone?) -> DateTime {
        now.flatMap { DateTime(rfc3339: $0) } ?? zone?.time ?? DateTime(seconds: Console.now)
    }
}
