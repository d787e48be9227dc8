import Checks
import Intake
import Phrases
import Rendering

/// Where the reports of one run go: the terminal, a file, a folder of pages, or one document about all.
struct ReportSink {
    private let format: Format
    private let output: FilePath?
    private let target: Output
    private let threshold: Severity
    /// Whether there are several messages.
    private let isSeveral: Bool
    /// A page for each message, where each has its own.
    private let pages: [FilePath]
    /// What a file is to hold: it is written when all messages have been read.
    private var collected: String?
    private var run: [(report: Report, name: String)] = []

    /// - Parameter paths: the messages, as they were named.
    init(
        _ format: Format, of paths: [FilePath], to output: FilePath?, _ target: Output, threshold: Severity
    ) throws(Failure) {
        (self.format, self.output, self.target, self.threshold) = (format, output, target, threshold)
        isSeveral = paths.count > 1
        guard isSeveral, format == .html else {
            pages = []
            try target.check(output)
            return
        }
        guard let output else { throw Failure(.wrongUse, "Several HTML reports need a directory: -o DIRECTORY.") }
        pages = paths.enumerated().map { index, path in
            output.appending(Self.fileName("\(path)", index + 1) + ".html")
        }
        for page in pages { try target.check(page) }
        try Output.makeDirectory(output)
    }

    /// Takes the report on a message.
    mutating func add(_ report: Report, at index: Int, _ appearance: Appearance) throws(Failure) {
        let name = appearance.inputName ?? "standard input"
        if format.isOneRun {
            run.append((report, appearance.inputName ?? "stdin"))
            return
        }
        let text = report.written(as: format, appearance)
        if pages.indices.contains(index) { return try target.write(text, to: pages[index]) }
        let heading =
            isSeveral && format == .plain ? "\(index > 0 ? "\n" : "")==> \(name.printable) <==\n" : ""
        if output == nil {
            Console.write(heading + text)
        } else {
            collected = (collected ?? "") + heading + text
        }
    }

    /// Writes what is about all of them.
    mutating func finish() throws(Failure) {
        if !run.isEmpty {
            let text = BuildRun(run, threshold: threshold).written(as: format)
            if output == nil { Console.write(text) } else { collected = text }
        }
        if let output, let collected { try target.write(collected, to: output) }
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
