import ArgumentParser
import Phrases
import Intake
import Rendering
import Templates

/// What reports and pages look like; the same for every verb that writes them.
struct LookOptions: ParsableArguments {
    @OptionGroup var templates: TemplateOptions
    @OptionGroup var chosen: LanguageOption

    var language: Language { chosen.language }
}

/// Where text goes and how wide it is; the same for every verb that writes text for people.
struct TextOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file.", valueName: "file"))
    var output: FilePath?

    @Option(help: ArgumentHelp("Columns of plain text.", valueName: "columns"))
    var width: Int?

    func validate() throws {
        if let width, !(40...400).contains(width) { throw ValidationError("--width wants a number from 40 to 400.") }
    }

    /// As the user says, else as the terminal has; 80 in files.
    var columns: Int { width ?? (output == nil ? Console.width : 80) }
}

/// The language that people are spoken to in.
struct LanguageOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The language of reports; by default that of the environment.",
            valueName: Language.all.map(\.id).joined(separator: "|")),
        transform: { id in
            guard let language = Language.of(id: id) else {
                throw ValidationError(
                    "--lang wants \(Language.all.map(\.id).joined(separator: " or ")), not \"\(id)\".")
            }
            return language
        })
    var lang: Language?

    /// As the user says, else as LC_ALL, LC_MESSAGES or LANG does. POSIX.1-2024, XBD 8.2
    var language: Language {
        if let lang { return lang }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { Console.environment($0) }.first { !$0.isEmpty }
        return Language.of(locale: locale ?? "")
    }
}

/// Templates of the user's own.
struct TemplateOptions: ParsableArguments {
    @Option(
        name: .customLong("templates"),
        help: ArgumentHelp("Take templates and styles from here that differ from the built-in ones.", valueName: "dir"))
    var folder: FilePath?

    /// Files that are read where they are there.
    var inputs: [FilePath] {
        folder.map { folder in Templates.Name.allCases.map { folder.appending($0.rawValue) } } ?? []
    }

    /// The built-in ones, with those of the folder in their places.
    func read() throws(Failure) -> Templates {
        var templates = Templates.builtIn
        guard let folder else { return templates }
        var count = 0
        for name in Templates.Name.allCases {
            guard let file = try? Input(path: folder.appending(name.rawValue), limit: 1 << 20) else { continue }
            templates[name] = String(decoding: file.bytes, as: UTF8.self)
            count += 1
            if let problem = templates.problem(in: name) {
                throw Failure(.unreadable, "\(folder)/\(name.rawValue) is no template: \(problem).")
            }
        }
        guard count > 0 else {
            let names = Templates.Name.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(.unreadable, "There is no template in \(folder): they are called \(names).")
        }
        return templates
    }
}
