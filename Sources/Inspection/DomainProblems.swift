import Authentication
import DNS
import Mail

extension DomainInspection {
    /// One thing that is missing or wrong, and the record that would put it right.
    public struct Problem: Sendable {
        public let severity: Severity
        public let sentence: String
        /// As a line of a zone file.
        public let record: String?
    }

    /// The weightiest first.
    public var problems: [Problem] {
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
        return hosts.compactMap { host in
            let replies = host.addresses.compactMap { try? $0.get() }
            guard replies.count == 2, replies.allSatisfy({ $0.addresses.isEmpty }) else { return nil }
            return Problem(
                severity: .warning, sentence: "\(host.host), which takes its mail, has no address", record: nil)
        }
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
                    severity: .caution, sentence: "there is no key \(name)",
                    record: line(name, "TXT", "\"v=DKIM1; k=rsa; p=…\""))
            }
            switch DKIM.state(ofKey: text) {
            case .usable(let bits, let isRSA):
                guard isRSA, bits < 2048 else { return nil }
                return Problem(
                    severity: bits < 1024 ? .warning : .note,
                    sentence: "the key \(name) has \(bits) bits; 2048 are usual", record: nil)
            case .unusable(let reason): return Problem(severity: .caution, sentence: "\(name): \(reason)", record: nil)
            }
        }
    }

    private var dmarcProblems: [Problem] {
        guard dmarc.trouble == nil else { return [] }
        guard let record = dmarc.record, let place = dmarc.policyDomain else {
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
                    record: line("_dmarc.\(place)", "TXT", "\"v=DMARC1; p=quarantine; rua=mailto:dmarc@\(place)\"")))
        }
        if record["rua"] == nil {
            problems.append(
                Problem(severity: .note, sentence: "the DMARC policy wants no reports: add rua=mailto:…", record: nil))
        }
        for tag in ["pct", "rf", "ri"] where record[tag] != nil {
            problems.append(
                Problem(severity: .note, sentence: "the tag \(tag)= means nothing any more (RFC 9989)", record: nil))
        }
        return problems
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
}
