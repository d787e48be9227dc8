import Authentication
import DNS
import Foundation
import Mail

/// The ARC working group's validation cases: what the chain comes to.
struct ARCSuite: Suite {
    let name = "arc"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("arc-") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            where name.contains("validation") {
                guard let data = FileManager.default.contents(atPath: folder + "/" + name),
                    let scenarios = try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
                else { continue }
                for scenario in scenarios { Self.score(scenario, &result) }
            }
        }
        return result
    }

    private static func score(_ scenario: [String: Any], _ result: inout SuiteResult) {
        let zone = KeyZone(scenario["txt-records"] as? [String: String] ?? [:])
        let tests = scenario["tests"] as? [String: [String: Any]] ?? [:]
        for (name, test) in tests.sorted(by: { $0.key < $1.key }) {
            guard let text = test["message"] as? String, let cv = test["cv"] as? String else { continue }
            let message = Message(Source(exactly: Array(text.utf8)))
            let chain = waiting { await ARC.verify(message, asking: zone, at: DateTime(seconds: 12_345)) }
            result.total += 1
            // Upstream leaves it empty where the newest seal says that the chain was broken before.
            if chain.result.rawValue == (cv.isEmpty ? "fail" : cv.lowercased()) {
                result.passed += 1
            } else {
                result.disagreements.append("\(name): \(chain.result), not \(cv): \(chain.reason)")
            }
        }
    }
}

/// Alignment, policy and tree walk, by mailauth's tests.
struct DMARCSuite: Suite {
    let name = "dmarc"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("dmarc-") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            where name.hasSuffix(".json") {
                guard let data = FileManager.default.contents(atPath: folder + "/" + name),
                    let cases = try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
                else { continue }
                for test in cases { Self.score(test, &result) }
            }
        }
        return result
    }

    private static func score(_ test: [String: Any], _ result: inout SuiteResult) {
        guard let call = test["call"] as? [String: Any], let arguments = call["args"] as? [Any] else { return }
        let first = arguments.first as? [String: Any]
        let zone = TestZone(
            test["zone"] as? [String: Any],
            ((first?["resolver"] ?? arguments.dropFirst().first) as? [String: Any])?["$zone"] as? [String: Any])
        var author = (first?["headerFrom"] as? String) ?? (arguments.first as? String)
        if let several = first?["headerFrom"] as? [String] { author = several.count == 1 ? several.first : nil }
        let domain = author.map { text in Domain(text.split(separator: "@").last.map(String.init) ?? text) }
        func identifiers(_ key: String, _ method: DMARC.Identifier.Method) -> [DMARC.Identifier] {
            (first?[key] as? [Any] ?? []).compactMap { item in
                let name = (item as? String) ?? (item as? [String: Any])?["domain"] as? String
                return name.map { DMARC.Identifier(method, Domain($0), .pass) }
            }
        }
        let all = identifiers("spfDomains", .spf) + identifiers("dkimDomains", .dkim)
        let found = domain.map { domain in waiting { await DMARC.evaluate(author: domain, all, asking: zone) } }
        for check in test["checks"] as? [[String: Any]] ?? [] {
            let path = check["path"] as? String ?? ""
            guard let value = value(path, check["matcher"] as? String ?? "", found) else { continue }
            result.total += 1
            let expected = check["expected"].flatMap { $0 is NSNull ? nil : $0 }
            let isSame =
                switch check["matcher"] as? String {
                case "to.be.false": value == "false"
                case "to.be.true": value == "true"
                case "to.throw", "to.throw.().with.property": value == "temperror"
                case "to.not.be.ok", "to.be.undefined": value == "nothing"
                case "to.be.an": value != "false"
                case "to.contain": value.contains("\(expected ?? "")")
                default: value == "\(expected ?? "nothing")"
                }
            if isSame {
                result.passed += 1
            } else {
                let suite = (test["suite"] as? String) ?? ""
                result.disagreements.append("\(suite): \(path) is \(value), not \(expected ?? check["matcher"] ?? "")")
            }
        }
    }

    /// What stands at a path of the peer's answer; `nil` for what is its own affair.
    private static func value(_ path: String, _ matcher: String, _ found: DMARC.Evaluation?) -> String? {
        func aligned(_ method: DMARC.Identifier.Method) -> String {
            found?.identifiers.first { $0.method == method && $0.isAligned }
                .map { ($0.organisation ?? $0.domain).description } ?? "nothing"
        }
        switch path {
        case "":
            if matcher.hasPrefix("to.throw") { return found?.result.rawValue }
            guard matcher == "to.be.false" || matcher == "to.be.an" else { return nil }
            return found?.record == nil ? "false" : "a record"
        case ".status.result": return found?.result.rawValue ?? "nothing"
        case ".policy": return found?.policy?.rawValue ?? "nothing"
        case ".domain": return found?.organisation?.description
        case ".alignment.dkim.strict": return found?.record.map { "\($0.isStrictDKIM)" }
        case ".alignment.spf.strict": return found?.record.map { "\($0.isStrictSPF)" }
        case ".alignment.dkim.result": return aligned(.dkim)
        case ".alignment.spf.result": return aligned(.spf)
        case ".status.header.from": return found?.author.description
        case ".status.header.d": return found?.policyDomain?.description
        case ".rr": return found?.record?.text
        case ".v", ".p", ".sp", ".adkim", ".aspf", ".fo", ".rua", ".ruf", ".pct", ".ri":
            return found?.record.map { $0[String(path.dropFirst())] ?? "nothing" }
        default: return nil
        }
    }
}

/// The answers of one test, in either of the two forms that they have.
private struct TestZone: Resolver {
    private typealias Entry = Result<[Record], ResolutionFailure>
    private var answers: [String: Entry?] = [:]
    /// What each other question comes to; `nil` for a name that does not exist.
    private var others: Entry?

    init(_ byQuestion: [String: Any]?, _ byName: [String: Any]?) {
        for (question, entry) in byQuestion ?? [:] {
            if question == "*" {
                others = Self.entry(entry)
            } else {
                answers[question.lowercased()] = Self.entry(entry)
            }
        }
        for (name, types) in byName ?? [:] {
            for type in ["TXT", "A"] {
                answers["\(name) \(type)".lowercased()] = .success(Self.records((types as? [String: Any])?[type]))
            }
        }
    }

    private static func entry(_ value: Any) -> Entry? {
        if let trouble = (value as? [String: Any])?["error"] as? String {
            return trouble == "ENOTFOUND" ? nil : trouble == "ENODATA" ? .success([]) : .failure(.timedOut)
        }
        return .success(records(value))
    }

    private static func records(_ value: Any?) -> [Record] {
        (value as? [Any] ?? []).compactMap { record -> Record? in
            let strings = (record as? [String]) ?? (record as? String).map { [$0] }
            return strings.map { .text($0.map { Array($0.utf8) }) }
        }
    }

    func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
        guard let entry = answers["\(question.name) \(question.type.rawValue)".lowercased()] ?? others else {
            return Answer(question, .noSuchName)
        }
        let records = try entry.get()
        return Answer(question, records.isEmpty ? .noData : .records(records))
    }
}
