package import Authentication
package import DNS
import Mail
package import Phrases

/// What one verifier came to, for the verbs that run it alone.
package struct Verification: Sendable {
    package enum Outcome: Sendable {
        case spf(SPF.Evaluation)
        case dkim([DKIM.Verification])
        case dmarc(DMARC.Evaluation)
        case arc(ARC.Chain)
    }

    package let outcome: Outcome
    /// Every DNS question that was asked, and what came of it.
    package let transcript: [(question: Question, result: Result<Answer, ResolutionFailure>)]

    package init(_ outcome: Outcome, _ transcript: [(question: Question, result: Result<Answer, ResolutionFailure>)]) {
        (self.outcome, self.transcript) = (outcome, transcript)
    }

    /// One result for all: of several signatures the best.
    package var result: MethodResult {
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

    /// As plain text of so many columns, in a language; or as JSON.
    package func written(as format: ResultFormat, width: Int, in language: Language) -> String {
        format == .json ? json.written(isCompact: false) : plain(width, language).joined(separator: "\n") + "\n"
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

    private func plain(_ width: Int, _ language: Language) -> [String] {
        rows.flatMap { row in
            let lead = language.text(row.lead)
            return Layout.paragraph(
                language.text(row.text), lead: lead, indent: Layout.width(lead), width: width)
        }
    }

    private var rows: [(lead: Phrase, text: Phrase)] {
        switch outcome {
        case .spf(let one): Self.rows(one)
        case .dkim(let all): all.isEmpty ? [("none  ", "the message has no DKIM signature")] : all.flatMap(Self.rows)
        case .dmarc(let one): Self.rows(one)
        case .arc(let chain): Self.rows(chain)
        }
    }

    private static func rows(_ one: SPF.Evaluation) -> [(lead: Phrase, text: Phrase)] {
        var rows: [(lead: Phrase, text: Phrase)] = [
            (
                "\(Rows.word(one.result, one.trouble))  ",
                "\(words: one.request.domain.unicode) from \(one.request.client): \(one.reason)"
            )
        ]
        if let text = one.explanation { rows.append(("  its owner says: ", "\(words: text, limit: 2000)")) }
        rows += SPFTree.lines(one.policy).map { line in
            ("\(term: String(repeating: "  ", count: line.depth + 1))", line.text)
        }
        rows.append(
            ("  ", "\(one.lookups) of 10 terms asked DNS; \(one.voidLookups) of 2 answers were empty"))
        return rows
    }

    private static func rows(_ one: DMARC.Evaluation) -> [(lead: Phrase, text: Phrase)] {
        var rows: [(lead: Phrase, text: Phrase)] = [
            ("\(Rows.word(one.result, one.trouble))  ", "\(words: one.author.unicode): \(one.reason)")
        ]
        if let domain = one.policyDomain, let record = one.record {
            rows.append(
                (
                    "  policy: ",
                    "\(term: one.policy?.rawValue ?? "none") (\(term: one.policyTag ?? "p") at \(domain))"
                ))
            rows.append(("  record: ", "\(words: record.text, limit: 2000)"))
        }
        if let domain = one.organisation { rows.append(("  organisational domain: ", "\(domain)")) }
        for identifier in one.identifiers {
            let aligned: Phrase = identifier.isAligned ? "aligned" : "not aligned"
            rows.append(
                (
                    "  \(term: identifier.method.rawValue): ",
                    "\(identifier.domain) \(term: identifier.result.rawValue), \(aligned)"
                ))
        }
        if let old = one.byOldRules {
            let words = [old.result.rawValue, old.policy?.rawValue].compactMap { $0 }.map { Phrase(Words($0)) }
            rows.append(("  by RFC 7489: ", "\(list: words)"))
        }
        rows.append(("  asked: ", "\(list: one.asked.map { "_dmarc.\($0)" })"))
        return rows
    }

    private static func rows(_ chain: ARC.Chain) -> [(lead: Phrase, text: Phrase)] {
        var rows: [(lead: Phrase, text: Phrase)] = [("\(term: chain.result.rawValue)  ", chain.reason)]
        for set in chain.instances {
            let sealer: Phrase = set.sealer.map { Phrase($0.value.words) } ?? "nobody"
            rows.append(
                (
                    "  \(set.number)  ",
                    "sealed by \(sealer), who found cv=\(words: set.found ?? ""): \(term: set.result.rawValue), \(set.reason)"
                ))
            rows.append(
                (
                    "     ",
                    "its signature of the message: \(term: set.message.result.rawValue), \(set.message.reason)"
                ))
        }
        return rows
    }

    private static func rows(_ one: DKIM.Verification) -> [(lead: Phrase, text: Phrase)] {
        let domain: Phrase = one.signature.map { "\(words: $0.domain.value.unicode)" } ?? "?"
        var rows: [(lead: Phrase, text: Phrase)] = [
            ("\(Rows.word(one.result, one.trouble))  ", "\(domain): \(one.reason)")
        ]
        guard let tags = one.signature else { return rows }
        var facts: [Phrase] = ["s=\(words: tags.selector.value)", "\(term: tags.algorithm.rawValue)"]
        if let bits = one.keyBits { facts.append("\(bits) {1:bit|bits}") }
        facts.append("\(term: "\(tags.headerForm.rawValue)/\(tags.bodyForm.rawValue)")")
        rows.append(("  ", "\(list: facts)"))
        let (header, body) = (Phrase(form: one.header.rawValue), Phrase(form: one.body.rawValue))
        rows.append(("  ", "header \(header), body \(body)"))
        func list(_ name: Phrase, _ fields: [String]) {
            guard !fields.isEmpty else { return }
            rows.append(("  \(name): ", "\(list: fields.map { Phrase(Words($0)) })"))
        }
        list("signed", one.coverage.signed)
        list("not signed", one.coverage.unsigned)
        list("signed once less than they stand there", one.coverage.partly)
        list("none may be added of", one.coverage.oversigned)
        if let signed = tags.signed { rows.append(("  signed at: ", "\(DateTime(seconds: signed.value))")) }
        if let expires = tags.expires { rows.append(("  expires at: ", "\(DateTime(seconds: expires.value))")) }
        if let uncovered = one.uncovered {
            rows.append(("  not covered: ", "the last \(uncovered.count) {1:byte|bytes}"))
        }
        return rows
    }
}
