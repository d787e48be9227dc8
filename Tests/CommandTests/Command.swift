import Foundation
import Testing

/// A program that was run to its end.
struct Command {
    let status: Int32
    let output: String
    let errors: String

    static let binary = ProcessInfo.processInfo.environment["BACKSTAMP_BINARY"].flatMap { $0.isEmpty ? nil : $0 }

    static func temporary() -> String { NSTemporaryDirectory() + "backstamp-test-\(UUID().uuidString)" }

    init(_ arguments: [String], program: String? = nil, input: String? = nil, environment: [String: String] = [:])
        throws
    {
        let process = Process()
        process.executableURL = URL(filePath: try #require(program ?? Self.binary))
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let files = (0..<3).map { _ in Self.temporary() }
        defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
        for file in files { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        try (input ?? "").write(toFile: files[0], atomically: false, encoding: .utf8)
        process.standardInput = FileHandle(forReadingAtPath: files[0])
        process.standardOutput = FileHandle(forWritingAtPath: files[1])
        process.standardError = FileHandle(forWritingAtPath: files[2])
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        output = try String(contentsOfFile: files[1], encoding: .utf8)
        errors = try String(contentsOfFile: files[2], encoding: .utf8)
    }
}
