import Authentication
import DNS
import Inspection
import Mail
import Phrases

/// One line of what was verified here: `dkim  pass  example.com: the signature of example.com is right`.
struct VerifiedRow {
    let method: Words
    /// The result's word, or "not checked", or "could not check".
    let result: Phrase
    let detail: Phrase
    /// Where the message has what it is about.
    let range: ByteRange?
}

extension Rows {
    /// Whom SPF was evaluated for, and who says so; `nil` when it was not.
    var basis: Phrase? {
        guard let found = inspection.authentications else { return nil }
        guard let client = inspection.client else {
            return "SPF was not evaluated: no server that is believed says who handed the message over"
        }
        let word: Phrase = client.addressRange == nil ? "as you say" : "the hand-over hop's word"
        let host: Phrase = "\(client.address) (\(word))"
        guard let one = found.mailFrom else {
            return "SPF is about \(host) alone: the envelope's sender is not known"
        }
        let who: Phrase =
            inspection.envelope.mailFrom != nil
            ? "as you say" : one.request.scope == .hello ? "its HELO, for Return-Path is empty" : "by Return-Path"
        return "SPF is about \(host) and \(words: one.request.domain.unicode) (\(who))"
    }

    /// What was verified, in the order SPF, DKIM, DMARC, ARC; `nil` when nothing was.
    var verified: [VerifiedRow]? {
        guard let found = inspection.authentications else { return nil }
        var rows: [VerifiedRow] = []
        if let one = found.mailFrom { rows.append(row("spf", one)) }
        // A HELO name without a policy is nothing to talk about.
        if let one = found.hello, one.policy != nil { rows.append(row("spf helo", one)) }
        rows += found.signatures.prefix(10).map(row)
        if found.signatures.isEmpty {
            rows.append(
                VerifiedRow(method: Words("dkim"), result: "\(term: "none")", detail: "no signature", range: nil))
        }
        rows += found.policies.map(row)
        if found.chain.result != .none { rows += row(found.chain) }
        return rows
    }

    /// The chain, then each of its sets: who sealed, what they found of the chain before them, and whether the seal holds.
    private func row(_ chain: ARC.Chain) -> [VerifiedRow] {
        let word: Phrase =
            chain.isOpen || chain.result == .temperror ? "could not check" : "\(term: chain.result.rawValue)"
        let first = VerifiedRow(
            method: Words("arc"), result: word, detail: chain.reason, range: chain.instances.last?.seal.value)
        return [first]
            + chain.instances.prefix(10).map { set in
                let sealer: Phrase = set.sealer.map { "\(words: $0.value.unicode)" } ?? "nobody who can be read"
                return VerifiedRow(
                    method: Words("arc \(set.number)"),
                    result: set.isKeyGone ? "could not check" : "\(term: set.result.rawValue)",
                    detail: set.found.map {
                        "sealed by \(sealer), who found cv=\(words: $0, limit: 20): \(set.reason)"
                    } ?? "sealed by \(sealer): \(set.reason)", range: set.seal.value)
            }
    }

    private func row(_ method: String, _ one: SPF.Evaluation) -> VerifiedRow {
        var detail: [Phrase] = [
            "\(words: one.request.domain.unicode) from \(one.request.client): \(one.reason)"
        ]
        if let explanation = one.explanation { detail.append("its owner says: \(line(explanation, 200))") }
        return VerifiedRow(
            method: Words(method), result: Self.word(one.result, one.trouble), detail: Phrase.joined(detail, by: "; "),
            range: method == "spf" ? inspection.bounceDomain?.range : inspection.client?.helloRange)
    }

    private func row(_ one: DKIM.Verification) -> VerifiedRow {
        var detail = [one.reason]
        if let tags = one.signature {
            var facts: [Phrase] = ["s=\(words: tags.selector.value)", "\(term: tags.algorithm.rawValue)"]
            if let bits = one.keyBits, tags.algorithm != .ed25519SHA256 { facts.append("\(bits) {1:bit|bits}") }
            detail = ["\(words: tags.domain.value.unicode) (\(list: facts)): \(one.reason)"]
        }
        if !one.coverage.partly.isEmpty {
            let names = one.coverage.partly.map { Phrase(line($0, 40)) }
            detail.append("of several fields only some are signed: \(list: names)")
        }
        if let uncovered = one.uncovered {
            detail.append("the last \(uncovered.count) {1:byte is|bytes are} not signed")
        }
        if one.isTesting { detail.append("its owner is only testing") }
        return VerifiedRow(
            method: Words("dkim"), result: Self.word(one.result, one.trouble), detail: Phrase.joined(detail, by: "; "),
            range: one.signature?.domain.range ?? one.field.value)
    }

    private func row(_ one: DMARC.Evaluation) -> VerifiedRow {
        var detail: [Phrase] = ["\(words: one.author.unicode): \(one.reason)"]
        if let policy = one.policy, let domain = one.policyDomain {
            detail.append(
                one.record?.isTest == true
                    ? "\(domain) asks for \(term: policy.rawValue), in test mode"
                    : "\(domain) asks for \(term: policy.rawValue)")
        }
        if let old = one.byOldRules, old.result != one.result || old.policy != one.policy {
            let words = [old.result.rawValue, old.policy?.rawValue].compactMap { $0 }.map { Phrase(Words($0)) }
            detail.append("by RFC 7489: \(list: words)")
        }
        return VerifiedRow(
            method: Words("dmarc"), result: one.isOpen ? "could not check" : Self.word(one.result, one.trouble),
            detail: Phrase.joined(detail, by: "; "),
            range: inspection.identities.from.lazy.compactMap(\.value.domain).first { $0.value == one.author }?.range)
    }

    static func word(_ result: MethodResult, _ trouble: ResolutionFailure?) -> Phrase {
        guard let trouble else { return "\(term: result.rawValue)" }
        return trouble.isInconclusive ? "could not check" : "not checked"
    }
}
