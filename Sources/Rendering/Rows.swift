import Authentication
import Content
import DNS
import Checks
import Inspection
import Mail
import Phrases

/// One line about an identity: `Reply-To   pay@example.net   another domain`.
struct IdentityRow {
    let label: String
    let value: Phrase
    /// What is to be said of it beside the From; empty when there is nothing.
    let remark: Phrase
    let range: ByteRange?
}

/// The facts of a report in words, for all formats that people read.
struct Rows {
    let report: Report
    var inspection: Inspection { report.inspection }
    var source: Source { inspection.message.source }

    /// How many hops, links and parts are shown; all are counted.
    static let maximum = 200

    // MARK: Identities

    var identities: [IdentityRow] {
        let identities = inspection.identities
        var rows: [IdentityRow] = []
        if let subject = inspection.identities.subjects.first {
            rows.append(
                IdentityRow(label: "Subject", value: Phrase(line(subject.value, 200)), remark: "", range: subject.range)
            )
        }
        if let date = inspection.message.date {
            rows.append(
                IdentityRow(
                    label: "Date", value: "\(date.value)", remark: zone(date.value), range: date.range))
        }
        if identities.from.isEmpty {
            rows.append(IdentityRow(label: "From", value: "—", remark: "missing, or no address", range: nil))
        }
        rows += mailboxes("From", identities.from, isAuthor: true)
        rows += mailboxes("Sender", identities.sender)
        rows += mailboxes("Reply-To", identities.replyTo)
        if inspection.isSent { rows += returnPaths }
        rows += envelope
        rows += messageIDs
        for (_, signature) in identities.signatures.prefix(5) {
            rows.append(
                IdentityRow(
                    label: "DKIM d=", value: "\(words: signature.domain.value.unicode)",
                    remark: signed(signature), range: signature.domain.range))
        }
        return rows
    }

    private func mailboxes(_ label: String, _ mailboxes: [Located<Mailbox>], isAuthor: Bool = false) -> [IdentityRow] {
        mailboxes.prefix(5).map { mailbox in
            let value = mailbox.value
            let spec = line(value.spec, 120)
            let remark: Phrase =
                isAuthor ? reception(value.domain?.value) : value.domain.map { relation($0.value) } ?? "no domain"
            return IdentityRow(
                label: label, value: value.displayName.map { "\(line($0.value, 80)) <\(spec)>" } ?? Phrase(spec),
                remark: remark, range: mailbox.range)
        }
    }

    private var returnPaths: [IdentityRow] {
        let paths = inspection.identities.returnPaths
        if paths.isEmpty {
            return [IdentityRow(label: "Return-Path", value: "—", remark: "not in this copy", range: nil)]
        }
        return paths.prefix(3).map { field, path in
            switch path {
            case .failure:
                IdentityRow(
                    label: "Return-Path", value: "\(words: source.text(field.value, limit: 80))", remark: "no address",
                    range: field.value)
            case .success(let path):
                IdentityRow(
                    label: "Return-Path", value: path.mailbox.map { Phrase(line($0.value.spec, 120)) } ?? "<>",
                    remark: path.mailbox.map { $0.value.domain.map { relation($0.value) } ?? "no domain" }
                        ?? "empty: no bounce wanted",
                    range: field.value)
            }
        }
    }

    /// What the user said of the delivery.
    private var envelope: [IdentityRow] {
        let envelope = inspection.envelope
        var rows: [IdentityRow] = []
        func add(_ label: String, _ value: String?, _ remark: Phrase = "as you say") {
            if let value {
                rows.append(IdentityRow(label: label, value: Phrase(line(value, 120)), remark: remark, range: nil))
            }
        }
        add(
            "MAIL FROM", envelope.mailFrom,
            inspection.bounceDomain.map { "as you say; \(relation($0.domain))" } ?? "as you say")
        add("Client", envelope.clientAddress?.description)
        add("HELO", envelope.hello)
        return rows
    }

    private var messageIDs: [IdentityRow] {
        inspection.identities.messageIDs.prefix(3).map { field, id in
            switch id {
            case .failure:
                IdentityRow(
                    label: "Message-ID", value: "\(words: source.text(field.value, limit: 80))", remark: "malformed",
                    range: field.value)
            case .success(let id):
                IdentityRow(
                    label: "Message-ID", value: Phrase(line(id.text.value, 120)),
                    remark: id.right.value.isHostName ? relation(id.right.value) : "", range: id.text.range)
            }
        }
    }

    private func relation(_ domain: Domain) -> Phrase {
        guard let from = inspection.identities.authorDomain?.value else { return "" }
        if domain == from { return "the sender's domain" }
        return domain.isSameOrganisation(as: from) ? "the sender's organisation" : "another domain"
    }

    /// Whether the signature that names the domain was verified, and how the domain relates to the author's.
    private func signed(_ signature: DKIMSignature) -> Phrase {
        let found = inspection.authentications?.signatures.first {
            $0.signature?.domain.range == signature.domain.range
        }
        let state = found.map { Self.word($0.result, $0.trouble) } ?? "not verified"
        let relation = relation(signature.domain.value)
        return relation.isEmpty ? state : "\(state); \(relation)"
    }

    func reception(_ domain: Domain?) -> Phrase {
        guard let domain, let facts = inspection.domains[domain] else {
            return domain != nil && inspection.isOffline ? "not checked: offline" : ""
        }
        return switch facts.reception {
        case .exchanges(let hosts): "receives mail at \(list: hosts.prefix(2).map { Phrase($0.words) })"
        case .none: "says that it takes no mail (null MX)"
        case .ownAddress: "receives mail at its own address"
        case .nowhere: "has no mail server"
        case .noSuchDomain: "this domain does not exist"
        case .unknown(let failure):
            failure.isInconclusive ? "could not check: \(failure.reason)" : "not checked: \(failure.reason)"
        }
    }

    private func zone(_ date: DateTime) -> Phrase {
        guard let offset = date.offset else { return "zone not given" }
        guard offset != 0 else { return "" }
        let minutes = abs(offset) / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "sender's zone \(term: "\(offset < 0 ? "−" : "+")\(two(minutes / 60)):\(two(minutes % 60))")"
    }

    // MARK: Authentication

    /// What a receiver says that it found: `dkim=pass header.d=example.com`.
    struct ClaimRow {
        let method: Words
        let result: Words
        let detail: Phrase
        /// Why it was found otherwise here.
        let difference: Phrase?
        let range: ByteRange
    }

    var authenticationSentence: Phrase? { inspection.authentications?.sentence }

    /// What others say that they found, by the writer: the receiver's own word first.
    var claims: [(writer: Phrase, rows: [ClaimRow])] {
        let comparisons = inspection.comparisons
        var groups: [(writer: Phrase, rows: [ClaimRow])] = []
        for claim in inspection.claims {
            let writer = writer(of: claim)
            let rows = claim.results.claims.prefix(30).map { row($0, comparisons) }
            guard !rows.isEmpty else { continue }
            // One receiver may spread its word over several fields.
            if let index = groups.firstIndex(where: { $0.writer == writer }) {
                groups[index].rows += rows.prefix(30)
            } else if groups.count < 6 {
                groups.append((writer, Array(rows)))
            }
        }
        return groups
    }

    private func writer(of claim: AuthenticationClaim) -> Phrase {
        let name: Phrase =
            claim.results.authority.map { Phrase(line($0.value, 80)) } ?? "a server that does not name itself"
        return switch claim.kind {
        case _ where claim.standing == .receivers: "\(name) (the receiving side)"
        case _ where claim.standing == .either: "\(name) (the receiving side, or whoever sent this)"
        case .sealed(let instance): "\(name) (what a forwarder found, as good as the sealer of ARC set \(instance))"
        case .renamed: "\(name) (a field that a gateway renamed)"
        case .privateSignature: "\(name) (a signature for its own use: not verified)"
        case .results, .receivedSPF: "\(name) (anyone can have written this)"
        }
    }

    private func row(_ claim: AuthenticationResults.Claim, _ comparisons: [Comparison]) -> ClaimRow {
        ClaimRow(
            method: line(claim.method, 24), result: line(claim.result.value, 20),
            detail: Phrase.joined(
                claim.properties.prefix(4).map { "\(line($0.name, 40))=\(line($0.value.value, 80))" }, by: " "),
            difference: comparisons.first { $0.claim.range == claim.range }.flatMap { one in
                one.difference.map { "found here: \(term: one.verified.rawValue), \($0)" }
            },
            range: claim.range)
    }

    // MARK: Contents

    /// The parts as a tree, one line each.
    var parts: [(depth: Int, text: Phrase)] {
        let parts = inspection.message.parts
        let texts = Dictionary(inspection.contents.texts.map { ($0.part, $0) }) { first, _ in first }
        return parts.prefix(Self.maximum).map { part in
            var text: [Phrase] = ["\(words: part.contentType.mediaType, limit: 60)"]
            if !part.declaresType { text[0] = "\(text[0]) (not declared)" }
            if let read = texts[part.index] { text.append("\(words: read.charset)") }
            if !part.contentType.isMultipart, part.encoding != .sevenBit {
                text.append("\(term: part.encoding.rawValue)")
            }
            text.append("\(size: part.body.count)")
            if let name = part.fileName { text.append("\"\(line(name.value, 80))\"") }
            return (part.depth, "\(list: text)")
        }
    }

    /// Each link once: what is shown and where it leads, defanged, and how often.
    var links: [(shown: Phrase, target: Phrase, count: Int)] {
        var order: [String] = []
        var rows: [String: (shown: Phrase, target: Phrase, count: Int)] = [:]
        for link in inspection.contents.links where link.element != "form" {
            let key = "\(link.element)\u{0}\(link.visibleText)\u{0}\(link.target.value)"
            if rows[key] == nil {
                order.append(key)
                rows[key] = (label(link), target(link), 0)
            }
            rows[key]?.count += 1
        }
        return order.prefix(Self.maximum).compactMap { rows[$0] }
    }

    /// What is seen of a link, in quotes, or what it stands in.
    private func label(_ link: Contents.Link) -> Phrase {
        switch link.element {
        case "document": return "(in a document)"
        case "code": return "(a QR code)"
        case "calendar": return "(in a calendar)"
        case "card": return "(in a card)"
        default: return link.visibleText.isEmpty ? "(no text)" : "\"\(line(link.visibleText.defanged, 80))\""
        }
    }

    /// Where a link leads, and what it carries inside, defanged.
    private func target(_ link: Contents.Link) -> Phrase {
        let own = line(link.target.value.cut(to: 400).defanged, link.carried.isEmpty ? 400 : 120)
        guard let last = link.carried.last else { return Phrase(own) }
        return "\(line(last.cut(to: 400).defanged, 450)) (inside of \(own))"
    }

    /// The hosts from which showing the message would load something, defanged, and how many things.
    var loads: [(host: Words, count: Int)] {
        inspection.contents.loadHosts.prefix(Self.maximum).map { (line($0.host.defangedHost, 120), $0.count) }
    }

    /// The first lines that a reader sees.
    var beginning: [Words] {
        let texts = inspection.contents.texts
        guard let text = texts.first(where: { !$0.isHTML && !$0.shown.isEmpty }) ?? texts.first else { return [] }
        let lines = text.shown.utf8.split(maxSplits: 12) { $0 == .lineFeed || $0 == .carriageReturn }.prefix(12)
        return lines.map { line(String(Substring($0)).cut(to: 400).defanged, 200) }
            .filter { $0.description.contains { $0 != " " } }.prefix(6).map { $0 }
    }

    // MARK: DNS

    /// What was asked and what it may have cost: "21 of at most 200, within 5 s".
    var budget: Phrase {
        let budget = inspection.budget
        let seconds = Int(budget.seconds.rounded(.up))
        return "\(inspection.transcript.count) of \(budget.questions) at the most, within \(duration: seconds)"
    }

    var questions: [(question: Words, outcome: Phrase)] { Self.questions(inspection.transcript) }

    static func questions(_ transcript: [(question: Question, result: Result<Answer, ResolutionFailure>)])
        -> [(question: Words, outcome: Phrase)]
    {
        transcript.map { question, result in
            let outcome: Phrase =
                switch result {
                case .success(let answer): words(answer)
                case .failure(let failure): failure.reason
                }
            return (Words(question.description), outcome)
        }
    }

    static func words(_ answer: Answer) -> Phrase {
        switch answer.outcome {
        case .noSuchName: return "no such name (NXDOMAIN)"
        case .noData: return "no such record"
        case .records(let records):
            let shown = records.prefix(5).map { Phrase(Words($0.description, limit: 120)) }
            let all: Phrase =
                records.count > 5 ? "\(list: shown) and \(records.count - 5) more" : "\(list: shown)"
            return answer.security == .unknown ? all : "\(all) (\(Phrase(form: answer.security.rawValue)))"
        }
    }

    func line(_ text: String, _ limit: Int) -> Words { Words(text, limit: limit) }
}
