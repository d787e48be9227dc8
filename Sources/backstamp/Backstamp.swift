import ArgumentParser
import Mail
import Rendering

/// The command line.
struct Backstamp: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backstamp",
        abstract: "Says what an email claims, what of it holds, and on which bytes that rests.",
        discussion: """
            Reads the raw source of a message, follows its Received fields, decodes its parts, asks DNS about the names \
            in it, and reports what it found, with the bytes as evidence.

            Example: backstamp mail.eml
            """,
        version: Tool.version,
        subcommands: [
            Inspect.self, Explain.self, VerifySPF.self, VerifyDKIM.self, VerifyDMARC.self, VerifyARC.self,
            InspectDomain.self, Extract.self, Redact.self, Serve.self,
        ],
        defaultSubcommand: Inspect.self)
}

/// How the program ends.
enum Exit: Int32, Comparable {
    case success = 0
    /// Findings at or above the threshold.
    case findings = 1
    case wrongUse = 2
    case unreadable = 3
    /// What would decide could not be had.
    case inconclusive = 4

    /// From the best to the worst; several messages end with the worst.
    private var rank: Int {
        switch self {
        case .success: 0
        case .inconclusive: 1
        case .findings: 2
        case .unreadable: 3
        case .wrongUse: 4
        }
    }
    static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// A failure that is told in one sentence.
struct Failure: Error {
    let exit: Exit
    let sentence: String

    init(_ exit: Exit, _ sentence: String) {
        self.exit = exit
        self.sentence = sentence
    }
}

@main
enum Main {
    /// The verb to run. `inspect` is tried first by itself: looking through all verbs takes as long as a small message.
    private static func parsed() throws -> any ParsableCommand {
        let given = Arguments.given()
        var arguments = given[...]
        if arguments.first == "inspect" { arguments.removeFirst() }
        let verbs = Backstamp.configuration.subcommands.map { $0.configuration.commandName ?? "" } + ["help"]
        if let first = arguments.first, !verbs.contains(first), let inspect = inspect(Array(arguments)) {
            return inspect
        }
        return try Backstamp.parseAsRoot(given)
    }

    /// The arguments as those of `inspect`; `nil` if they are not, and then the error is found in the other way.
    private static func inspect(_ arguments: [String]) -> Inspect? {
        do { return try Inspect.parse(arguments) } catch { return nil }
    }

    static func main() {
        do {
            var command = try parsed()
            try command.run()
        } catch let failure as Failure {
            Console.complain(failure.sentence)
            Console.exit(failure.exit)
        } catch {
            // Help, the version and completion scripts come as errors that are none.
            if Backstamp.exitCode(for: error) == .success {
                Console.write(Backstamp.fullMessage(for: error) + "\n")
                Console.exit(.success)
            }
            if let code = error as? ExitCode { Console.exit(Exit(rawValue: code.rawValue) ?? .wrongUse) }
            Console.complain(Backstamp.message(for: error))
            Console.exit(.wrongUse)
        }
    }
}
