import Foundation
import Inspection
import Mail

/// No honest message is called forged; what each verdict was given to, and how often each check spoke.
struct Ham: Suite {
    let name = "ham"
    let isOverAll = true

    func takes(_ folder: String) -> Bool { folder.hasPrefix("sa-corpus") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        defer { Corpus.cleanUp() }
        var result = SuiteResult()
        for kind in ["easy-ham", "hard-ham", "spam"] {
            let files = try folders.flatMap { try Corpus.messages($0) }.filter { file in
                file.split(separator: "/").dropLast().last?.hasPrefix(kind) == true
            }
            guard !files.isEmpty else { continue }
            var verdicts: [Verdict.Kind: Int] = [:]
            var checks: [String: Int] = [:]
            var severities: [Severity: Int] = [:]
            for file in files {
                guard let given = FileManager.default.contents(atPath: file) else { continue }
                let report = Self.report([UInt8](given))
                verdicts[report.verdict.kind, default: 0] += 1
                for id in Set(report.entries.map(\.about.id)) { checks[id, default: 0] += 1 }
                if let worst = report.worst { severities[worst, default: 0] += 1 }
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
            guard options.isVerbose else { continue }
            let severity = Dictionary(uniqueKeysWithValues: allChecks.map { ($0.about.id, $0.about.severity.rawValue) })
            for (id, count) in checks.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                let percent = Double(count * 1000 / files.count) / 10
                result.remarks.append("  \(percent) % \(severity[id] ?? "") \(id)")
            }
        }
        return result
    }

    static func report(_ bytes: [UInt8]) -> Report {
        Report(Inspection(of: Message(Source(bytes)), at: Example.time))
    }
}
