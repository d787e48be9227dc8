import Authentication
import Checks
import DNS
package import DomainAudit
import Mail
package import Phrases
package import Templates

/// What a domain publishes about mail, written down.
package struct DomainReport {
    private let inspection: DomainInspection

    private let templates: Templates

    private let language: Language

    package init(
        _ inspection: DomainInspection, _ templates: Templates = .builtIn, in language: Language = .english
    ) {
        (self.inspection, self.templates, self.language) = (inspection, templates, language)
    }

    /// The same inspection and width give the same bytes; the width is that of plain text, in columns.
    package func written(as format: ResultFormat, width: Int) -> String {
        switch format {
        case .plain: plain(width).joined(separator: "\n") + "\n"
        case .json: json.written(isCompact: false)
        case .html: page.filling(language.template(templates[.domain]))
        }
    }

    // MARK: Rows

    /// One thing that is published; those without a label belong to the one before.
    private struct Row {
        let label: String
        let text: Phrase

        init(_ label: String, _ text: Phrase) { (self.label, self.text) = (label, text) }
    }

    private var rows: [Row] {
        let exchanges = Self.said(inspection.exchanges, empty: "none")
        var rows = [Row("MX", inspection.takesNoMail ? "\(exchanges) (it takes no mail)" : exchanges)]
        for (host, addresses, certificates) in inspection.hosts {
            let found = addresses.map { Self.said($0, empty: "") }.filter { !$0.isEmpty }
            rows.append(Row("", found.isEmpty ? "\(host): no address" : "\(host): \(list: found)"))
            if case .success(let answer) = certificates, !answer.records.isEmpty {
                rows.append(Row("TLSA", "\(host): \(Self.said(certificates, empty: "none"))"))
            }
        }
        let spf = inspection.spf
        let policy = spf.policy?.record.map { Phrase(Words($0, limit: 2000)) }
        rows.append(Row("SPF", spf.trouble.map(Self.trouble) ?? policy ?? "none"))
        if spf.policy != nil {
            rows += SPFTree.policies(spf.policy).dropFirst().map { depth, policy in
                let record: Phrase = policy.record.map { Phrase(Words($0, limit: 2000)) } ?? "no policy"
                return Row("", "\(term: String(repeating: "› ", count: depth))\(policy.domain): \(record)")
            }
            rows.append(
                Row(
                    "",
                    "\(spf.lookups) of 10 terms ask DNS; \(spf.voidLookups) of 2 answers are empty; for others it comes to \(term: spf.result.rawValue)"
                ))
        }
        for (selector, reply) in inspection.keys {
            rows.append(Row("DKIM", "\(words: selector): \(Self.said(reply, empty: "no key"))"))
        }
        let dmarc = inspection.dmarc
        let record: Phrase? = dmarc.record.map { record in
            let policyDomain: Phrase = dmarc.policyDomain.map { Phrase($0.words) } ?? ""
            return "\(words: record.text, limit: 2000) (at \(policyDomain))"
        }
        rows += [
            Row("DMARC", dmarc.trouble.map(Self.trouble) ?? record ?? "none"),
            Row("", "asked: \(list: dmarc.asked.map { "_dmarc.\($0)" })"),
            Row("MTA-STS", Self.said(inspection.transportSecurity, empty: "none")),
            Row("TLS-RPT", Self.said(inspection.transportReports, empty: "none")),
            Row("BIMI", Self.said(inspection.brandIndicator, empty: "none")),
            Row("DNSSEC", security),
        ]
        return rows
    }

    private var security: Phrase {
        switch (try? inspection.exchanges.get())?.security {
        case .secure: "signed, and the signatures lead to the root"
        case .insecure: "not signed"
        default: "not known"
        }
    }

    /// What the report does not know.
    private var unchecked: Phrase? {
        guard case .success(let answer) = inspection.transportSecurity, !answer.records.isEmpty else { return nil }
        return "the policy file of MTA-STS; nothing is fetched but DNS"
    }

    private var isComplete: Bool {
        inspection.transcript.allSatisfy { if case .success = $0.result { true } else { false } }
    }

    private static func said(_ reply: DomainInspection.Reply, empty: Phrase) -> Phrase {
        switch reply {
        case .failure(let failure): trouble(failure)
        case .success(let answer):
            answer.records.isEmpty
                ? empty : "\(list: answer.records.prefix(20).map { Phrase(Words($0.description)) })"
        }
    }

    private static func trouble(_ failure: ResolutionFailure) -> Phrase {
        failure.isInconclusive ? "could not check: \(failure.reason)" : "not checked: \(failure.reason)"
    }

    // MARK: Plain

    private func text(_ phrase: Phrase) -> String { language.text(phrase) }

    private func plain(_ width: Int) -> [String] {
        var lines = [text("\(words: inspection.domain.unicode)")]
        for row in rows {
            lines += Layout.paragraph(
                text(row.text), lead: "  " + Layout.padded(row.label, to: 9), indent: 11, width: width)
        }
        let none: Phrase = isComplete ? "none found" : "none found in what could be checked"
        lines += ["", text("Problems") + (inspection.problems.isEmpty ? ": \(text(none))" : "")]
        for problem in inspection.problems {
            lines += Layout.paragraph(
                text(problem.sentence), lead: "  \(text(problem.severity.phrase)): ", indent: 4, width: width)
            if let record = problem.record { lines += ["    \(text("publish")): \(text("\(words: record)"))"] }
        }
        if let unchecked { lines += ["", text("Not checked: \(unchecked).")] }
        return lines
    }

    // MARK: HTML

    private var page: TemplateValue {
        [
            "style": .text(templates[.style]), "styleHash": .text(HTMLRenderer.hash(templates[.style])),
            "version": .text(Tool.version), "now": .text(text("\(inspection.now)")),
            "language": .text(language.id),
            "domain": .text(text("\(words: inspection.domain.unicode)")),
            "isComplete": .flag(isComplete), "hasProblems": .flag(!inspection.problems.isEmpty),
            "problems": .list(
                inspection.problems.map { problem in
                    [
                        "severity": .text(problem.severity.rawValue), "word": .text(text(problem.severity.phrase)),
                        "sentence": .text(text(problem.sentence)),
                        "record": .optional(problem.record.map { text("\(words: $0)") } ?? ""),
                    ]
                }),
            "rows": .list(rows.map { ["label": .text($0.label), "text": .text(text($0.text))] }),
            "unchecked": .optional(unchecked.map(text) ?? ""),
            "questions": .list(
                Rows.questions(inspection.transcript).map {
                    ["question": .words($0.question), "outcome": .text(text($0.outcome))]
                }),
        ]
    }

    // MARK: JSON

    private var json: JSON {
        [
            "format": "backstamp-domain", "version": 1,
            "tool": ["name": .string(Tool.name), "version": .string(Tool.version)],
            "now": .string(inspection.now.description), "domain": .string(inspection.domain.description),
            "takesNoMail": .bool(inspection.takesNoMail), "dnssec": .string(security.description),
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
                        "message": .string(problem.sentence.description.cut(to: 512)),
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
