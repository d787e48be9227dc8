import Foundation
import Testing

/// The program itself, run as a user runs it. scripts/test builds it and says where it is.
@Suite(.enabled(if: Command.binary != nil, "skipped: BACKSTAMP_BINARY is not set; scripts/test sets it"))
struct CommandTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        .path
    private static let message = root + "/fixtures/messages/personal/message.eml"
    private static let zone = root + "/fixtures/messages/personal/zone"
    private static let newsletter = root + "/fixtures/messages/newsletter/message.eml"
    private static let newsletterZone = root + "/fixtures/messages/newsletter/zone"
    private static let list = root + "/fixtures/messages/mailing-list/message.eml"
    private static let listZone = root + "/fixtures/messages/mailing-list/zone"
    private static let forged = root + "/fixtures/messages/forged-invoice/message.eml"
    private static let forgedZone = root + "/fixtures/messages/forged-invoice/zone"

    private func run(_ arguments: [String], input: String? = nil, environment: [String: String] = [:]) throws -> Command
    {
        try Command(arguments, input: input, environment: environment)
    }

    /// What is wrong with JSON reports by one of the schemas in `docs`.
    private func problems(_ reports: [Data], _ schema: String) throws -> String {
        let lines = try reports.map {
            let one = try JSONSerialization.data(withJSONObject: JSONSerialization.jsonObject(with: $0))
            return String(decoding: one, as: UTF8.self)
        }
        let validated = try Command(
            [Self.root + "/scripts/validate-reports", Self.root + "/docs/\(schema).schema.json"],
            program: "/usr/bin/python3", input: lines.joined(separator: "\n"))
        return validated.status == 0 ? validated.output : validated.errors
    }

    @Test func goldensFollowTheSchema() throws {
        let folder = Self.root + "/fixtures/messages"
        let reports = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.map {
            try Data(contentsOf: URL(filePath: "\(folder)/\($0)/report.json"))
        }
        #expect(reports.count >= 12)
        #expect(try problems(reports, "report-1") == "")
    }

    @Test(arguments: [
        (["domain", "example.com", "--selector", "s1"], "domain-1"), (["domain", "nowhere.example"], "domain-1"),
        (["spf", "--client-ip", "192.0.2.25", "--mail-from", "a@example.com"], "verification-1"),
        (["dkim", message], "verification-1"), (["arc", message], "verification-1"),
        (["dmarc", "--from", "example.com", "--dkim", "example.com"], "verification-1"),
    ])
    func verbsFollowTheirSchemas(_ arguments: [String], _ schema: String) throws {
        let output = try run(arguments + ["--replay-dns", Self.zone, "--format", "json"]).output
        #expect(try problems([Data(output.utf8)], schema) == "")
        #expect(try problems([Data(output.replacing("\"version\": 1", with: "\"version\": 2").utf8)], schema) != "")
    }

    /// The page is one file that can load and run nothing, and what a domain publishes stays text in it.
    @Test func aDomainAsAPage() throws {
        let zone = Command.temporary()
        let page = Command.temporary() + ".html"
        defer { for file in [zone, page] { try? FileManager.default.removeItem(atPath: file) } }
        try "example.com. IN TXT \"v=spf1 <script>x</script>{{domain}} -all\"".write(
            toFile: zone, atomically: false, encoding: .utf8)
        let run = try run(["domain", "example.com", "--replay-dns", zone, "-o", page])
        #expect(run.status == 0 && run.output.isEmpty)
        let text = try String(contentsOfFile: page, encoding: .utf8)
        #expect(text.contains("default-src 'none'") && text.contains("&lt;script&gt;x&lt;/script&gt;{{domain}}"))
        #expect(!text.contains("<script"))
    }

    /// Parts are written under names of our own into a folder that is ours, whatever the message calls them.
    @Test func partsAreExtractedSafely() throws {
        let folder = Command.temporary()
        let outside = Command.temporary()
        defer { for path in [folder, outside] { try? FileManager.default.removeItem(atPath: path) } }
        let message = """
            From: <a@example.com>
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: application/x-sh; name="../../../etc/cron.d/x.sh"
            Content-Transfer-Encoding: base64

            IyEvYmluL3NoCg==
            --b
            Content-Type: text/plain; name="/etc/passwd"

            begin 644 x.exe
            #0V%T
            `
            end
            --b--
            """
        let first = try run(["extract", "-", "-d", folder], input: message)
        #expect(first.status == 0, "\(first.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(names == ["manifest.json", "part-1.bin", "part-2-file-1.bin", "part-2.txt"])
        #expect(try String(contentsOfFile: folder + "/part-1.bin", encoding: .utf8) == "#!/bin/sh\n")
        #expect(try String(contentsOfFile: folder + "/part-2-file-1.bin", encoding: .utf8) == "Cat")
        for name in names {
            let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
        let manifest = try String(contentsOfFile: folder + "/manifest.json", encoding: .utf8)
        #expect(manifest.contains("../../../etc/cron.d/x.sh") && manifest.contains("\"sha1\": "))
        // Nothing is overwritten, no link is followed, and a file is no directory.
        #expect(try run(["extract", "-", "-d", folder], input: message).status == 2)
        let link = folder + "-link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder)
        defer { try? FileManager.default.removeItem(atPath: link) }
        #expect(try run(["extract", "-", "-d", link], input: message).status == 2)
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: outside + "/part-1.bin", withDestinationPath: "/nowhere")
        #expect(try run(["extract", "-", "-d", outside, "--part", "1"], input: message).status == 2)
        #expect(try run(["extract", "-", "-d", outside, "--part", "2"], input: message).status == 0)
        #expect(try run(["extract", "-", "-d", outside, "--part", "9"], input: message).status == 2)
    }

    // MARK: Exit status

    @Test(
        arguments: [
            ([message, "--replay-dns", zone], 0), (["inspect", message, "--replay-dns", zone], 0),
            ([forged, "--replay-dns", forgedZone], 0),
            ([forged, "--replay-dns", forgedZone, "--fail-on", "alarm"], 1),
            ([forged, "--replay-dns", forgedZone, "--fail-on", "note"], 1),
            ([message, "--replay-dns", zone, "--fail-on", "warning"], 0),
            ([message, "--offline", "--fail-on", "alarm"], 0),
            (["/nowhere/at/all.eml"], 3), ([root], 3), ([message, "/nowhere", "--offline"], 3),
            (["--no-such-option"], 2),
            ([message, "--now", "tomorrow"], 2), ([message, "--trust", "1.2.3.4/99"], 2),
            ([message, "--ignore", "no-such-check"], 2),
            ([message, "--width", "3"], 2), ([message, "--format", "pdf"], 2), ([message, "--client-ip", "x"], 2),
            ([message, "--resolver", "x"], 2), ([message, "--dnsbl-zone", "x y", "--offline"], 2),
            ([message, "--dnsbl", "--dbl-zone", "bl.example.com", "--offline"], 0),
            ([message, "--replay-dns", "/nowhere"], 3), ([message, "--replay-dns", message], 3),
            ([message, "--offline", "--replay-dns", zone], 2),
            ([message, message, "--offline", "--format", "html"], 2), (["explain"], 0),
            (["explain", "lookalike-domain"], 0),
            (["explain", "no-such-check"], 2), (["--help"], 0), (["inspect", "--help"], 0), (["explain", "--help"], 0),
            (["--version"], 0),
            ([message, "--offline", "-o", root], 2),
            (["spf", "--client-ip", "192.0.2.25", "--mail-from", "a@example.com", "--replay-dns", zone], 0),
            (["spf", "--client-ip", "192.0.2.25", "--mail-from", "<a@example.com>", "--replay-dns", zone], 0),
            (["dmarc", "--from", "a@example.com", "--dkim", "example.com", "--replay-dns", zone], 0),
            (["spf", "--client-ip", "192.0.2.26", "--mail-from", "a@example.com", "--replay-dns", zone], 1),
            (["spf", "--client-ip", "192.0.2.25", "--mail-from", "a@example.org", "--replay-dns", zone], 4),
            (["spf", "--client-ip", "192.0.2.25", "--replay-dns", zone], 2),
            (["spf", "--client-ip", "x", "--helo", "a"], 2),
            (["dmarc", "--from", "example.com", "--dkim", "example.com", "--replay-dns", zone], 0),
            (["dmarc", "--from", "example.com", "--replay-dns", zone], 1), (["dmarc", "--from", "not a domain"], 2),
            (["dkim", message, "--replay-dns", zone], 0),
            (["dkim", newsletter, "--replay-dns", newsletterZone], 0),
            (["dkim", list, "--replay-dns", listZone], 1), (["dkim", "/nowhere", "--replay-dns", zone], 3),
            (["arc", message, "--replay-dns", zone, "--format", "json"], 0), (["arc", message, "--offline"], 2),
            (["domain", "example.com", "--replay-dns", zone], 0), (["domain", "example.com", "--offline"], 2),
            (["domain", "example.com", "--replay-dns", zone, "--format", "html"], 0),
            (["domain", "example.com", "--replay-dns", zone, "-o", root], 2),
            (["domain", "example.com", "--replay-dns", zone, "--fail-on", "note"], 0),
        ] as [([String], Int32)])
    func statuses(_ arguments: [String], _ status: Int32) throws {
        let command = try run(arguments)
        #expect(command.status == status, "\(command.errors)")
        if status == 2 || status == 3 {
            // One sentence, and nothing else.
            #expect(command.errors.split(separator: "\n").count == 1)
            #expect(command.errors.hasPrefix("backstamp: "))
        } else {
            #expect(command.errors.isEmpty)
        }
    }

    @Test func emptyInputIsSaid() throws {
        let command = try run(["--offline"], input: "")
        #expect(command.status == 3)
        #expect(command.errors == "backstamp: standard input is empty.\n")
    }

    @Test func unreadableFilesAreSaid() throws {
        let file = Command.temporary()
        defer { try? FileManager.default.removeItem(atPath: file) }
        _ = FileManager.default.createFile(
            atPath: file, contents: Data("From: a\n\n".utf8), attributes: [.posixPermissions: 0])
        // Root may read everything.
        guard geteuid() != 0 else { return }
        #expect(try run([file]).status == 3)
    }

    /// An unanswered question is no finding and no success.
    @Test func silenceIsInconclusive() throws {
        let zone = Command.temporary()
        defer { try? FileManager.default.removeItem(atPath: zone) }
        try "example.com. IN MX TIMEOUT\n".write(toFile: zone, atomically: true, encoding: .utf8)
        #expect(try run([Self.message, "--replay-dns", zone, "--fail-on", "alarm"]).status == 4)
        #expect(try run([Self.message, "--replay-dns", zone]).status == 0)
    }

    @Test func aResolverThatRefusesIsNamedAtOnce() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let command = try run([Self.message, "--resolver", "127.0.0.1:1", "--now", "2026-11-20T10:00:00Z"])
        #expect(command.status == 0)
        #expect(command.output.contains("the resolver 127.0.0.1:1 refuses connections"))
        #expect(clock.now - start < .seconds(1))
    }

    // MARK: Input and output

    @Test func standardInputIsRead() throws {
        let text = try String(contentsOfFile: Self.message, encoding: .utf8)
        #expect(try run(["--offline"], input: text).output == run(["-", "--offline"], input: text).output)
        #expect(try run(["--offline", "-q"], input: text).output.hasPrefix("CANNOT SAY  "))
    }

    @Test func theEndingOfTheFileIsItsFormat() throws {
        for (ending, start) in [("html", "<!doctype html>"), ("json", "{\n"), ("txt", "NOTHING FOUND")] {
            let file = Command.temporary() + "." + ending
            defer { try? FileManager.default.removeItem(atPath: file) }
            let command = try run([Self.message, "--replay-dns", Self.zone, "-o", file])
            #expect(command.status == 0 && command.output.isEmpty)
            #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix(start))
        }
    }

    /// A link is not followed and not replaced; standard output by its name stays what it is.
    @Test func linksAreLeftAlone() throws {
        let (link, target) = (Command.temporary(), Command.temporary())
        defer { for path in [link, target] { try? FileManager.default.removeItem(atPath: path) } }
        try "mine".write(toFile: target, atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        #expect(try run([Self.message, "--offline", "-o", link]).status == 2)
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "mine")
        for name in ["/dev/stdout", "-"] {
            #expect(try run([Self.message, "--offline", "-q", "-o", name]).output.hasPrefix("CANNOT SAY"))
        }
        #expect(
            try FileManager.default.attributesOfItem(atPath: "/dev/stdout")[.type] as? FileAttributeType
                == .typeSymbolicLink)
    }

    @Test func severalFilesAreSeveralReports() throws {
        let plain = try run([Self.message, Self.forged, "--offline"]).output
        #expect(plain.contains("==> \(Self.message) <==") && plain.contains("==> \(Self.forged) <=="))
        let json = try run([Self.message, Self.forged, "--offline", "--format", "json"]).output
        #expect(json.split(separator: "\n").count == 2)
        let folder = Command.temporary()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try run([Self.message, Self.forged, "--offline", "--format", "html", "-o", folder]).status == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [
                "1-message.eml.html", "2-message.eml.html",
            ])
    }

    @Test func colourIsOnRequest() throws {
        #expect(try !run([Self.message, "--offline"]).output.contains("\u{1B}"))
        #expect(try run([Self.message, "--offline", "--color", "always"]).output.contains("\u{1B}[1m"))
        #expect(try !run([Self.message, "--offline", "--color", "never"]).output.contains("\u{1B}"))
    }

    @Test func theUsersWordCounts() throws {
        let options = ["--client-ip", "192.0.2.99", "--helo", "mail.example.org", "--mail-from", "x@example.org"]
        let output = try run([Self.message, "--offline"] + options).output
        #expect(output.contains("bounces go to example.org"))
        #expect(output.contains("192.0.2.99"))
    }

    // MARK: DNS

    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["BACKSTAMP_TEST_RESOLVER"] != nil, "skipped: no name server"))
    func aRecordingGivesTheSameReport() throws {
        let server = try #require(ProcessInfo.processInfo.environment["BACKSTAMP_TEST_RESOLVER"])
        let (zone, file) = (Command.temporary(), Command.temporary())
        defer { for path in [zone, file] { try? FileManager.default.removeItem(atPath: path) } }
        try """
        Received: from mail.example.test (mail.example.test [192.0.2.25]) by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000
        From: <a@example.test>
        Reply-To: <b@null.example.test>, <c@gone.example.test>, <d@nomail.example.test>

        x
        """.write(toFile: file, atomically: true, encoding: .utf8)
        for format in ["plain", "json", "html"] {
            let live = try run([
                file, "--resolver", server, "--record-dns", zone, "--now", "2026-11-20T09:00:00Z", "--format", format,
            ])
            let replayed = try run([file, "--replay-dns", zone, "--format", format])
            #expect(live.status == 0 && live.output == replayed.output)
            #expect(live.output.contains("mail.example.test"))
        }
    }

    /// Offline means that no packet leaves: the kernel is asked for no socket.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace"), "skipped: no strace"))
    func offlineMakesNoNetworkCall() throws {
        let binary = try #require(Command.binary)
        let traced = try Command(
            ["-f", "-e", "trace=network", "-qq", binary, Self.forged, "--offline"], program: "/usr/bin/strace")
        #expect(traced.status == 0)
        #expect(!traced.errors.contains("socket(") && !traced.errors.contains("connect("), "\(traced.errors)")
    }

    // MARK: Other looks

    @Test func templatesCanBeReplaced() throws {
        let folder = Command.temporary()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = folder + "/report.mustache"
        let message = Self.root + "/fixtures/messages/draft/message.eml"
        let arguments = ["inspect", "--offline", "--format", "html", "--templates", folder, message]
        #expect(try run(arguments).errors.contains("There is no template in"))
        try "<p>{{verdict.sentence}}|{{title}}|[[Findings]]</p>{{{body}}}".write(
            toFile: file, atomically: true, encoding: .utf8)
        let own = try run(arguments + ["--lang", "ru"]).output
        #expect(own.hasPrefix("<p>") && own.contains("|Находки</p><section"))
        try "{{#open}}".write(toFile: file, atomically: true, encoding: .utf8)
        let broken = try run(arguments)
        #expect(broken.status == 3 && broken.errors.contains("is no template"))
    }

    @Test(arguments: [("ru_RU.UTF-8", "Что делать"), ("C", "What to do"), ("en_US.UTF-8", "What to do")])
    func theEnvironmentsLanguageIsSpoken(_ locale: String, _ text: String) throws {
        let message = Self.root + "/fixtures/messages/draft/message.eml"
        let command = try Command(["--offline", message], environment: ["LC_ALL": locale])
        #expect(command.output.contains(text))
    }

    /// A build that sends mail fails with the place.
    @Test func buildsAreToldThePlace() throws {
        let file = Command.temporary() + ".eml"
        try "From: A <a@example.com>\nSubject: x\n\nhello\n".write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let github = try run(["inspect", "--offline", "--format", "github", "--fail-on", "warning", file])
        #expect(github.status == 1)
        #expect(
            github.output.contains(
                "::error file=\(file),line=3,endLine=3,col=1,endColumn=1,title=missing-required-field::"))
        let junit = try run(["inspect", "--offline", "--format", "junit", file, file]).output
        #expect(
            junit.components(separatedBy: "<testsuite ").count == 3
                && junit.components(separatedBy: "<testsuites ").count == 2)
        #expect(junit.contains("<failure type=\"warning\" message=\"the message has no Date field\">"))
        let sarif = try run(["inspect", "--offline", "--format", "sarif", file, file]).output
        let log = try JSONSerialization.jsonObject(with: Data(sarif.utf8)) as? [String: Any]
        #expect((log?["runs"] as? [Any])?.count == 1)
    }

    @Test func outlookFilesAreExplained() throws {
        let file = Command.temporary() + ".msg"
        try Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 64))
            .write(to: URL(filePath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let run = try run(["inspect", "--offline", file])
        #expect(run.status == 3 && run.output.isEmpty && run.errors.contains("Outlook .msg"))
    }

    @Test func redactedMessagesAreWritten() throws {
        let message = Self.root + "/fixtures/messages/personal/message.eml"
        let redacted = try run(["redact", message])
        #expect(
            redacted.status == 0 && !redacted.output.contains("example.com")
                && redacted.output.contains("Received: from "))
        let file = Command.temporary()
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(try run(["redact", message, "-o", file]).output.isEmpty)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == redacted.output)
        // What is no message is not called redacted.
        let other = try run(["redact", Self.root + "/docs/page.png"])
        #expect(other.status == 3 && other.output.isEmpty && other.errors.contains("no message to redact"))
    }

    // MARK: Help

    @Test func everyVerbHasAnExample() throws {
        #expect(try run(["--help"]).output.contains("Example: backstamp mail.eml"))
        for verb in ["inspect", "explain"] { #expect(try run([verb, "--help"]).output.contains("Examples:\n")) }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionsAreGenerated(_ shell: String) throws {
        let output = try run(["--generate-completion-script", shell]).output
        #expect(output.contains("replay-dns") && output.contains("explain"))
    }

    /// The manual page speaks of every option that the help does.
    @Test func theManualIsComplete() throws {
        let manual = try String(contentsOfFile: Self.root + "/docs/backstamp.1", encoding: .utf8).replacing(
            "\\-", with: "-")
        for word in try run(["inspect", "--help"]).output.split(whereSeparator: { " ,;.\n".contains($0) })
        where word.hasPrefix("--") {
            #expect(manual.contains(word.dropFirst(2)), "\(word)")
        }
    }
}
