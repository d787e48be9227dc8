import Authentication
import DNS
import Foundation
import Mail
import Synchronization

/// RFC 7208's test suite: each result is one of those allowed, and the explanation is the one that the domain gives.
struct SPFSuite: Suite {
    let name = "spf"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("spf-") }

    /// Prints the documents of a YAML file as JSON.
    private static let reader = """
        import json, sys, yaml
        print(json.dumps([d for d in yaml.safe_load_all(open(sys.argv[1], encoding='utf-8')) if d]))
        """

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            // The suite of RFC 4408, which it replaces, stands beside it.
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            for file in names where file.hasSuffix(".yml") && !file.contains("4408") {
                let python = Run("/usr/bin/env", ["/usr/bin/python3", "-c", Self.reader, folder + "/" + file])
                guard let scenarios = try JSONSerialization.jsonObject(with: python.output) as? [[String: Any]] else {
                    throw Trouble("\(file) cannot be read; is python3-yaml installed?")
                }
                for scenario in scenarios { score(scenario, &result) }
            }
        }
        return result
    }

    private func score(_ scenario: [String: Any], _ result: inout SuiteResult) {
        let zone = SuiteZone(scenario["zonedata"] as? [String: Any] ?? [:])
        let tests = scenario["tests"] as? [String: [String: Any]] ?? [:]
        for (name, test) in tests.sorted(by: { $0.key < $1.key }) {
            guard let address = (test["host"] as? String).flatMap({ IPAddress($0) }) else { continue }
            let request = SPF.Request(
                client: address, mailFrom: test["mailfrom"] as? String ?? "", hello: test["helo"] as? String ?? "")
            let evaluation = waiting { await SPF.evaluate(request, asking: zone) }
            let allowed = (test["result"] as? [String]) ?? [(test["result"] as? String) ?? ""]
            let wanted = test["explanation"] as? String
            let explanation = evaluation.explanation ?? "DEFAULT"
            result.total += 1
            if !allowed.contains(evaluation.result.rawValue) {
                result.disagreements.append(
                    "\(name): \(evaluation.result), not \(allowed.joined(separator: " or ")): \(evaluation.reason)")
            } else if let wanted, evaluation.result == .fail, wanted != explanation {
                result.disagreements.append("\(name): the explanation is \(explanation), not \(wanted)")
            } else {
                result.passed += 1
            }
        }
    }
}

/// The zone of a test: what each name has, and which names do not answer.
private struct SuiteZone: Resolver {
    private var records: [Domain: [(type: String, record: Record?)]] = [:]
    private var silent: Set<Domain> = []

    init(_ zone: [String: Any]) {
        for (name, entries) in zone {
            let domain = Domain(name)
            for entry in entries as? [Any] ?? [] {
                if entry as? String == "TIMEOUT" { silent.insert(domain) }
                for (type, value) in entry as? [String: Any] ?? [:] {
                    records[domain, default: []].append((type, Self.record(type, value)))
                }
            }
            // Where no TXT record stands, that of the retired type SPF is one.
            let own = records[domain] ?? []
            if !own.contains(where: { $0.type == "TXT" }) {
                records[domain] = own + own.filter { $0.type == "SPF" }.map { ("TXT", $0.record) }
            }
        }
    }

    private static func record(_ type: String, _ value: Any) -> Record? {
        switch type {
        case "A", "AAAA": (value as? String).flatMap { IPAddress($0) }.map { .address($0) }
        case "PTR", "CNAME": (value as? String).map { .host(Domain($0)) }
        case "MX":
            (value as? [Any]).flatMap { pair in
                guard pair.count == 2, let preference = pair[0] as? Int, let host = pair[1] as? String else {
                    return nil
                }
                return .mailExchange(preference: preference, host: Domain(host))
            }
        case "TXT" where value as? String == "NONE": nil
        case "TXT", "SPF":
            .text(
                ((value as? [String]) ?? [value as? String ?? ""]).map { text in
                    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
                })
        default: nil
        }
    }

    func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
        var name = question.name
        for _ in 0..<8 {
            let own = records[name] ?? []
            let found = own.filter { $0.type == question.type.rawValue }.compactMap(\.record)
            if !found.isEmpty { return Answer(question, .records(found)) }
            if silent.contains(name) { throw .timedOut }
            guard case .host(let next)? = own.first(where: { $0.type == "CNAME" })?.record else {
                return Answer(question, own.isEmpty ? .noSuchName : .noData)
            }
            name = next
        }
        return Answer(question, .noData)
    }
}

/// Runs what is asynchronous to its end.
func waiting<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
    let (done, box) = (DispatchSemaphore(value: 0), Box<Value>())
    Task {
        let value = await work()
        box.value.withLock { $0 = value }
        done.signal()
    }
    while true {
        done.wait()
        if let value = box.value.withLock({ $0 }) { return value }
    }
}

private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
