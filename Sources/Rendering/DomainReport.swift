import Authentication
import DNS
public import Inspection
import Mail
public import Templates

/// What a domain publishes about mail, written down.
public struct DomainReport {
    private let inspection: DomainInspection

    /// How it can be written down.
    public enum Format: String, CaseIterable, Sendable { case plain, json, html }

    private let templates: Templates

    public init(_ inspection: DomainInspection, _ templates: Templates = .builtIn) {
        self.inspection = inspection
        self.templates = templates
    }

    /// The same inspection and width give the same bytes; the width is that of plain text, in columns.
    public func written(as format: Format, width: Int) -> String {
        switch format {
        case .plain: plain(width).joined(separator: "\n") + "\n"
        case .json: json.written(isCompact: false)
        case .html: page.filling(templates[.domain])
        }
    }

    // MARK: Rows

    /// One thing that is published; those without a label belong to the one before.
    private struct Row {
        let label: String
        let text: String

        init(_ label: String, _ text: String) { (self.label, self.text) = (label, text.printableLine.cut(to: 2000)) }
    }

    private var rows: [Row] {
        var rows = [
            Row(
                "MX",
                Self.said(inspection.exchanges, empty: "none") + (inspection.takesNoMail ? " (it takes no mail)" : ""))
        ]
        for (host, addresses, certificates) in inspection.hosts {
            let found = addresses.map { Self.said($0, empty: "") }.filter { !$0.isEmpty }
            rows.append(Row("", "\(host): \(found.isEmpty ? "no address" : found.joined(separator: ", "))"))
            if case .success(let answer) = certificates, !answer.records.isEmpty {
                rows.append(Row("TLSA", "\(host): \(Self.said(certificates, empty: "none"))"))
            }
        }
        let spf = inspection.spf
        rows.append(Row("SPF", spf.trouble.map(Self.trouble) ?? spf.policy?.record ?? "none"))
        if spf.policy != nil {
            rows += SPFTree.policies(spf.policy).dropFirst().map { depth, policy in
                Row("", "\(String(repeating: "› ", count: depth))\(policy.domain): \(policy.record ?? "no policy")")
            }
            rows.append(
                Row(
                    "",
                    "\(spf.lookups) of 10 terms ask DNS; \(spf.voidLookups) of 2 answers are empty; for others it comes to \(spf.result.rawValue)"
                ))
        }
        for (selector, reply) in inspection.keys {
            rows.append(Row("DKIM", "\(selector): \(Self.said(reply, empty: "no key"))"))
        }
        let dmarc = inspection.dmarc
        let record = dmarc.record.map { "\($0.text) (at \(dmarc.policyDomain?.description ?? ""))" }
        rows += [
            Row("DMARC", dmarc.trouble.map(Self.trouble) ?? record ?? "none"),
            Row("", "asked: \(dmarc.asked.map { "_dmarc.\($0)" }.joined(separator: ", "))"),
            Row("MTA-STS", Self.said(inspection.transportSecurity, empty: "none")),
            Row("TLS-RPT", Self.said(inspection.transportReports, empty: "none")),
            Row("BIMI", Self.said(inspection.brandIndicator, empty: "none")),
            Row("DNSSEC", security),
        ]
        return rows
    }

    private var security: String {
        switch (try? inspection.exchanges.get())?.security {
        case .secure: "signed, and the signatures lead to the root"
        case .insecure: "not signed"
        default: "not known"
        }
    }

    /// What the report does not know.
    private var unchecked: String? {
        guard case .success(let answer) = inspection.transportSecurity, !answer.records.isEmpty else { return nil }
        return "the policy file of MTA-STS; nothing is fetched but DNS"
    }

    private var isComplete: Bool {
        inspection.transcript.allSatisfy { if case .success = $0.result { true } else { false } }
    }

    private static func said(_ reply: DomainInspection.Reply, empty: String) -> String {
        switch reply {
        case .failure(let failure): trouble(failure)
        case .success(let answer):
            answer.records.isEmpty
                ? empty : answer.records.prefix(20).map { $0.description.cut(to: 512) }.joined(separator: ", ")
        }
    }

    private static func trouble(_ failure: ResolutionFailure) -> String {
        (failure.isInconclusive ? "could not check: " : "not checked: ") + failure.reason
    }

    // MARK: Plain

    private func plain(_ width: Int) -> [String] {
        var lines = [inspection.domain.unicode.printableLine]
        for row in rows {
            lines += Layout.paragraph(
                row.text, lead: "  " + Layout.padded(row.label, to: 9), indent: 11, width: width)
        }
        let none = isComplete ? ": none found" : ": none found in what could be checked"
        lines += ["", "Problems" + (inspection.problems.isEmpty ? none : "")]
        for problem in inspection.problems {
            lines += Layout.paragraph(
                problem.sentence.printableLine, lead: "  \(problem.severity): ", indent: 4, width: width)
            if let record = problem.record { lines += ["    publish: " + record.printableLine] }
        }
        if let unchecked { lines += ["", "Not checked: \(unchecked)."] }
        return lines
    }

    // MARK: HTML

    private var page: TemplateValue {
        [
            "style": .text(templates[.style]), "styleHash": .text(HTMLRenderer.hash(templates[.style])),
            "version": .text(Tool.version), "now": .text(inspection.now.description),
            "domain": .text(inspection.domain.unicode.printableLine),
            "isComplete": .flag(isComplete), "hasProblems": .flag(!inspection.problems.isEmpty),
            "problems": .list(
                inspection.problems.map { problem in
                    [
                        "severity": .text(problem.severity.rawValue), "sentence": .text(problem.sentence.printableLine),
                        "record": .optional(problem.record?.printableLine ?? ""),
                    ]
                }),
            "rows": .list(rows.map { ["label": .text($0.label), "text": .text($0.text)] }),
            "unchecked": .optional(unchecked ?? ""),
            "questions": .list(
                Rows.questions(inspection.transcript).map {
                    ["question": .text($0.question), "outcome": .text($0.outcome)]
                }),
        ]
    }

    // MARK: JSON

    private var json: JSON {
        [
            "format": "backstamp-domain", "version": 1,
            "tool": ["name": .string(Tool.name), "version": .string(Tool.version)],
            "now": .string(inspection.now.description), "domain": .string(inspection.domain.description),
            "takesNoMail": .bool(inspection.takesNoMail), "dnssec": .string(security),
            "mx": Self.json(inspection.exchanges),
            "hosts": .array(
                inspection.hosts.map { host in
                    [
                        "host": .string(host.host.description), "addresses": .array(host.addresses.map(Self.json)),
                        "tlsa": Self.json(host.certificates),
                    ]
                }),
            "spf": AuthenticationFacts.json(inspection.spf),
            "dkim": .array(
                inspection.keys.map { ["selector": .string($0.selector.cut(to: 256)), "key": Self.json($0.reply)] }),
            "dmarc": AuthenticationFacts.json(inspection.dmarc), "mtaSts": Self.json(inspection.transportSecurity),
            "tlsRpt": Self.json(inspection.transportReports), "bimi": Self.json(inspection.brandIndicator),
            "problems": .array(
                inspection.problems.map { problem in
                    [
                        "severity": .string(problem.severity.rawValue),
                        "message": .string(problem.sentence.cut(to: 512)),
                        "publish": JSON(problem.record?.cut(to: 1024)),
                    ]
                }),
            "dns": .array(inspection.transcript.map { JSONRenderer.question($0.question, $0.result) }),
        ]
    }

    /// The records, as far as there was an answer.
    private static func json(_ reply: DomainInspection.Reply) -> JSON {
        switch reply {
        case .failure(let failure):
            [
                "state": .string(failure.isInconclusive ? "could-not-check" : "not-checked"),
                "records": .array([]), "dnssec": "unknown",
            ]
        case .success(let answer):
            [
                "state": "checked", "records": JSON(answer.records.prefix(50).map { $0.description.cut(to: 1024) }),
                "dnssec": .string(answer.security.rawValue),
            ]
        }
    }
}
