import ArgumentParser
import Content
import Glibc
import Intake
import Mail
import Phrases
import Rendering

/// Writes the parts of a message into files.
struct Extract: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Write the parts of a message, decoded, into files under names of our own, with a manifest.",
        discussion: """
            What the message calls a file is only written into manifest.json. No file is overwritten, none can be run, and only \
            you can read them.

            Exit status: 0 all was written; 2 wrong use, or a file could not be written; 3 the message could not be read.

            Example: backstamp extract mail.eml -d parts
            """)

    @OptionGroup var input: MessageArgument

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The directory; it is made if it is not there.", valueName: "directory"))
    var directory: FilePath

    @Option(
        help: ArgumentHelp("Only this part, by its number in the JSON report; may be repeated.", valueName: "number"))
    var part: [Int] = []

    @OptionGroup var chosen: LanguageOption

    func run() throws {
        try Output(besides: [input.file]).check(nil)
        let message = try input.message()
        let all = ExtractedFile.all(in: message)
        for number in part where !all.contains(where: { $0.part == number }) {
            throw Failure(.wrongUse, "The message has no part \(number) to write.")
        }
        let files = part.isEmpty ? all : all.filter { part.contains($0.part) }
        let folder = try Folder(directory)
        for file in files { try folder.add(file.bytes, as: file.ownName) }
        let manifest = Manifest(files)
        try folder.add(Array(manifest.written().utf8), as: "manifest.json")
        Console.write(manifest.lines(in: chosen.language))
    }
}

/// A directory held open, so that nobody can put another one in its place while files are written into it.
private final class Folder {
    private let descriptor: Int32
    private let path: FilePath

    init(_ path: FilePath) throws(Failure) {
        self.path = path
        if mkdir(path.cString(), 0o700) != 0, errno != EEXIST { throw Self.failure("\(path)") }
        descriptor = open(path.cString(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure("\(path)") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Makes a new file; one that is there already, or a link, stays as it is.
    func add(_ bytes: [UInt8], as name: String) throws(Failure) {
        let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Self.failure("\(path)/\(name)") }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                write(file, buffer.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let failure = Self.failure("\(path)/\(name)")
                close(file)
                throw failure
            }
            written += count
        }
        guard close(file) == 0 else { throw Self.failure("\(path)/\(name)") }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(.wrongUse, "\(path) could not be written: \(String(cString: strerror(errno))).")
    }
}
