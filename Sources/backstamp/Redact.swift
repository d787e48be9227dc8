import ArgumentParser
import Intake
import Mail
import Redaction

/// Writes a message without what names people, hosts and secrets.
struct Redact: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Write a message with pseudonyms for addresses, names, hosts and ids, to be shown to others.",
        discussion: """
            The same name gets the same pseudonym throughout; times, structure and alignment stay, so the route and who it \
            says it is from can still be told. Attachments are replaced, signatures become "redacted". Look at the result \
            before you pass it on: what only a person would take for a name stays.

            Exit status: 0 it was written; 2 wrong use, or a file could not be written; 3 the message could not be read.

            Example: backstamp redact mail.eml -o redacted.eml
            """)

    @OptionGroup var input: MessageArgument

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file.", valueName: "file"))
    var output: FilePath?

    func run() throws {
        let target = Output(besides: [input.file])
        try target.check(output)
        let message = try input.message()
        guard !message.fields.isEmpty else {
            throw Failure(.unreadable, "There is no header section: this is no message to redact.")
        }
        try target.write(Redaction(of: message.source).bytes, to: output)
    }
}
