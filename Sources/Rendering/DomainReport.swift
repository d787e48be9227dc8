import Authentication
import DNS
public import Inspection
import Mail

/// What a domain publishes about mail, written down.
public struct DomainReport {
    private let inspection: DomainInspection

    public init(_ inspection: DomainInspection) { self.inspection = inspection }

    public func written(isJSON: Bool, width: Int) -> String {
        isJSON ? json.written(isCompact: false) : plain(width).joined(separator: "\n") + "\n"
    }

    // MARK: Plain

    private func plain(_ width: Int) -> [String] {
        func row(_ label: String, _ text: String) -> [String] {
            Layout.paragraph(
                text.printableLine.cut(to: 2000), lead: "  " + Layout.padded(label, to: 9), indent: 11, width: width)
        }
        var lines = ["\(inspection.domain.unicode)"]
        lines += row(
            "MX", Self.said(inspection.exchanges, empty: "none") + (inspection.takesNoMail ? " (it takes no mail)" : "")
        )
        for (host, addresses, certificates) in inspection.hosts {
            let found = addresses.map { Self.said($0, empty: "") }.filter { !$0.isEmpty }
            lines += row("", "\(host): \(found.isEmpty ? "no address" : found.joined(separator: ", "))")
            if case .success(let answer) = certificates, !answer.records.isEmpty {
                lines += row("TLSA", "\(host): \(Self.said(certificates, empty: "none"))")
            }
        }
        let spf = inspection.spf
        lines += row("SPF", spf.trouble.map(Self.trouble) ?? spf.policy?.record ?? "none")
        if spf.policy != nil {
            lines += row(
                "",
                "\(spf.lookups) of 10 terms ask DNS; \(spf.voidLookups) of 2 answers are empty; for others it comes to \(spf.result.rawValue)"
            )
        }
        for (selector, reply) in inspection.keys {
            lines += row("DKIM", "\(selector): \(Self.said(reply, empty: "no key"))")
        }
        let dmarc = inspection.dmarc
        lines += row(
            "DMARC",
            dmarc.trouble.map(Self.trouble) ?? dmarc.record.map {
                "\($0.text) (at \(dmarc.policyDomain?.description ?? ""))"
            } ?? "none")
        lines += row("MTA-STS", Self.said(inspection.transportSecurity, empty: "none"))
        lines += row("TLS-RPT", Self.said(inspection.transportReports, empty: "none"))
        lines += row("BIMI", Self.said(inspection.brandIndicator, empty: "none"))
        lines += row("DNSSEC", security)
        let isComplete = inspection.transcript.allSatisfy { if case .success = $0.result { true } else { false } }
        let none = isComplete ? ": none found" : ": none found in what could be checked"
        lines += ["", "Problems" + (inspection.problems.isEmpty ? none : "")]
        for problem in inspection.problems {
            lines += Layout.paragraph(
                problem.sentence.printableLine, lead: "  \(problem.severity): ", indent: 4, width: width)
            if let record = problem.record { lines += ["    publish: " + record.printableLine] }
        }
        if case .success(let answer) = inspection.transportSecurity, !answer.records.isEmpty {
            lines += ["", "Not checked: the policy file of MTA-STS; nothing is fetched but DNS."]
        }
        return lines
    }

    private var security: String {
        switch (try? inspection.exchanges.get())?.security {
        case .secure: "signed, and the signatures lead to the root"
        case .insecure: "not signed"
        default: "not known"
        }
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

    // MARK: JSON

    private var json: JSON {
        [
            "format": "backstamp-domain", "version": 1, "domain": .string(inspection.domain.description),
            "takesNoMail": .bool(inspection.takesNoMail), "dnssec": .string(security),
            "spf": AuthenticationFacts.json(inspection.spf), "dmarc": AuthenticationFacts.json(inspection.dmarc),
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
}
