import Authentication
import DNS
import Foundation
import Mail
import Phrases

/// Signed messages of other verifiers' tests, with their keys.
struct DKIMSuite: Suite {
    let name = "dkim"
    let isOverAll = false

    /// The other folders' keys are not there: they test a peer's own questions, or another standard.
    func takes(_ folder: String) -> Bool {
        folder.hasPrefix("dkim-lieser") || folder.hasPrefix("dkim-dkimpy") || folder.hasPrefix("dkim-mimekit")
    }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            if let data = FileManager.default.contents(atPath: folder + "/verifier_expected.json") {
                try scoreVectors(data, folder, &result)
            } else {
                try scoreMessages(folder, &result)
            }
        }
        return result
    }

    static func verifications(_ path: String, _ keys: [String: String]) -> (Message, [DKIM.Verification])? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let message = Message(Source(exactly: [UInt8](data)))
        let zone = KeyZone(keys)
        // Signatures expire: judged when the message was received, or else written.
        let received = message.values(.received).lazy.compactMap { try? $0.value.date?.get().value }.first
        let moment = received ?? message.date?.value ?? DateTime(seconds: 0)
        return (message, waiting { await DKIM.verify(message, asking: zone, at: moment) })
    }

    // MARK: Messages with keys beside them

    /// The keys that RFC 8463 §A.2 publishes.
    private static let published = [
        "brisbane._domainkey.football.example.com":
            "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
        "test._domainkey.football.example.com":
            "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
    ]

    private func scoreMessages(_ folder: String, _ result: inout SuiteResult) throws {
        func text(_ name: String) -> String? {
            FileManager.default.contents(atPath: folder + "/" + name).map { String(decoding: $0, as: UTF8.self) }
        }
        var keys = Self.published
        if let key = text("test.txt") { keys["test._domainkey.legitimate.com(.attacker.com"] = key }
        if let key = text("ed25519test.dns") { keys["sed._domainkey.test.ex"] = key }
        let siblings = folder + "/../dkim-mimekit/gmail.pub"
        if let pem = FileManager.default.contents(atPath: siblings).map({ String(decoding: $0, as: UTF8.self) }) {
            let lines = pem.split(separator: "\n").filter { !$0.hasPrefix("-") }
            keys["20120113._domainkey.gmail.com"] = "v=DKIM1; k=rsa; p=" + lines.joined()
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            guard let (_, found) = Self.verifications(folder + "/" + name, keys), !found.isEmpty else { continue }
            if found.contains(where: \.isKeyGone) {
                result.remarks.append(
                    "left out of \((folder as NSString).lastPathComponent): \(name), whose key is not there")
                continue
            }
            result.total += 1
            let isPass = found.allSatisfy { $0.result == .pass }
            if isPass != name.contains("bad") {
                result.passed += 1
            } else {
                result.disagreements.append(
                    "\(name): \(found.map { "\($0.result): \($0.reason)" }.joined(separator: "; "))")
            }
        }
    }

    // MARK: Vectors

    private func scoreVectors(_ data: Data, _ folder: String, _ result: inout SuiteResult) throws {
        guard let cases = try JSONSerialization.jsonObject(with: data) as? [[String: Any]],
            let dns = FileManager.default.contents(atPath: folder + "/dns_txt.json"),
            let keys = try JSONSerialization.jsonObject(with: dns) as? [String: String]
        else { throw Trouble("\(folder) has no vectors") }
        for test in cases {
            guard let file = test["file"] as? String,
                let (message, found) = Self.verifications(
                    folder + "/" + file, (test["dns_override"] as? [String: String]) ?? keys)
            else { continue }
            result.total += 1
            // The peer sorts signatures.
            let selectors = (test["checks"] as? [[String: Any]] ?? []).filter {
                ($0["path"] as? String)?.hasSuffix(".selector") == true
            }.compactMap { $0["expected"] as? String }
            let sorted = found.sorted { a, b in
                let indices = [a, b].map { selectors.firstIndex(of: $0.signature?.selector.value ?? "") ?? .max }
                return indices[0] < indices[1]
            }
            let problems = (test["checks"] as? [[String: Any]] ?? []).compactMap { check -> String? in
                Self.problem(
                    check["path"] as? String ?? "", check["matcher"] as? String ?? "", check["expected"], sorted,
                    message
                )
            }
            if problems.isEmpty {
                result.passed += 1
            } else {
                result.disagreements.append("\(test["suite"] ?? file): \(problems.joined(separator: "; "))")
            }
        }
    }

    private static func problem(
        _ path: String, _ matcher: String, _ expected: Any?, _ found: [DKIM.Verification], _ message: Message
    ) -> String? {
        if path == ".signatures.length" { return found.count == expected as? Int ? nil : "\(found.count) signatures" }
        guard let digit = path.split(separator: "[").last?.first?.wholeNumberValue, digit < found.count,
            let name = path.split(separator: ".").last
        else { return nil }
        let (one, tags) = (found[digit], found[digit].signature)
        func compared(_ value: String?) -> String? {
            let wanted = expected.flatMap { $0 is NSNull ? nil : "\($0)" }
            return value == wanted ? nil : "\(name) is \(value ?? "nothing"), not \(wanted ?? "nothing")"
        }
        switch name {
        case "result":
            let result =
                switch one.result {
                case .pass: "SUCCESS"
                case .temperror: "TEMPFAIL"
                default: "PERMFAIL"
                }
            return compared(result).map { "\($0) (\(one.reason))" }
        case "sdid": return compared(tags?.domain.value.description)
        case "auid": return compared(tags?.identity.value)
        case "selector": return compared(tags?.selector.value)
        case "timestamp": return compared(tags?.signed.map { "\($0.value)" })
        case "expiration": return compared(tags?.expires.map { "\($0.value)" })
        case "algorithmSignature": return compared(tags.map { $0.algorithm == .ed25519SHA256 ? "ed25519" : "rsa" })
        case "algorithmHash": return compared(tags.map { $0.algorithm == .rsaSHA1 ? "sha1" : "sha256" })
        case "signedHeaders":
            let names = tags?.names.map { $0.lowercased() } ?? []
            return names == (expected as? [String]) ?? [] ? nil : "signed are \(names)"
        case "warnings":
            // What is a warning there is a fact here.
            guard let warning = expected as? [String: Any] else { return nil }
            let field = (warning["params"] as? [String])?.first?.lowercased() ?? ""
            let holds =
                switch warning["name"] as? String {
                case "DKIM_SIGWARNING_UNSIGNED_HEADER": one.coverage.unsigned.contains(field)
                case "DKIM_SIGWARNING_FROM_NOT_IN_SDID":
                    message[.from].compactMap { try? $0.get() }.first?.mailboxes.first?.value.domain
                        .map { author in tags.map { !author.value.isWithin($0.domain.value) } ?? false } ?? false
                case "DKIM_SIGWARNING_FUTURE": (tags?.signed?.value ?? 0) > (message.date?.value.seconds ?? .max)
                default: false
                }
            return holds ? nil : "no \(warning["name"] ?? "warning") \(field)"
        default: return nil
        }
    }
}

/// TXT records by name; the names need not be such as can be asked for.
struct KeyZone: Resolver {
    private let texts: [Domain: String]

    init(_ texts: [String: String]) {
        self.texts = Dictionary(texts.map { (Domain($0), $1) }, uniquingKeysWith: { first, _ in first })
    }

    func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
        guard let text = texts[question.name] else { return Answer(question, .noSuchName) }
        return Answer(question, .records([.text([Array(text.utf8)])]))
    }
}

/// The simple and the relaxed form of messages, byte for byte.
struct CanonicalForms: Suite {
    let name = "dkim-canon"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("dkim-canon-") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            where name.contains(".expected.") {
                let parts = name.split(separator: ".")
                guard let form = parts.first.flatMap({ DKIM.Canonicalization(rawValue: String($0)) }),
                    let number = parts.last,
                    let input = FileManager.default.contents(atPath: "\(folder)/email.\(number)"),
                    let expected = FileManager.default.contents(atPath: "\(folder)/\(name)")
                else { continue }
                let message = Message(Source(exactly: [UInt8](input)))
                let canonical = CanonicalForm(source: message.source)
                var found: [UInt8] = []
                for field in message.fields {
                    canonical.append(field, form, to: &found)
                    found += [.carriageReturn, .lineFeed]
                }
                found += [.carriageReturn, .lineFeed]
                canonical.body(message.body, form) { piece, _ in found += piece }
                // The goldens are stored with the line ends of either kind.
                let wanted = CanonicalForms.lines([UInt8](expected))
                result.total += 1
                if CanonicalForms.lines(found) == wanted {
                    result.passed += 1
                } else {
                    result.disagreements.append(
                        "\(name): \(String(decoding: found.suffix(60), as: UTF8.self).printable)")
                }
            }
        }
        return result
    }

    private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: .lineFeed, omittingEmptySubsequences: false).map { line in
            Array(line.last == .carriageReturn ? line.dropLast() : line)
        }
    }
}
