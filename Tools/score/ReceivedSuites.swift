import Delivery
import Foundation
import Checks
import Inspection
import Mail

extension TreeSuite {
    /// SpamAssassin's own tests of its Received parser: address, reverse name, HELO, server and id of each line. What it leaves out is
    /// to be read or recognised.
    static let receivedSpamAssassin = TreeSuite(name: "received-spamassassin", prefix: "received-spamassassin") {
        folder in
        guard let data = FileManager.default.contents(atPath: folder + "/rcvd_parser.json"),
            let lines = try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
        else { throw Trouble("\(folder): rcvd_parser.json is missing") }
        return lines.compactMap { line in
            guard let header = line["header"] as? String else { return nil }
            let trace = trace(["Received: " + header])
            let name = header.replacing("\n", with: " ")
            if line["ignored"] as? Bool == true {
                return (name, trace.unparsed.isEmpty ? "read" : "unparsed", "read")
            }
            guard let wanted = (line["expected"] as? [[String: Any]])?.first else { return nil }
            let keys = ["ip", "rdns", "helo", "by", "id"]
            // The marks that qmail puts for what it will not repeat are no part of the name.
            let expected = keys.map { "\($0)=\("\(wanted[$0] ?? "")".lowercased().replacing("?", with: ""))" }
                .joined(separator: " ")
            return (name, trace.hops.first.map(fields) ?? "unparsed", expected)
        }
    }

    static func trace(_ headers: [String]) -> Trace {
        let text = headers.joined(separator: "\r\n") + "\r\nFrom: <a@example.com>\r\n\r\n"
        return Inspection(of: Message(Source(exactly: Array(text.utf8))), at: Example.time).trace
    }

    /// In the other program's words: it shows no HELO that is the address again, and puts marks around one in brackets.
    private static func fields(_ hop: Hop) -> String {
        var hello = hop.peer.hello?.value.lowercased() ?? ""
        if hello.hasPrefix("["), hello.hasSuffix("]") { hello = "!\(hello.dropFirst().dropLast())!" }
        var address = hop.peer.address?.value.description ?? ""
        if address.hasPrefix("::ffff:") { address.removeFirst(7) }
        let rdns = hop.peer.name.domain?.value.description ?? ""
        let id = (hop.id?.value ?? "").lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "<>"))
        return "ip=\(address) rdns=\(rdns) helo=\(hello) by=\(hop.by?.value.lowercased() ?? "") id=\(id)"
    }

    /// SpamScope mail-parser's tests of the same, and three of another program's: what each clause contains.
    static let receivedSpamScope = TreeSuite(name: "received-spamscope", prefix: "received-spamscope") { folder in
        guard let data = FileManager.default.contents(atPath: folder + "/received_corpus.json"),
            let tests = try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
        else { throw Trouble("\(folder): received_corpus.json is missing") }
        var cases: [(name: String, found: String, wanted: String)] = []
        for test in tests {
            let inputs = test["inputs"] as? [String: Any] ?? [:]
            // The others are about addresses in any text.
            guard let headers = inputs["headers"] as? [String] ?? (inputs["header"] as? String).map({ [$0] }) else {
                continue
            }
            let trace = trace(headers.map { "Received: " + $0 })
            var problems: [String] = []
            for check in test["checks"] as? [[String: Any]] ?? [] {
                let arguments = check["args"] as? [Any] ?? []
                let texts = arguments.compactMap { $0 as? String }
                let value = arguments.compactMap { ($0 as? [String: Any])?["value"] }.first.map { "\($0)" } ?? ""
                if let problem = problem(check["assert"] as? String ?? "", texts.first ?? "", value, trace) {
                    problems.append(problem)
                }
            }
            cases.append(("\(test["test"] ?? "")", problems.joined(separator: "; "), ""))
        }
        for (name, line, wanted) in [
            (
                "postalsys Haraka",
                "Received: from mail-oi1-f179.google.com (mail-oi1-f179.google.com [209.85.167.179])\r\n\tby zonemx.eu (Haraka/2.8.25) with ESMTPS id B3C0198B-A390-42E9-9DDC-C57D8D207298.1\r\n\tenvelope-from <andris.reinman@gmail.com>\r\n\t(cipher=TLS_AES_256_GCM_SHA384);\r\n\tFri, 06 Nov 2020 12:20:14 +0000",
                "mail-oi1-f179.google.com zonemx.eu ESMTPS B3C0198B-A390-42E9-9DDC-C57D8D207298.1 andris.reinman@gmail.com TLS_AES_256_GCM_SHA384"
            )
        ] {
            let hop = trace([line]).hops.first
            let found = [
                hop?.peer.hello?.value, hop?.by?.value, hop?.transmission?.value, hop?.id?.value,
                hop?.envelopeFrom?.value,
                hop?.cipher?.value,
            ].map { $0 ?? "-" }.joined(separator: " ")
            cases.append((name, found, wanted))
        }
        return cases
    }

    private static func problem(_ kind: String, _ path: String, _ value: String, _ trace: Trace) -> String? {
        guard path.contains("parsed") || path == "len(result)" else { return nil }
        let hop = trace.hops.first
        /// The clause with its comments.
        func whole(_ keyword: Received.Keyword) -> String? {
            guard let received = hop?.received else { return nil }
            return received.clause(keyword).compactMap { index in
                let text = received.text(received.items[index].range).value
                return switch received.items[index].kind {
                case .word: text
                case .comment: "(\(text))"
                case .keyword, .remark: nil
                }
            }.joined(separator: " ")
        }
        func clause(_ name: String) -> String {
            let found: String? =
                switch name {
                case "from": whole(.from)
                case "by": whole(.by)
                case "with": hop?.received.joined(.with)?.value
                case "id": hop?.id?.value
                case "for": hop?.recipient?.value
                case "via": hop?.via?.value
                case "envelope_from", "envelope_sender": hop?.envelopeFrom?.value
                case "date": (try? (hop?.date ?? trace.skipped.first?.date)?.get()).map { _ in "date" }
                default: nil
                }
            return found ?? ""
        }
        if path == "len(result)" { return "\(trace.hops.count)" == value ? nil : "\(trace.hops.count) hops" }
        if kind == "assertRaises" { return trace.hops.isEmpty ? nil : "read" }
        if path == "parsed" {
            return kind != "assertIn" || value == "hop" || !clause(value).isEmpty ? nil : "no \(value)"
        }
        let name = path.split(separator: "'").dropFirst().first.map(String.init) ?? ""
        let found = clause(name)
        if name == "date" { return found.isEmpty ? "no date" : nil }
        switch kind {
        case "assertIn": return found.contains(value) ? nil : "\(name) is \(found), not \(value)"
        case "assertEqual":
            return found == value || found.hasPrefix(value + " (") ? nil : "\(name) is \(found), not \(value)"
        default: return nil
        }
    }
}

/// Every Received field of real mail is parsed or recognised, and no date is lost that a person can read.
struct ReceivedCoverage: Suite {
    let name = "received-coverage"
    let isOverAll = true

    func takes(_ folder: String) -> Bool {
        ["phish-pot", "phish-headers", "sa-corpus", "mime-notmuch", "mime-chatmail", "ar-chatmail"].contains {
            folder.hasPrefix($0)
        }
    }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        defer { Corpus.cleanUp() }
        var result = SuiteResult()
        var dialects: [String: Int] = [:]
        var lost = 0
        for file in try folders.flatMap({ try Corpus.messages($0) }) {
            guard let given = FileManager.default.contents(atPath: file) else { continue }
            let trace = Inspection(of: Message(Source([UInt8](given))), at: Example.time).trace
            result.total += trace.hops.count + trace.unparsed.count + trace.skipped.count
            result.passed += trace.hops.count + trace.skipped.count
            for hop in trace.hops {
                dialects[hop.dialect?.name ?? "-", default: 0] += 1
                if hop.time == nil, hop.date != nil {
                    lost += 1
                    if lost <= 20 { result.remarks.append("  unreadable date: \(text(hop.field, given))") }
                }
            }
            for line in trace.unparsed { result.disagreements.append("\(file): \(text(line.range, given))") }
        }
        result.remarks.append("received-coverage: \(lost) dates could not be read")
        let shares = dialects.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
        result.remarks.append("received-coverage: \(shares.joined(separator: ", "))")
        return result
    }

    private func text(_ field: HeaderField, _ given: Data) -> String { text(field.value, given) }
    private func text(_ range: ByteRange, _ given: Data) -> String {
        Source([UInt8](given)).text(range, limit: 200)
    }
}
