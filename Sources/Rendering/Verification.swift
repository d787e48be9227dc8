public import Authentication
public import DNS
import Mail

/// What one verifier came to, for the verbs that run it alone.
public struct Verification: Sendable {
    public enum Outcome: Sendable {
        case spf(SPF.Evaluation)
        case dkim([DKIM.Verification])
        case dmarc(DMARC.Evaluation)
        case arc(ARC.Chain)
    }

    public let outcome: Outcome
    /// Every DNS question that was asked, and what came of it.
    public let transcript: [(question: Question, result: Result<Answer, ResolutionFailure>)]

    public init(_ outcome: Outcome, _ transcript: [(question: Question, result: Result<Answer, ResolutionFailure>)]) {
        (self.outcome, self.transcript) = (outcome, transcript)
    }

    /// One result for all: of several signatures the best.
    public var result: MethodResult {
        switch outcome {
        case .spf(let one): one.result
        case .dkim(let all): all.map(\.result).min { Self.rank($0) < Self.rank($1) } ?? .none
        case .dmarc(let one): one.result
        case .arc(let chain): chain.result
        }
    }

    private static func rank(_ result: MethodResult) -> Int {
        [.pass, .temperror, .neutral, .policy, .fail, .permerror].firstIndex(of: result) ?? 6
    }

    private var method: String {
        switch outcome {
        case .spf: "spf"
        case .dkim: "dkim"
        case .dmarc: "dmarc"
        case .arc: "arc"
        }
    }

    /// As plain text of so many columns, or as JSON.
    public func written(isJSON: Bool, width: Int) -> String {
        isJSON ? json.written(isCompact: false) : plain(width).joined(separator: "\n") + "\n"
    }

    private var json: JSON {
        let detail: JSON =
            switch outcome {
            case .spf(let one): AuthenticationFacts.json(one)
            case .dkim(let all): .array(all.map(AuthenticationFacts.json))
            case .dmarc(let one): AuthenticationFacts.json(one)
            case .arc(let chain): AuthenticationFacts.json(chain)
            }
        return [
            "format": "backstamp-verification", "version": 1, "method": .string(method),
            "result": .string(result.rawValue),
            "detail": detail, "dns": .array(transcript.map { JSONRenderer.question($0.question, $0.result) }),
        ]
    }

    // MARK: Plain

    private func plain(_ width: Int) -> [String] {
        func line(_ lead: String, _ text: String) -> [String] {
            Layout.paragraph(text.printableLine.cut(to: 2000), lead: lead, indent: Layout.width(lead), width: width)
        }
        var lines: [String] = []
        switch outcome {
        case .spf(let one):
            lines += line(
                "\(Rows.word(one.result, one.trouble))  ",
                "\(one.request.domain.unicode) from \(one.request.client): \(one.reason)")
            if let text = one.explanation { lines += line("  its owner says: ", text) }
            lines += SPFTree.lines(one.policy).flatMap { line(String(repeating: "  ", count: $0.depth + 1), $0.text) }
            lines.append("  \(one.lookups) of 10 terms asked DNS; \(one.voidLookups) of 2 answers were empty")
        case .dkim(let all):
            if all.isEmpty { lines.append("none  the message has no DKIM signature") }
            for one in all { lines += Self.signature(one).flatMap { line($0.lead, $0.text) } }
        case .dmarc(let one):
            lines += line("\(Rows.word(one.result, one.trouble))  ", "\(one.author.unicode): \(one.reason)")
            if let domain = one.policyDomain, let record = one.record {
                lines += line("  policy: ", "\(one.policy?.rawValue ?? "none") (\(one.policyTag ?? "p") at \(domain))")
                lines += line("  record: ", record.text)
            }
            if let domain = one.organisation { lines += line("  organisational domain: ", domain.description) }
            for identifier in one.identifiers {
                lines += line(
                    "  \(identifier.method.rawValue): ",
                    "\(identifier.domain) \(identifier.result.rawValue), \(identifier.isAligned ? "aligned" : "not aligned")"
                )
            }
            if let old = one.byOldRules {
                lines += line("  by RFC 7489: ", "\(old.result.rawValue)\(old.policy.map { ", \($0.rawValue)" } ?? "")")
            }
            lines += line("  asked: ", one.asked.map { "_dmarc.\($0)" }.joined(separator: ", "))
        case .arc(let chain):
            lines += line("\(chain.result.rawValue)  ", chain.reason)
            for set in chain.instances {
                lines += line(
                    "  \(set.number)  ",
                    "sealed by \(set.sealer?.value.description ?? "nobody"), who found cv=\(set.found ?? ""): \(set.result.rawValue), \(set.reason)"
                )
                lines += line(
                    "     ", "its signature of the message: \(set.message.result.rawValue), \(set.message.reason)")
            }
        }
        return lines
    }

    private static func signature(_ one: DKIM.Verification) -> [(lead: String, text: String)] {
        var lines = [
            (
                lead: "\(Rows.word(one.result, one.trouble))  ",
                text: "\(one.signature?.domain.value.unicode ?? "?"): \(one.reason)"
            )
        ]
        guard let tags = one.signature else { return lines }
        let bits = one.keyBits.map { ", \($0) bits" } ?? ""
        lines.append(
            (
                "  ",
                "s=\(tags.selector.value), \(tags.algorithm.rawValue)\(bits), \(tags.headerForm.rawValue)/\(tags.bodyForm.rawValue)"
            ))
        lines.append(("  ", "header \(one.header.rawValue), body \(one.body.rawValue)"))
        func list(_ name: String, _ fields: [String]) {
            if !fields.isEmpty { lines.append(("  \(name): ", fields.joined(separator: ", "))) }
        }
        list("signed", one.coverage.signed)
        list("not signed", one.coverage.unsigned)
        list("signed once less than they stand there", one.coverage.partly)
        list("none may be added of", one.coverage.oversigned)
        if let signed = tags.signed { lines.append(("  signed at: ", DateTime(seconds: signed.value).description)) }
        if let expires = tags.expires { lines.append(("  expires at: ", DateTime(seconds: expires.value).description)) }
        if let uncovered = one.uncovered { lines.append(("  not covered: ", "the last \(uncovered.count) bytes")) }
        return lines
    }
}
