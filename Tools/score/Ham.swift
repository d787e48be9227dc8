import Foundation
import Checks
import Inspection
import Mail

/// No honest message is called forged; how many honest and fraudulent messages get a caution, a warning and an alarm, and which
/// checks gave them.
struct Ham: Suite {
    let name = "ham"
    let isOverAll = true

    func takes(_ folder: String) -> Bool { folder.hasPrefix("sa-corpus") || folder.hasPrefix("phish-pot") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        defer { Corpus.cleanUp() }
        var result = SuiteResult()
        let all = try folders.flatMap { try Corpus.messages($0) }
        for kind in ["easy-ham", "hard-ham", "spam", "phish-pot"] {
            let files = all.filter { $0.split(separator: "/").dropLast().last?.hasPrefix(kind) == true }
            guard !files.isEmpty else { continue }
            var verdicts: [Verdict.Kind: Int] = [:]
            var checks: [String: Int] = [:]
            var severities: [Severity: Int] = [:]
            var missed: [String] = []
            for file in files {
                guard let given = FileManager.default.contents(atPath: file) else { continue }
                let report = Self.report([UInt8](given))
                verdicts[report.verdict.kind, default: 0] += 1
                for id in Set(report.entries.map(\.about.id)) { checks[id, default: 0] += 1 }
                // How a message is written says nothing of fraud.
                let worst = report.entries.filter { $0.about.topic != .syntax }.map(\.about.severity).max()
                for severity in Severity.allCases where worst.map({ $0 >= severity }) == true {
                    severities[severity, default: 0] += 1
                }
                if worst.map({ $0 < .caution }) ?? true { missed.append(file) }
                guard kind == "easy-ham" else { continue }
                result.total += 1
                if report.verdict.kind != .forged {
                    result.passed += 1
                } else {
                    result.disagreements.append(
                        "\(file): \(report.verdict.reasons.map(\.about.id).joined(separator: ", "))")
                }
            }
            result.remarks.append(
                "ham \(kind) "
                    + Verdict.Kind.allCases.map { "\($0.rawValue) \(verdicts[$0] ?? 0)" }.joined(separator: ", ")
                    + ", of \(files.count)")
            func share(_ severity: Severity) -> String {
                "\(Double((severities[severity] ?? 0) * 1000 / files.count) / 10) %"
            }
            result.remarks.append(
                "ham \(kind) caution or above \(share(.caution)), warning or above \(share(.warning)), alarm \(share(.alarm)), syntax left out"
            )
            for (limited, severity, isBound, percent) in Self.figures where limited == kind {
                let count = severities[severity] ?? 0
                let holds =
                    isBound
                    ? Double(count * 100) <= percent * Double(files.count)
                    : Double(count * 100) >= percent * Double(files.count)
                result.total += 1
                if holds {
                    result.passed += 1
                } else {
                    result.disagreements.append(
                        "\(kind): \(severity.rawValue) or above in \(share(severity)) of messages")
                }
            }
            if kind == "phish-pot", options.isVerbose { result.remarks += missed.map { "  nothing said of \($0)" } }
            let severity = Dictionary(uniqueKeysWithValues: allChecks.map { ($0.about.id, $0.about.severity.rawValue) })
            for (id, count) in checks.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) })
            where options.isVerbose || severity[id] != Severity.note.rawValue {
                let percent = Double(count * 1000 / files.count) / 10
                result.remarks.append("  \(percent) % \(severity[id] ?? "") \(id)")
            }
        }
        return result
    }

    /// How many messages may be given a severity, or must be, in a hundred.
    private static let figures: [(kind: String, severity: Severity, isBound: Bool, percent: Double)] = [
        ("phish-pot", .caution, false, 85), ("easy-ham", .caution, true, 10), ("easy-ham", .warning, true, 2),
        ("easy-ham", .alarm, true, 0.5),
    ]

    static func report(_ bytes: [UInt8]) -> Report {
        Report(Inspection(of: Message(Source(bytes)), at: Example.time))
    }
}
