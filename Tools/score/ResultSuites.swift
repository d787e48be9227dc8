import Foundation
import Inspection
import Mail
import Phrases

/// Authentication-Results as real providers write them: all are read, and none that the sender can have written is the receiver's.
struct ReceiversResults: Suite {
    let name = "ar"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("ar-chatmail") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for file in try folders.flatMap({ try Corpus.messages($0) }) {
            guard let data = FileManager.default.contents(atPath: file) else { continue }
            let message = Message(Source(exactly: [UInt8](data)))
            let fields = message[.authenticationResults]
            guard !fields.isEmpty else { continue }
            result.total += 1
            let claims = Inspection(of: message, at: DateTime(seconds: 0)).claims
            let believed = claims.filter { $0.standing == .receivers }.compactMap { $0.results.authority?.value }
            let isRead = fields.allSatisfy { field in (try? field.get()) != nil }
            if isRead, !(file.contains("/forged") && believed.contains("aaa.com")) {
                result.passed += 1
            } else {
                result.disagreements.append(
                    "\(file.split(separator: "/").suffix(2).joined(separator: "/")): not read, or believed")
            }
        }
        return result
    }
}

/// The tests of a Thunderbird add-on: its vectors of single fields, then what whole messages come to by the fields of one authority.
struct ResultVectors: Suite {
    let name = "ar"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("ar-lieser") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            for vector in try Self.list(folder + "/arh_parser_vectors.json") {
                guard let call = vector["call"] as? [String: Any], let arguments = call["args"] as? [Any],
                    let text = arguments.first as? String, let checks = vector["checks"] as? [[String: Any]]
                else { continue }
                let value = text.drop { $0 != ":" }.dropFirst()
                let found = Reading(
                    String(value), isRelaxed: arguments.dropFirst().first as? Bool == true,
                    isInternational: arguments.dropFirst(2).first as? Bool == true)
                let wrong = checks.filter { !found.meets($0) }
                result.add(wrong, "\(value)", Self.text(found.results))
            }
            for one in try Self.list(folder + "/authverifier_expected.json") where one["scope"] as? String == "rfc8601"
            {
                guard let file = one["file"] as? String, let checks = one["checks"] as? [[String: Any]],
                    let runs = one["runs"] as? [[String: Any]],
                    let data = FileManager.default.contents(atPath: "\(folder)/\(file)")
                else { continue }
                let message = Message(Source(exactly: [UInt8](data)))
                let trusted = one["trusted_authserv_ids"] as? [String]
                for (index, run) in runs.enumerated() {
                    let own = checks.filter {
                        ($0["run"] as? Int ?? 1) == index + 1 && $0["scope"] as? String != "addon"
                    }
                    guard !own.isEmpty else { continue }
                    let settings = run["settings"] as? [String: Any]
                    let found = Authorities(
                        message, trusted, isRelaxed: settings?["arh.relaxedParsing"] as? Bool == true,
                        isOrdered: one["order"] == nil)
                    result.add(found.wrong(own), "\(file) run \(index + 1)", found.description)
                }
            }
        }
        return result
    }

    private static func list(_ path: String) throws -> [[String: Any]] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
    }

    private static func text(_ results: AuthenticationResults?) -> String {
        guard let results else { return "not read" }
        return results.departures.first.map { "not the standard's: \($0.expected) wanted" } ?? "read"
    }
}

extension SuiteResult {
    fileprivate mutating func add(_ wrong: [[String: Any]], _ name: String, _ found: String) {
        total += 1
        if wrong.isEmpty {
            passed += 1
        } else {
            let paths = wrong.map { "\($0["path"] ?? "") \($0["matcher"] ?? "") \($0["expected"] ?? "")" }
            disagreements.append("\(name.printable): \(paths.joined(separator: ", ")); \(found)")
        }
    }
}

/// One field read as strictly as a test wants it; `nil` results where it may not be read.
private struct Reading {
    let results: AuthenticationResults?

    init(_ text: String, isRelaxed: Bool, isInternational: Bool) {
        var bytes = Array(text.utf8)
        while let last = bytes.last, last == 0x0D || last == 0x0A { bytes.removeLast() }
        let read = try? Source(exactly: bytes).read(AuthenticationResults.self, in: 0..<bytes.count).get()
        results = read.flatMap { one in
            isRelaxed || (one.departures.isEmpty && (isInternational || !one.isInternationalized)) ? one : nil
        }
    }

    func meets(_ check: [String: Any]) -> Bool {
        guard let path = check["path"] as? String, let matcher = check["matcher"] as? String else { return false }
        guard let results else { return matcher == "to.throw" }
        return matcher == "to.be.equal" && value(path, results) == "\(check["expected"] ?? "")"
    }

    private func value(_ path: String, _ results: AuthenticationResults) -> String? {
        switch path {
        case ".authserv_id": return results.authority?.value ?? ""
        case ".authres_version": return "\(results.version ?? 1)"
        case ".resinfo.length": return "\(results.claims.count)"
        default: break
        }
        // ".resinfo[0].properties.smtp.mailfrom"
        let parts = path.split(separator: ".", maxSplits: 2).map(String.init)
        guard parts.count > 1, let index = Int(parts[0].filter(\.isNumber)), results.claims.indices.contains(index)
        else {
            return nil
        }
        let claim = results.claims[index]
        switch parts[1] {
        case "method": return claim.method
        case "method_version": return "\(claim.version ?? 1)"
        case "result": return claim.result.value
        case "reason": return claim["reason"]?.value
        case "properties" where parts.count > 2: return claim[parts[2]]?.value
        default: return nil
        }
    }
}

/// What the fields of the trusted authorities say: of those that are given, else of the topmost field's.
private struct Authorities: CustomStringConvertible {
    let claims: [AuthenticationResults.Claim]
    let isOrdered: Bool

    init(_ message: Message, _ trusted: [String]?, isRelaxed: Bool, isOrdered: Bool) {
        self.isOrdered = isOrdered
        let fields = message[.authenticationResults].compactMap { try? $0.get() }
        let first = fields.first.flatMap { one -> String? in
            guard let authority = one.authority else { return isRelaxed ? "" : nil }
            // A name that is no name is nobody's.
            let isWhole = !one.departures.contains { $0.range == authority.range }
            return isRelaxed || isWhole ? authority.value : nil
        }
        let own = trusted ?? first.map { [$0] } ?? []
        claims = fields.filter { isRelaxed || $0.departures.isEmpty }
            .filter { own.contains($0.authority?.value ?? "") }
            .flatMap(\.claims)
    }

    var description: String { claims.map { "\($0.method)=\($0.result.value)" }.joined(separator: " ") }

    func wrong(_ checks: [[String: Any]]) -> [[String: Any]] {
        checks.filter { check in
            guard let path = check["path"] as? String, let matcher = check["matcher"] as? String else { return true }
            let parts = path.replacingOccurrences(of: ".arh", with: "").split(separator: ".").map(String.init)
            guard let method = parts.first?.prefix(while: \.isLetter) else { return true }
            let own = claims.filter {
                $0.method == method && $0.result.value != "none" || $0.method == method && method != "dkim"
            }
            if matcher == "to.be.empty" { return !own.isEmpty }
            guard parts.count > 1 else { return true }
            let expected = matcher == "to.be.undefined" ? nil : "\(check["expected"] ?? "")"
            if parts[1] == "length" { return "\(own.count)" != expected }
            if own.isEmpty { return !(method == "dkim" && expected == "none") }
            let values = own.map { Self.value(parts[1], $0, method) }
            if isOrdered, let index = Int(parts[0].filter(\.isNumber)) {
                return !values.indices.contains(index) || values[index] != expected
            }
            // In the add-on's own order: as often as the checks want it at least.
            let often = checks.count {
                ($0["path"] as? String)?.replacingOccurrences(of: ".arh", with: "").hasPrefix(".\(method)[") == true
                    && ($0["path"] as? String)?.hasSuffix(".\(parts[1])") == true
                    && "\($0["expected"] ?? "")" == expected
            }
            return values.count { $0 == expected } < often
        }
    }

    private static func value(_ name: String, _ claim: AuthenticationResults.Claim, _ method: Substring) -> String? {
        switch name {
        case "result" where method == "dkim":
            switch claim.result.value {
            case "pass": "SUCCESS"
            case "temperror": "TEMPFAIL"
            default: "PERMFAIL"
            }
        case "result": claim.result.value
        case "sdid": claim["header.d"]?.value
        case "auid": claim["header.i"]?.value
        case "algorithmSignature": claim["header.a"]?.value.split(separator: "-").first.map(String.init)
        case "algorithmHash": claim["header.a"]?.value.split(separator: "-").last.map(String.init)
        default: nil
        }
    }
}
