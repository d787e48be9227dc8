import Authentication
package import Checks
import DNS
import Mail
package import Phrases

extension DomainInspection {
    /// One thing that is missing or wrong, and the record that would put it right.
    package struct Problem: Sendable {
        package let severity: Severity
        package let sentence: Phrase
        /// As a line of a zone file.
        package let record: String?
    }

    /// The weightiest first.
    package var problems: [Problem] {
        let all = mailProblems + spfProblems + keyProblems + dmarcProblems + transportProblems
        return Severity.allCases.reversed().flatMap { severity in all.filter { $0.severity == severity } }
    }

    private func line(_ name: String, _ type: String, _ data: String) -> String { "\(name). IN \(type) \(data)" }

    private var mailProblems: [Problem] {
        guard case .success(let answer) = exchanges else { return [] }
        if answer.outcome == .noSuchName {
            return [Problem(severity: .alarm, sentence: "the domain does not exist", record: nil)]
        }
        if answer.records.isEmpty {
            return [
                Problem(
                    severity: .caution, sentence: "there is no MX record; if it takes no mail, say so",
                    record: line("\(domain)", "MX", "0 ."))
            ]
        }
        if !takesNoMail, answer.records.contains(where: Self.isNull) {
            return [
                Problem(
                    severity: .warning,
                    sentence:
                        "it says that it takes no mail (MX 0 .) and names hosts that do: remove that record (RFC 7505)",
                    record: nil)
            ]
        }
        return hosts.compactMap { host in
            if IPAddress(host.host.description) != nil {
                return Problem(
                    severity: .warning,
                    sentence:
                        "its MX record holds the address \(host.host), where the name of a host belongs (RFC 5321 §5.1)",
                    record: nil)
            }
            let replies = host.addresses.compactMap { try? $0.get() }
            guard replies.count == 2, replies.allSatisfy({ $0.addresses.isEmpty }) else { return nil }
            return Problem(
                severity: .warning, sentence: "\(host.host), which takes its mail, has no address", record: nil)
        }
    }

    private static func isNull(_ record: Record) -> Bool {
        if case .mailExchange(_, let host) = record { host.description.isEmpty } else { false }
    }

    private var spfProblems: [Problem] {
        guard spf.trouble == nil else { return [] }
        let wanted = line("\(domain)", "TXT", takesNoMail ? "\"v=spf1 -all\"" : "\"v=spf1 mx -all\"")
        switch spf.result {
        case .none:
            return [
                Problem(
                    severity: .warning, sentence: "there is no SPF policy: anyone may send in its name", record: wanted)
            ]
        case .permerror:
            return [Problem(severity: .warning, sentence: "the SPF policy is broken: \(spf.reason)", record: nil)]
        case .pass:
            return [
                Problem(
                    severity: .warning, sentence: "the SPF policy lets everybody send: \(spf.reason)", record: wanted)
            ]
        case .neutral:
            return [
                Problem(
                    severity: .caution,
                    sentence: "the SPF policy does not say what other hosts are; it lacks -all or ~all",
                    record: closedPolicy)
            ]
        default:
            return spf.lookups > 8
                ? [
                    Problem(
                        severity: .note,
                        sentence: "\(spf.lookups) of 10 terms of the SPF policy ask DNS: it is about to break",
                        record: nil)
                ] : []
        }
    }

    /// The policy as it is, with `-all` at its end.
    private var closedPolicy: String? {
        guard let text = spf.policy?.record, !text.contains("redirect=") else { return nil }
        let terms = text.split(separator: " ").filter { $0 != "?all" }
        return line("\(domain)", "TXT", "\"\(terms.joined(separator: " ")) -all\"")
    }

    private var keyProblems: [Problem] {
        keys.compactMap { selector, reply in
            guard case .success(let answer) = reply else { return nil }
            let name = "\(selector)._domainkey.\(domain)"
            guard let text = answer.texts.first else {
                return Problem(
                    severity: .caution, sentence: "there is no key \(words: name)",
                    record: line(name, "TXT", "\"v=DKIM1; k=rsa; p=…\""))
            }
            guard answer.texts.count == 1 else {
                return Problem(
                    severity: .warning,
                    sentence:
                        "\(words: name) has \(answer.texts.count) records; verifiers may take any of them (RFC 6376 §3.6.2.2)",
                    record: nil)
            }
            switch DKIM.state(ofKey: text) {
            case .usable(_, _, isTesting: true):
                return Problem(
                    severity: .note,
                    sentence: "the key \(words: name) is marked as a test (t=y): signatures by it count for nothing",
                    record: nil)
            case .usable(let bits, let isRSA, _):
                guard isRSA, bits < 2048 else { return nil }
                return Problem(
                    severity: bits < 1024 ? .warning : .note,
                    sentence: "the key \(words: name) has \(bits) bits; 2048 are usual", record: nil)
            case .unusable(let reason):
                return Problem(severity: .caution, sentence: "\(words: name): \(reason)", record: nil)
            }
        }
    }

    private var dmarcProblems: [Problem] {
        guard dmarc.trouble == nil else { return [] }
        guard let record = dmarc.record, let policyDomain = dmarc.policyDomain else {
            return [
                Problem(
                    severity: .warning,
                    sentence: "there is no DMARC policy: nobody is told what a message that fails is worth",
                    record: line("_dmarc.\(domain)", "TXT", "\"v=DMARC1; p=none; rua=mailto:dmarc@\(domain)\""))
            ]
        }
        var problems: [Problem] = []
        if dmarc.policy == DMARC.Policy.none {
            problems.append(
                Problem(
                    severity: .note,
                    sentence: "the DMARC policy asks for nothing; once the reports are clean, ask for more",
                    record: line(
                        "_dmarc.\(policyDomain)", "TXT", "\"v=DMARC1; p=quarantine; rua=mailto:dmarc@\(policyDomain)\"")
                ))
        }
        if record["rua"] == nil {
            problems.append(
                Problem(
                    severity: .note, sentence: "the DMARC policy wants no reports: nobody learns who sends in its name",
                    record: dmarcLine(record.text, at: policyDomain, adding: "rua=mailto:dmarc@\(policyDomain)")))
        }
        if case .success(let answer) = brandIndicator,
            answer.texts.contains(where: { $0.starts(with: "v=BIMI1".utf8) }),
            dmarc.policy == DMARC.Policy.none
        {
            problems.append(
                Problem(
                    severity: .note, sentence: "its logo (BIMI) is shown only when DMARC asks for quarantine or reject",
                    record: line(
                        "_dmarc.\(policyDomain)", "TXT", "\"v=DMARC1; p=quarantine; rua=mailto:dmarc@\(policyDomain)\"")
                ))
        }
        for tag in ["pct", "rf", "ri"] where record[tag] != nil {
            problems.append(
                Problem(
                    severity: .note, sentence: "the tag \(term: tag)= means nothing any more (RFC 9989)",
                    record: dmarcLine(record.text, at: policyDomain, adding: nil)))
        }
        return problems
    }

    /// The record as it is, without the tags that mean nothing any more.
    private func dmarcLine(_ text: String, at policyDomain: Domain, adding tag: String?) -> String {
        let tags = text.split(separator: ";").map { String($0.drop { $0 == " " }) }.filter { one in
            !one.isEmpty && !["pct", "rf", "ri"].contains(String(one.prefix { $0 != "=" && $0 != " " }).lowercased())
        }
        return line("_dmarc.\(policyDomain)", "TXT", "\"\((tags + (tag.map { [$0] } ?? [])).joined(separator: "; "))\"")
    }

    private var transportProblems: [Problem] {
        guard !takesNoMail, !hosts.isEmpty else { return [] }
        var problems: [Problem] = []
        func lacks(_ reply: Reply, _ version: String) -> Bool {
            guard case .success(let answer) = reply else { return false }
            return !answer.texts.contains { $0.starts(with: version.utf8) }
        }
        let isSecured = hosts.contains { host in
            (try? host.certificates.get()).map { !$0.records.isEmpty && $0.security == .secure } ?? false
        }
        if lacks(transportSecurity, "v=STSv1"), !isSecured {
            problems.append(
                Problem(
                    severity: .note,
                    sentence:
                        "neither MTA-STS nor DANE says that mail to it must be encrypted (MTA-STS also wants https://mta-sts.\(domain)/.well-known/mta-sts.txt)",
                    record: line("_mta-sts.\(domain)", "TXT", "\"v=STSv1; id=1\"")))
        }
        if case .success(let answer) = transportSecurity {
            let policies = answer.texts.filter { $0.starts(with: "v=STSv1".utf8) }
            if policies.count > 1 {
                problems.append(
                    Problem(
                        severity: .warning,
                        sentence: "there are \(policies.count) MTA-STS records: none of them counts (RFC 8461 §3.1)",
                        record: nil))
            } else if let policy = policies.first, !Self.hasID(policy) {
                problems.append(
                    Problem(
                        severity: .warning,
                        sentence: "the MTA-STS record lacks an id of letters and digits (RFC 8461 §3.1)",
                        record: line("_mta-sts.\(domain)", "TXT", "\"v=STSv1; id=1\"")))
            }
        }
        if lacks(transportReports, "v=TLSRPTv1") {
            problems.append(
                Problem(
                    severity: .note, sentence: "nobody is told when mail to it cannot be encrypted",
                    record: line("_smtp._tls.\(domain)", "TXT", "\"v=TLSRPTv1; rua=mailto:tlsrpt@\(domain)\"")))
        }
        for host in hosts {
            if case .success(let answer) = host.certificates, !answer.records.isEmpty, answer.security == .insecure {
                problems.append(
                    Problem(
                        severity: .caution,
                        sentence: "the TLSA record of \(host.host) is not signed, so nobody may use it (RFC 7672)",
                        record: nil))
            }
        }
        return problems
    }

    // sts-id = %s"id" *WSP "=" *WSP 1*32(ALPHA / DIGIT)
    private static func hasID(_ policy: [UInt8]) -> Bool {
        let source = Source(exactly: policy)
        guard let id = try? source.read(TagList.self, in: 0..<policy.count).get()["id"]?.value.utf8 else {
            return false
        }
        return (1...32).contains(id.count) && id.allSatisfy { $0.isLetter || $0.isDigit }
    }
}
