import Foundation

/// Runs conformance and survival suites over a folder of corpora, and prints what each comes to.
///
/// usage: score --binary FILE --gmime FILE --root DIR [--corpora DIR] [--verbose] [--floors] [SUITE…]
@main
struct Score {
    static func main() throws {
        do { try run() } catch let trouble as Trouble {
            FileHandle.standardError.write(Data("score: \(trouble.description)\n".utf8))
            exit(2)
        }
    }

    private static func run() throws {
        var corpora = "../shared/corpora"
        var options = Options()
        var wanted: [String] = []
        var checksFloors = false
        var arguments = CommandLine.arguments.dropFirst()
        func value(_ name: String) throws -> String {
            guard let value = arguments.popFirst() else { throw Trouble("\(name) wants a value") }
            return value
        }
        if let set = ProcessInfo.processInfo.environment["BACKSTAMP_CORPORA"], !set.isEmpty { corpora = set }
        while let argument = arguments.popFirst() {
            switch argument {
            case "--corpora": corpora = try value(argument)
            case "--binary": options.binary = try value(argument)
            case "--gmime": options.gmime = try value(argument)
            case "--root": options.root = try value(argument)
            case "--verbose": options.isVerbose = true
            case "--floors": checksFloors = true
            case _ where argument.hasPrefix("-"): throw Trouble("there is no option \(argument)")
            default: wanted.append(argument)
            }
        }
        guard FileManager.default.fileExists(atPath: corpora) else {
            for suite in allSuites where wanted.isEmpty || wanted.contains(suite.name) {
                print("skipped \(suite.name): there is no folder \(corpora)")
            }
            return
        }
        let folders = try FileManager.default.contentsOfDirectory(atPath: corpora).sorted()
        let floors = checksFloors ? try Floors(options.root + "/Tests/floors.txt") : nil
        let reasons = try Reasons(options.root + "/Tests/disagreements.txt")
        var isBelow = false
        var hasRun = false
        for suite in allSuites {
            let own = folders.filter { suite.takes($0) }
            let runs = suite.isOverAll ? [(suite.name, own)] : own.map { ($0, [$0]) }
            for (name, folders) in runs where !folders.isEmpty {
                guard wanted.isEmpty || wanted.contains(name) || wanted.contains(suite.name) else { continue }
                hasRun = true
                let result = try suite.run(folders.map { corpora + "/" + $0 }, options)
                for line in result.remarks { print(line) }
                print("suite \(name) \(result.passed)/\(result.total)")
                let unexplained = reasons.print(name, result.disagreements, all: options.isVerbose)
                if checksFloors, floors?[name] != nil, unexplained > 0 {
                    print("suite \(name) has \(unexplained) disagreements without a reason")
                    isBelow = true
                }
                if let floor = floors?[name], result.passed * floor.total < floor.passed * result.total {
                    print("suite \(name) is below its floor of \(floor.passed)/\(floor.total)")
                    isBelow = true
                }
            }
        }
        if !hasRun { throw Trouble("no suite of that name has a folder in \(corpora)") }
        if isBelow { exit(1) }
    }
}

struct Trouble: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

struct Options {
    /// The program itself, built for release.
    var binary = ".build/release/backstamp"
    /// The program that runs GMime.
    var gmime = ".build/gmime"
    /// The project's folder.
    var root = "."
    var isVerbose = false
}

/// A set of cases with one way of scoring them.
protocol Suite: Sendable {
    var name: String { get }
    /// Whether all folders are one run; else each folder is a run of its own, with its own line.
    var isOverAll: Bool { get }
    /// Whether a folder of the corpora belongs to it.
    func takes(_ folder: String) -> Bool
    func run(_ folders: [String], _ options: Options) throws -> SuiteResult
}

struct SuiteResult {
    var passed = 0
    var total = 0
    /// What each case that did not pass came to.
    var disagreements: [String] = []
    /// Other figures.
    var remarks: [String] = []
}

let allSuites: [any Suite] = [
    Survival(), RedactionSuite(), Twins(), Ham(), SPFSuite(), DKIMSuite(), CanonicalForms(), ARCSuite(), DMARCSuite(),
    ReceiversResults(),
    ResultVectors(),
    HTMLSuite(), URLSuite(), EspooferSuite(), BrowserSuite(), PublicSuffixes(), InternationalNames(), Dates(),
    Charsets(), HeaderVectors(),
    AddressVectors(),
    AddressSyntaxVectors(),
    TreeSuite.stalwart,
    TreeSuite.mime4j, TreeSuite.mailcore, TreeSuite.mimekit, TreeSuite.gmime,
    TreeSuite.receivedSpamAssassin, TreeSuite.receivedSpamScope, ReceivedCoverage(), ForgedHops(), Differential.python,
    Differential.gmime,
]

/// Why we differ: lines of `SUITE | TEXT | REASON`. A disagreement that contains the text has the reason.
struct Reasons {
    private var all: [(suite: Substring, text: String, reason: Substring)] = []

    init(_ path: String) throws {
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#")
        {
            let parts = line.split(separator: " | ")
            guard parts.count == 3 else { throw Trouble("\(path): \(line)") }
            all.append((parts[0], String(parts[1]), parts[2]))
        }
    }

    /// Prints each reason with its count, and what has none; comes back with how many have none.
    func print(_ suite: String, _ disagreements: [String], all isVerbose: Bool) -> Int {
        var counts: [Int: Int] = [:]
        var unexplained: [String] = []
        for line in disagreements {
            if let index = all.firstIndex(where: { suite.hasPrefix($0.suite) && line.contains($0.text) }) {
                counts[index, default: 0] += 1
                if isVerbose { Swift.print("  \(line)") }
            } else {
                unexplained.append(line)
            }
        }
        var byReason: [(reason: Substring, cases: [String])] = []
        for index in counts.keys.sorted() {
            let name = (counts[index] ?? 0) > 1 ? "\(counts[index] ?? 0) × \(all[index].text)" : all[index].text
            if let known = byReason.firstIndex(where: { $0.reason == all[index].reason }) {
                byReason[known].cases.append(name)
            } else {
                byReason.append((all[index].reason, [name]))
            }
        }
        for (reason, cases) in byReason { Swift.print("  \(reason): \(cases.joined(separator: ", "))") }
        for line in unexplained.prefix(isVerbose ? .max : 20) { Swift.print("  no reason: \(line)") }
        return unexplained.count
    }
}

/// The recorded scores that a suite may not fall below: lines of `suite NAME PASSED/TOTAL`.
struct Floors {
    private var byName: [String: (passed: Int, total: Int)] = [:]

    init(_ path: String) throws {
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.first == "suite", words.count == 3 else { continue }
            let numbers = words[2].split(separator: "/").compactMap { Int($0) }
            guard numbers.count == 2 else { throw Trouble("\(path): \(line)") }
            byName[String(words[1])] = (numbers[0], numbers[1])
        }
    }

    subscript(name: String) -> (passed: Int, total: Int)? { byName[name] }
}

/// The files of corpora, archives unpacked.
enum Corpus {
    /// Every file of a folder that holds messages; the notes about it, and empty files, are left out.
    static func messages(_ folder: String) throws -> [String] {
        var files: [String] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
            let whole = folder + "/" + path
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: whole, isDirectory: &isDirectory), !isDirectory.boolValue,
                !path.hasSuffix("PROVENANCE.md")
            else { continue }
            if path.hasSuffix(".tar.xz") {
                files += try messages(try unpacked(whole))
            } else if let size = try FileManager.default.attributesOfItem(atPath: whole)[.size] as? Int, size > 0 {
                files.append(whole)
            }
        }
        return files
    }

    private static func unpacked(_ archive: String) throws -> String {
        let folder =
            NSTemporaryDirectory() + "backstamp-corpus-\(getpid())-" + archive.filter { $0.isLetter || $0.isNumber }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let tar = Run("/usr/bin/env", ["tar", "-xJf", archive, "-C", folder])
        guard tar.status == 0 else { throw Trouble("\(archive) could not be unpacked") }
        folders.append(folder)
        return folder
    }

    nonisolated(unsafe) private static var folders: [String] = []
    static func cleanUp() { for folder in folders { try? FileManager.default.removeItem(atPath: folder) } }
}

/// A program that was run to its end, or stopped when it took too long.
struct Run {
    let status: Int32
    /// Whether it ended by a signal: a trap, or because it was stopped.
    let crashed: Bool
    let output: Data

    init(_ program: String, _ arguments: [String], input: Data? = nil, seconds: Double = 120) {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["SWIFT_BACKTRACE"] = "enable=no"
        process.environment = environment
        let file = NSTemporaryDirectory() + "backstamp-run-\(UUID().uuidString)"
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: file) }
        process.standardOutput = FileHandle(forWritingAtPath: file)
        process.standardError = FileHandle.nullDevice
        let inputFile = file + "-in"
        defer { try? FileManager.default.removeItem(atPath: inputFile) }
        if let input {
            _ = FileManager.default.createFile(atPath: inputFile, contents: input)
            process.standardInput = FileHandle(forReadingAtPath: inputFile)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        do { try process.run() } catch {
            (status, crashed, output) = (127, true, Data())
            return
        }
        let timer = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: timer)
        process.waitUntilExit()
        timer.cancel()
        status = process.terminationStatus
        crashed = process.terminationReason == .uncaughtSignal
        output = (try? Data(contentsOf: URL(filePath: file))) ?? Data()
    }
}
