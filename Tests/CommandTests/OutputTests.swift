import Foundation
import Testing

/// What is written where: an input never, a file whole or not at all.
@Suite(.enabled(if: Command.binary != nil, "skipped: BACKSTAMP_BINARY is not set; scripts/test sets it"))
struct OutputTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        .path
    private static let fixtures = root + "/fixtures/messages"

    /// A folder with two messages, a recording, and links to the first message.
    private struct Folder: ~Copyable {
        let path = Command.temporary()
        let names = ["a.eml", "b.eml", "zone.txt", "1-a.eml.html", "report.mustache"]
        private let before: [Data]

        init() throws {
            let manager = FileManager.default
            try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
            for (name, file) in [
                ("a.eml", "personal/message.eml"), ("b.eml", "draft/message.eml"), ("zone.txt", "personal/zone"),
                ("1-a.eml.html", "draft/message.eml"), ("report.mustache", "../../templates/report.mustache"),
            ] {
                try manager.copyItem(atPath: "\(OutputTests.fixtures)/\(file)", toPath: "\(path)/\(name)")
            }
            try manager.linkItem(atPath: path + "/a.eml", toPath: path + "/hard.txt")
            try manager.createSymbolicLink(atPath: path + "/soft.txt", withDestinationPath: "a.eml")
            let path = path
            before = try names.map { try Data(contentsOf: URL(filePath: "\(path)/\($0)")) }
        }

        /// Runs in the folder.
        func run(_ line: String) throws -> Command {
            let script = "cd \"$FOLDER\" && eval \"$LINE\""
            return try Command(
                ["-c", script], program: "/bin/sh",
                environment: ["FOLDER": path, "LINE": line.replacing("backstamp", with: "\"$BACKSTAMP_BINARY\"")])
        }

        /// Files that are there besides those there were.
        var added: [String] {
            let all = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            return all.filter { !(names + ["hard.txt", "soft.txt"]).contains($0) }.sorted()
        }

        var isUnchanged: Bool {
            zip(names, before).allSatisfy { (try? Data(contentsOf: URL(filePath: "\(path)/\($0)"))) == $1 }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    @Test(arguments: [
        "backstamp inspect a.eml --offline --format plain -o a.eml",
        "backstamp inspect a.eml --offline --format plain -o ./a.eml",
        "backstamp inspect a.eml --offline -o hard.txt", "backstamp inspect a.eml --offline -o soft.txt",
        "backstamp inspect soft.txt --offline --format plain -o a.eml",
        "backstamp inspect a.eml b.eml --offline --format json -o b.eml",
        "backstamp inspect nothing.eml b.eml --offline --format sarif -o b.eml",
        "backstamp inspect a.eml 1-a.eml.html --offline --format html -o .",
        "backstamp inspect --offline --format plain -o a.eml < a.eml",
        "backstamp inspect a.eml --offline >> a.eml", "backstamp inspect a.eml --offline -o /dev/stdout >> hard.txt",
        "backstamp inspect a.eml --replay-dns zone.txt -o zone.txt",
        "backstamp inspect a.eml --replay-dns zone.txt --record-dns a.eml",
        "backstamp inspect a.eml --replay-dns zone.txt --record-dns zone.txt",
        "backstamp inspect a.eml --offline --templates . --format html -o report.mustache",
        "backstamp redact a.eml -o a.eml", "backstamp redact -o hard.txt < a.eml", "backstamp redact a.eml >> a.eml",
        "backstamp extract a.eml -d parts >> a.eml",
        "backstamp dkim a.eml --replay-dns zone.txt --record-dns a.eml",
        "backstamp arc a.eml --replay-dns zone.txt --record-dns zone.txt",
        "backstamp domain example.com --replay-dns zone.txt -o zone.txt",
        "backstamp domain example.com --replay-dns zone.txt --record-dns ./zone.txt",
    ])
    func whatWasGivenIsNeverWrittenTo(_ line: String) throws {
        let folder = try Folder()
        let command = try folder.run(line)
        #expect(command.status == 2)
        #expect(command.errors.hasSuffix(" was given as input, which is never written to; name another file.\n"))
        #expect(command.output.isEmpty)
        #expect(folder.isUnchanged && folder.added.isEmpty)
    }

    /// Parts have names of our own, and no file is overwritten.
    @Test func extractedPartsReplaceNothing() throws {
        let folder = try Folder()
        #expect(try folder.run("backstamp extract a.eml -d .").status == 0)
        let first = folder.added
        #expect(!first.isEmpty && folder.isUnchanged)
        #expect(try folder.run("backstamp extract first.txt -d . ; backstamp extract part-0.txt -d .").status == 2)
        #expect(folder.added == first && folder.isUnchanged)
    }

    @Test(arguments: [
        ("inspect a.eml --offline -o report.xml", "txt, json, html, htm, md, sarif"),
        ("inspect a.eml b.eml --offline -o reports.xml", "txt, json, html, htm, md, sarif"),
        ("domain example.com --replay-dns zone.txt -o report.md", "txt, json, html, htm"),
    ])
    func anUnknownEndingIsWrongUse(_ line: String, _ endings: String) throws {
        let folder = try Folder()
        let command = try folder.run("backstamp \(line)")
        #expect(command.status == 2 && command.output.isEmpty)
        #expect(
            command.errors.split(separator: "\n").count == 1 && command.errors.contains("end the file in \(endings)."))
        #expect(folder.added.isEmpty)
    }

    @Test(arguments: [
        ("-o report", "report"), ("-o .report", ".report"), ("--format json -o report.xml", "report.xml"),
        ("-o /dev/null", nil), ("-o \"$PWD/report.\"", "report."), ("-o ./x.d/report", "x.d"),
    ])
    func whatAsksForNoFormatIsPlain(_ options: String, _ added: String?) throws {
        let folder = try Folder()
        let command = try folder.run(
            "mkdir x.d; backstamp inspect a.eml --offline \(options) && rmdir x.d 2> /dev/null; :")
        #expect(command.status == 0 && command.errors.isEmpty)
        #expect(folder.added == (added.map { [$0] } ?? []))
    }

    /// A pipe is written to as it comes, whatever its name ends in.
    @Test func pipesAreWrittenTo() throws {
        let folder = try Folder()
        let command = try folder.run(
            "mkfifo pipe.in; backstamp inspect a.eml --offline -q -o pipe.in & cat pipe.in; wait; rm pipe.in")
        #expect(command.output.hasPrefix("CANNOT SAY") && folder.added.isEmpty)
    }

    /// What cannot be written leaves what was there, and nothing half made.
    @Test func aFileIsWrittenWholeOrNotAtAll() throws {
        let folder = try Folder()
        // No file may become larger than 512 bytes.
        let command = try folder.run(
            "echo old > report.html; (trap '' XFSZ; ulimit -f 1; backstamp inspect a.eml --offline -o report.html)")
        #expect(command.status == 2 && command.errors.contains("report.html could not be written"))
        #expect(folder.added == ["report.html"])
        #expect(try String(contentsOfFile: folder.path + "/report.html", encoding: .utf8) == "old\n")
        // A run that ends early leaves no output either; one that finds nothing leaves an empty one.
        #expect(try folder.run("backstamp inspect none.eml no.eml --offline -o out.json").status == 3)
        #expect(folder.added == ["report.html"])
        #expect(try folder.run("backstamp inspect b.eml --offline --format github -o report.html").status == 0)
        #expect(try Data(contentsOf: URL(filePath: folder.path + "/report.html")).isEmpty)
    }
}
