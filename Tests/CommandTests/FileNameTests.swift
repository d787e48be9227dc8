import Foundation
import Testing

/// Files whose names are not UTF-8, or steer a terminal.
@Suite(.enabled(if: Command.binary != nil, "skipped: BACKSTAMP_BINARY is not set; scripts/test sets it"))
struct FileNameTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        .path

    /// Runs a line of shell in a folder with two messages whose names differ in a byte that is not UTF-8, and one whose name has ESC.
    private func run(_ line: String) throws -> Command {
        let script = """
            set -e; folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
            one=$(printf 'caf\\351.eml'); two=$(printf 'caf\\350.eml'); three=$(printf 'a\\033[31m"<\\001.eml')
            cp "$FIXTURES/personal/message.eml" "$one"; cp "$FIXTURES/draft/message.eml" "$two"
            cp "$FIXTURES/draft/message.eml" "$three"; cp "$FIXTURES/personal/zone" "$one.zone"
            backstamp() { "$BACKSTAMP_BINARY" "$@"; }
            \(line)
            """
        return try Command(
            ["-c", script], program: "/bin/sh",
            environment: ["FIXTURES": Self.root + "/fixtures/messages", "LC_ALL": "C"])
    }

    @Test func bytesOfANameLeadToTheFile() throws {
        let both = try run(#"backstamp "$one" "$two" --replay-dns "$one.zone" -q; backstamp --offline -q -- "$two""#)
        #expect(both.errors.isEmpty && both.status == 0)
        #expect(both.output.components(separatedBy: "==> caf\u{FFFD}.eml <==").count == 3)
        #expect(both.output.contains("NOTHING FOUND") && both.output.contains("CANNOT SAY"))
        // Each way to give a name: in an option, behind its letter, as a folder, to other verbs.
        let written = try run(
            #"""
            backstamp inspect "$one" --replay-dns="$one.zone" --record-dns "$two.zone" --output="$two.json"
            cmp "$one.zone" "$two.zone" > same || :
            backstamp redact "$one" -o "$two.txt"; backstamp dkim "$one" --replay-dns "$one.zone" > dkim
            backstamp extract "$one" -d "$two.d" > list; cat "$two.d/manifest.json" > manifest
            test -s "$two.json" -a -s "$two.zone" -a -s "$two.txt" -a -s manifest && echo written
            """#)
        #expect(written.errors.isEmpty && written.output == "written\n", "\(written.errors)")
        let inputs = try run(#"backstamp "$one" --offline --format plain -o "$one""#)
        #expect(inputs.status == 2 && inputs.errors.contains("caf\u{FFFD}.eml was given as input"))
        let none = try run(#"backstamp "$one.none" --offline"#)
        #expect(none.status == 3 && none.errors == "backstamp: There is no file caf\u{FFFD}.eml.none.\n")
    }

    /// Characters that stand for bytes inside of the program are names of files, too.
    @Test func freeCharactersAreNames() throws {
        let free = try run(#"free=$(printf '\364\217\277\251.eml'); cp "$two" "$free"; backstamp "$free" --offline -q"#)
        #expect(free.errors.isEmpty && free.output.hasPrefix("CANNOT SAY"))
    }

    @Test(arguments: ["plain", "json", "html", "markdown", "ioc", "stix", "sarif", "junit", "github"])
    func namesAreShownInPrintableCharacters(_ format: String) throws {
        let options = "--offline --format \(format)" + (format == "html" ? "" : " \"$two\"")
        let report = try run("backstamp \"$three\" \(options)")
        #expect(report.status == 0 && report.errors.isEmpty)
        #expect(!report.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        if format == "junit" {
            let parsed = try Command(
                ["-c", "import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.stdin.buffer)"],
                program: "/usr/bin/python3", input: report.output)
            #expect(parsed.status == 0, "\(parsed.errors)")
            #expect(report.output.contains("<testsuite name=\"a⟨U+001B⟩[31m&quot;&lt;⟨U+0001⟩.eml\""))
        }
        let error = try run("backstamp \"$three.none\" --offline")
        #expect(error.errors.hasPrefix("backstamp: There is no file a⟨U+001B⟩[31m"))
    }
}
