import Delivery
import Foundation
import Checks
import Inspection
import Mail

/// Honest mail of two hops and more gets no finding of a forged hop; invented hops below it are never shown as observed, and where they
/// are inconsistent they get a finding that the message did not have before.
struct ForgedHops: Suite {
    let name = "forged-hops"
    let isOverAll = true

    func takes(_ folder: String) -> Bool {
        ["sa-corpus", "mime-notmuch", "mime-chatmail"].contains { folder.hasPrefix($0) }
    }

    /// Checks that say that a hop is invented.
    private static let checks: Set = [
        "alien-dialect", "impossible-peer-address", "invented-protocol", "foreign-queue-id", "queue-id-time-differs",
        "hop-below-submission",
    ]

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        defer { Corpus.cleanUp() }
        var result = SuiteResult()
        var honest = 0
        var accused: [String: Int] = [:]
        var observed = 0
        var invented = 0
        var byKind: [String: (found: Int, all: Int)] = [:]
        for file in try folders.flatMap({ try Corpus.messages($0) }) where !file.contains("/spam-") {
            guard let data = FileManager.default.contents(atPath: file) else { continue }
            let given = [UInt8](data)
            let before = Self.report(given)
            guard before.inspection.trace.hops.count >= 2 else { continue }
            honest += 1
            let own = Set(before.entries.map(\.about.id)).intersection(Self.checks)
            result.total += 1
            if own.isEmpty {
                result.passed += 1
            } else {
                result.disagreements.append("\(file): \(own.sorted().joined(separator: ", "))")
                for id in own { accused[id, default: 0] += 1 }
            }
            guard honest % 5 == 0 else { continue }
            for (kind, lines) in Invention.all(honest, below: before.inspection.trace.hops.first) {
                let (forged, added) = Invention.insert(lines, below: before.inspection.message)
                let after = Self.report(forged)
                invented += 1
                // The invented hops are the oldest.
                if after.inspection.trace.hops.prefix(added).contains(where: \.trust.isOurs) {
                    observed += 1
                    result.disagreements.append("\(file): an invented hop (\(kind)) is shown as observed")
                }
                guard kind != "consistent" else { continue }
                byKind[kind, default: (0, 0)].all += 1
                if Self.hopFindings(after) > Self.hopFindings(before)
                    || !Self.ids(after).subtracting(Self.ids(before)).isEmpty
                {
                    byKind[kind, default: (0, 0)].found += 1
                }
            }
        }
        let found = byKind.values.reduce(0) { $0 + $1.found }
        let all = byKind.values.reduce(0) { $0 + $1.all }
        result.remarks.append(
            "forged-hops: \(result.total - result.passed) of \(honest) honest messages have a finding of a forged hop (\(accused.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")))"
        )
        result.remarks.append(
            "forged-hops: \(observed) of \(invented) messages with invented hops show one as observed")
        result.remarks.append(
            "forged-hops: \(found) of \(all) inconsistent ones have a new finding ("
                + byKind.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.found)/\($0.value.all)" }.joined(
                    separator: ", ")
                + ")")
        return result
    }

    private static func report(_ bytes: [UInt8]) -> Report {
        Report(Inspection(of: Message(Source(bytes)), at: Example.time))
    }

    private static func trace(_ report: Report) -> [Report.Entry] {
        report.entries.filter { $0.about.topic == .trace && $0.about.id != "slow-hop" && $0.about.id != "wrong-clock" }
    }

    private static func ids(_ report: Report) -> Set<String> { Set(trace(report).map(\.about.id)) }
    private static func hopFindings(_ report: Report) -> Int { trace(report).count }
}

/// Hops that nobody wrote.
enum Invention {
    /// One to four lines of each kind, newest first; `seed` varies them.
    static func all(_ seed: Int, below hop: Hop?) -> [(kind: String, lines: [String])] {
        let count = seed % 4 + 1
        let start = (hop?.time?.value.seconds ?? 1_030_000_000) - 20
        func stamp(_ ago: Int) -> String {
            let date = DateTime(seconds: start - ago).description
            let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            let month = months[(Int(date.dropFirst(5).prefix(2)) ?? 1) - 1]
            return "\(date.dropFirst(8).prefix(2)) \(month) \(date.prefix(4)) \(date.dropFirst(11).prefix(8)) +0000"
        }
        func host(_ number: Int) -> String { "mx\(seed % 97)\(number).forged-\(seed % 13).example" }
        func chain(_ line: (Int, String, String) -> String) -> [String] {
            (0..<count).map { line($0, host($0), host($0 + 1)) }
        }
        let from = hop?.peer.name.domain?.value.description ?? hop?.peer.helloDomain?.value.description ?? host(0)
        return [
            (
                "consistent",
                (0..<count).map { number in
                    let by = number == 0 ? from : host(number)
                    return
                        "from \(host(number + 1)) (\(host(number + 1)) [198.51.100.\(seed % 200 + 1)]) by \(by) with ESMTP; \(stamp(number * 3))"
                }
            ),
            (
                "alien-dialect",
                chain {
                    "from \($2) (\($2) [198.51.100.9]) by mx.google.com (Postfix) with ESMTP id 62F9114047; \(stamp($0 * 3))"
                }
            ),
            (
                "date-for-address",
                chain {
                    "from unknown (HELO \($2)) (Fri, 09 Aug 2002 09:27:51 -0400) by \($1) with SMTP; \(stamp($0 * 3))"
                }
            ),
            ("protocol", chain { "from unknown (HELO \($2)) (198.51.100.9) by \($1) with NNFMP; \(stamp($0 * 3))" }),
            (
                "queue-id",
                chain {
                    "from \($2) ([198.51.100.9] helo=\($2)) by \($1) with esmtp (Exim 4.96) id 77\($0)AB; \(stamp($0 * 3))"
                }
            ),
            (
                "old-id",
                chain {
                    "from \($2) ([198.51.100.9] helo=\($2)) by \($1) with esmtp (Exim 4.96) id 12RjuA-00A9Xw-0M; \(stamp($0 * 3))"
                }
            ),
            (
                "private-address",
                chain { "from mail.\($2) (mail.bank-\($0).example [10.1.2.3]) by \($1) with SMTP; \(stamp($0 * 3))" }
            ),
            ("future", chain { "from \($2) (\($2) [198.51.100.9]) by \($1) with SMTP; \(stamp(-7200 - $0))" }),
        ]
    }

    /// The message with the lines below its own `Received` fields, and how many there are.
    static func insert(_ lines: [String], below message: Message) -> (bytes: [UInt8], count: Int) {
        let bytes = message.source.bytes
        let last = message.fields(named: "Received").last?.range.upperBound ?? 0
        let end = bytes[..<last].suffix(2).elementsEqual("\r\n".utf8) ? "\r\n" : "\n"
        let text = lines.map { "Received: \($0)\(end)" }.joined()
        return (Array(bytes[..<last]) + Array(text.utf8) + Array(bytes[last...]), lines.count)
    }
}
