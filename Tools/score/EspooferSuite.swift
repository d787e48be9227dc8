import DNS
import Foundation
import Checks
import Inspection
import Mail

/// espoofer's attacks: each message, delivered as its case says, is called suspicious or forged.
struct EspooferSuite: Suite {
    let name = "attack-espoofer"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix(name) }

    private struct Case: Decodable {
        let id: String
        let file: String
        let helo: String
        let mailfrom: String
        let description: String
    }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            guard let given = FileManager.default.contents(atPath: folder + "/cases.json") else { continue }
            for one in try JSONDecoder().decode([Case].self, from: given) {
                guard let message = FileManager.default.contents(atPath: folder + "/" + one.file) else {
                    result.remarks.append("  left out: \(one.id), its message is missing")
                    continue
                }
                result.total += 1
                let report = try Self.report([UInt8](message), one)
                if [.suspicious, .forged].contains(report.verdict.kind) {
                    result.passed += 1
                } else {
                    result.disagreements.append(
                        "\(one.id): \(report.verdict.kind.rawValue): \(one.description) (\(report.entries.map(\.about.id).joined(separator: " ")))"
                    )
                }
                if options.isVerbose {
                    let spoken = report.entries.filter { $0.about.severity > .caution }.map(\.about.id)
                    result.remarks.append(
                        "  \(one.id) \(report.verdict.kind.rawValue): \(spoken.joined(separator: " "))")
                }
            }
        }
        return result
    }

    /// The attacker's names let its host send, those of others let nobody, and the name of MAIL FROM is in no zone.
    private static func report(_ bytes: [UInt8], _ one: Case) throws -> Report {
        let received =
            "Received: from \(one.helo) (unknown [192.0.2.1]) by mx.victim.com with ESMTP; Fri, 20 Nov 2026 09:00:00 +0000\r\n"
        let mailFrom = one.mailfrom.drop { $0 == "<" }.prefix { $0 != ">" }
        var lines = [
            "attack.com. IN TXT \"v=spf1 ip4:192.0.2.1 -all\"", "legitimate.com. IN TXT \"v=spf1 -all\"",
            "example.com. IN TXT \"v=spf1 ip4:192.0.2.1 -all\"", "_dmarc.legitimate.com. IN TXT \"v=DMARC1; p=reject\"",
            "_dmarc.example.com. IN TXT \"v=DMARC1; p=reject\"", "_dmarc.attack.com. IN TXT NXDOMAIN",
            "_dmarc.com. IN TXT NXDOMAIN",
        ]
        let hosts = Set([one.helo, mailFrom.split(separator: "@").last.map(String.init) ?? ""].map { $0.lowercased() })
        for host in hosts
        where Domain(host).isHostName && !["attack.com", "legitimate.com", "example.com"].contains(host) {
            let isAttackers = host.hasSuffix(".attack.com")
            lines.append("\(host). IN TXT \(isAttackers ? "\"v=spf1 ip4:192.0.2.1 -all\"" : "NXDOMAIN")")
            lines.append("_dmarc.\(host). IN TXT NXDOMAIN")
        }
        let resolver = RecordedResolver(try Zone(lines.joined(separator: "\n")))
        let envelope = Envelope(
            clientAddress: IPAddress("192.0.2.1"), hello: one.helo, mailFrom: String(mailFrom))
        let message = Message(Source(exactly: Array(received.utf8) + bytes))
        return waiting {
            Report(await Inspection(of: message, asking: resolver, at: Example.time, envelope: envelope))
        }
    }
}
