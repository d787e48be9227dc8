import Authentication
import DNS
import Inspection
import Mail

/// One line of what was verified here: `dkim  pass  example.com: the signature of example.com is right`.
struct VerifiedRow {
    let method: String
    /// The result's word, or "not checked", or "could not check".
    let result: String
    let detail: String
    /// Where the message has what it is about.
    let place: ByteRange?
}

extension Rows {
    /// Whom SPF was evaluated for, and who says so; `nil` when it was not.
    var basis: String? {
        guard let found = inspection.authentications else { return nil }
        guard let client = inspection.client else {
            return "SPF was not evaluated: no server that is believed says who handed the message over"
        }
        let host = "\(client.address) (\(client.addressPlace == nil ? "as you say" : "the hand-over hop's word"))"
        guard let one = found.mailFrom else {
            return "SPF is about \(host) alone: the envelope's sender is not known"
        }
        let who =
            inspection.envelope.mailFrom != nil
            ? "as you say" : one.request.scope == .hello ? "its HELO, for Return-Path is empty" : "by Return-Path"
        return text(line("SPF is about \(host) and \(one.request.domain.unicode) (\(who))", 300))
    }

    /// What was verified, in the order SPF, DKIM, DMARC, ARC; `nil` when nothing was.
    var verified: [VerifiedRow]? {
        rawVerified?.map { row in
            VerifiedRow(
                method: row.method, result: MethodResult(rawValue: row.result) == nil ? text(row.result) : row.result,
                detail: text(row.detail), place: row.place)
        }
    }

    private var rawVerified: [VerifiedRow]? {
        guard let found = inspection.authentications else { return nil }
        var rows: [VerifiedRow] = []
        if let one = found.mailFrom { rows.append(row("spf", one)) }
        // A HELO name without a policy is nothing to talk about.
        if let one = found.hello, one.policy != nil { rows.append(row("spf helo", one)) }
        rows += found.signatures.prefix(10).map(row)
        if found.signatures.isEmpty {
            rows.append(VerifiedRow(method: "dkim", result: "none", detail: "no signature", place: nil))
        }
        rows += found.policies.map(row)
        if found.chain.result != .none { rows += row(found.chain) }
        return rows
    }

    /// The chain, then each of its sets: who sealed, what they found of the chain before them, and whether the seal holds.
    private func row(_ chain: ARC.Chain) -> [VerifiedRow] {
        let word = chain.isOpen || chain.result == .temperror ? "could not check" : chain.result.rawValue
        let first = VerifiedRow(
            method: "arc", result: word, detail: line(chain.reason, 300), place: chain.instances.last?.seal.value)
        return [first]
            + chain.instances.prefix(10).map { set in
                let found = set.found.map { ", who found cv=\($0.cut(to: 20))" } ?? ""
                let sealer = set.sealer?.value.unicode ?? "nobody who can be read"
                return VerifiedRow(
                    method: "arc \(set.number)", result: set.isKeyGone ? "could not check" : set.result.rawValue,
                    detail: line("sealed by \(sealer)\(found): \(set.reason)", 300), place: set.seal.value)
            }
    }

    private func row(_ method: String, _ one: SPF.Evaluation) -> VerifiedRow {
        var detail = "\(one.request.domain.unicode) from \(one.request.client): \(one.reason)"
        if let explanation = one.explanation { detail += "; its owner says: \(explanation)" }
        return VerifiedRow(
            method: method, result: Self.word(one.result, one.trouble), detail: line(detail, 400),
            place: method == "spf" ? inspection.bounceDomain?.place : inspection.client?.helloPlace)
    }

    private func row(_ one: DKIM.Verification) -> VerifiedRow {
        var detail = ""
        if let tags = one.signature {
            let bits = one.keyBits.map { tags.algorithm == .ed25519SHA256 ? "" : ", \($0) bits" } ?? ""
            detail = "\(tags.domain.value.unicode) (s=\(tags.selector.value), \(tags.algorithm.rawValue)\(bits)): "
        }
        detail += one.reason
        if !one.coverage.partly.isEmpty {
            detail += "; of several fields only some are signed: \(one.coverage.partly.joined(separator: ", "))"
        }
        if let uncovered = one.uncovered { detail += "; the last \(uncovered.count) bytes are not signed" }
        if one.isTesting { detail += "; its owner is only testing" }
        return VerifiedRow(
            method: "dkim", result: Self.word(one.result, one.trouble), detail: line(detail, 400),
            place: one.signature?.domain.range ?? one.field.value)
    }

    private func row(_ one: DMARC.Evaluation) -> VerifiedRow {
        var detail = "\(one.author.unicode): \(one.reason)"
        if let policy = one.policy, let domain = one.policyDomain {
            detail += "; \(domain) asks for \(policy.rawValue)"
            if let record = one.record, record.isTest { detail += ", in test mode" }
        }
        if let old = one.byOldRules, old.result != one.result || old.policy != one.policy {
            detail += "; by RFC 7489: \(old.result.rawValue)\(old.policy.map { ", \($0.rawValue)" } ?? "")"
        }
        return VerifiedRow(
            method: "dmarc", result: one.isOpen ? "could not check" : Self.word(one.result, one.trouble),
            detail: line(detail, 400),
            place: inspection.identities.from.lazy.compactMap(\.value.domain).first { $0.value == one.author }?.range)
    }

    static func word(_ result: MethodResult, _ trouble: ResolutionFailure?) -> String {
        guard let trouble else { return result.rawValue }
        return trouble.isInconclusive ? "could not check" : "not checked"
    }
}
