import ArgumentParser
import Checks
import Mail
import Phrases
import Rendering

/// Prints what the checks look for.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "List the checks, or say what one of them looks for, why, and what to do.",
        discussion: """
            Examples:
              backstamp explain
              backstamp explain reply-to-elsewhere
            """)

    @Argument(
        help: ArgumentHelp("The check to explain.", valueName: "check"),
        completion: .list(allChecks.map { $0.about.id }))
    var check: String?

    @OptionGroup var text: TextOptions

    @OptionGroup var chosen: LanguageOption

    func run() throws {
        let language = chosen.language
        let target = Output(besides: [])
        guard let check else {
            return try target.write(Catalogue.list(width: text.columns, in: language), to: text.output)
        }
        guard let found = allChecks.first(where: { $0.about.id == check }) else {
            throw Failure(.wrongUse, "There is no check \"\(check)\"; \"backstamp explain\" lists them.")
        }
        try target.write(Catalogue.entry(found.about, width: text.columns, in: language), to: text.output)
    }
}
