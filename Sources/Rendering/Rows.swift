import Authentication
import Content
import DNS
import Inspection
import Mail

/// One line about an identity: `Reply-To   pay@example.net   another domain`.
struct IdentityRow {
    let label: String
    let value: String
    /// What is to be said of it beside the From; empty when there is nothing.
    let remark: String
    let place: ByteRange?
}

/// The facts of a report in words, for all formats that people read.
struct Rows {
    let report: Report
    var language = Language.english
    var inspection: Inspection { report.inspection }
    var source: Source { inspection.message.source }

    /// How many hops, links and parts are shown; all are counted.
    static let maximum = 200

    func text(_ english: String) -> String { language.text(english) }

    // MARK: Identities

    var identities: [IdentityRow] {
        rawIdentities.map { row in
            IdentityRow(label: row.label, value: row.value, remark: text(row.remark), place: row.place)
        }
    }

    private var rawIdentities: [IdentityRow] {
        let identities = inspection.identities
        var rows: [IdentityRow] = []
        if let subject = inspection.identities.subjects.first {
            rows.append(
                IdentityRow(label: "Subject", value: line(subject.value, 200), remark: "", place: subject.range))
        }
        if let date = inspection.message.date {
            rows.append(
                IdentityRow(
                    label: "Date", value: language.moment(date.value), remark: zone(date.value), place: date.range))
        }
        if identities.from.isEmpty {
            rows.append(IdentityRow(label: "From", value: "—", remark: "missing, or no address", place: nil))
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
                    label: "DKIM d=", value: signature.domain.value.unicode.printable,
                    remark: signed(signature), place: signature.domain.range))
        }
        return rows
    }

    private func mailboxes(_ label: String, _ mailboxes: [Located<Mailbox>], isAuthor: Bool = false) -> [IdentityRow] {
        mailboxes.prefix(5).map { mailbox in
            let value = mailbox.value
            let name = value.displayName.map { "\(line($0.value, 80)) " } ?? ""
            let spec = line(value.spec, 120)
            let remark =
                isAuthor ? reception(value.domain?.value) : value.domain.map { relation($0.value) } ?? "no domain"
            return IdentityRow(
                label: label, value: name.isEmpty ? spec : "\(name)<\(spec)>", remark: remark, place: mailbox.range)
        }
    }

    private var returnPaths: [IdentityRow] {
        let paths = inspection.identities.returnPaths
        if paths.isEmpty {
            return [IdentityRow(label: "Return-Path", value: "—", remark: "not in this copy", place: nil)]
        }
        return paths.prefix(3).map { field, path in
            switch path {
            case .failure:
                IdentityRow(
                    label: "Return-Path", value: source.text(field.value, limit: 80), remark: "no address",
                    place: field.value)
            case .success(let path):
                IdentityRow(
                    label: "Return-Path", value: path.mailbox.map { line($0.value.spec, 120) } ?? "<>",
                    remark: path.mailbox.map { $0.value.domain.map { relation($0.value) } ?? "no domain" }
                        ?? "empty: no bounce wanted",
                    place: field.value)
            }
        }
    }

    /// What the user said of the delivery.
    private var envelope: [IdentityRow] {
        let envelope = inspection.envelope
        var rows: [IdentityRow] = []
        func add(_ label: String, _ value: String?, _ remark: String = "as you say") {
            if let value { rows.append(IdentityRow(label: label, value: line(value, 120), remark: remark, place: nil)) }
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
                    label: "Message-ID", value: source.text(field.value, limit: 80), remark: "malformed",
                    place: field.value)
            case .success(let id):
                IdentityRow(
                    label: "Message-ID", value: line(id.text.value, 120),
                    remark: id.right.value.isHostName ? relation(id.right.value) : "", place: id.text.range)
            }
        }
    }

    private func relation(_ domain: Domain) -> String {
        guard let from = inspection.identities.authorDomain?.value else { return "" }
        if domain == from { return "the sender's domain" }
        return domain.isSameOrganisation(as: from) ? "the sender's organisation" : "another domain"
    }

    /// Whether the signature that names the domain was verified, and how the domain relates to the author's.
    private func signed(_ signature: DKIMSignature) -> String {
        let found = inspection.authentications?.signatures.first {
            $0.signature?.domain.range == signature.domain.range
        }
        let state = found.map { Self.word($0.result, $0.trouble) } ?? "not verified"
        let relation = relation(signature.domain.value)
        return relation.isEmpty ? state : "\(state); \(relation)"
    }

    func reception(_ domain: Domain?) -> String {
        guard let domain, let facts = inspection.domains[domain] else {
            return domain != nil && inspection.isOffline ? "not checked: offline" : ""
        }
        return switch facts.reception {
        case .exchanges(let hosts): "receives mail at \(hosts.prefix(2).map(\.description).joined(separator: ", "))"
        case .none: "says that it takes no mail (null MX)"
        case .ownAddress: "receives mail at its own address"
        case .nowhere: "has no mail server"
        case .noSuchDomain: "this domain does not exist"
        case .unknown(let failure):
            (failure.isInconclusive ? "could not check: " : "not checked: ") + failure.reason
        }
    }

    private func zone(_ date: DateTime) -> String {
        guard let offset = date.offset else { return "zone not given" }
        guard offset != 0 else { return "" }
        let minutes = abs(offset) / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "sender's zone \(offset < 0 ? "−" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    }

    // MARK: Authentication

    /// What a receiver says that it found: `dkim=pass header.d=example.com`.
    struct ClaimRow {
        let method: String
        let result: String
        let detail: String
        /// Why it was found otherwise here.
        let difference: String?
        let place: ByteRange
    }

    var authenticationSentence: String? { inspection.authentications?.sentence.map { text(line($0, 500)) } }

    /// What others say that they found, by the writer: the receiver's own word first.
    var claims: [(writer: String, rows: [ClaimRow])] {
        let comparisons = inspection.comparisons
        var groups: [(writer: String, rows: [ClaimRow])] = []
        for claim in inspection.claims {
            let writer = text(writer(of: claim))
            let rows = claim.results.claims.prefix(30).map { row($0, comparisons) }
            guard !rows.isEmpty else { continue }
            // One receiver may spread its word over several fields.
            if let place = groups.firstIndex(where: { $0.writer == writer }) {
                groups[place].rows += rows.prefix(30)
            } else if groups.count < 6 {
                groups.append((writer, Array(rows)))
            }
        }
        return groups
    }

    private func writer(of claim: AuthenticationClaim) -> String {
        let name = claim.results.authority.map { line($0.value, 80) } ?? "a server that does not name itself"
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
            method: claim.method.cut(to: 24), result: line(claim.result.value, 20),
            detail: claim.properties.prefix(4).map { "\($0.name.cut(to: 40))=\(line($0.value.value, 80))" }
                .joined(separator: " "),
            difference: comparisons.first { $0.claim.range == claim.range }.flatMap { one in
                one.difference.map { text("found here: \(one.verified.rawValue), \(line($0, 300))") }
            },
            place: claim.range)
    }

    // MARK: Contents

    /// The parts as a tree, one line each.
    var parts: [(depth: Int, text: String)] {
        let parts = inspection.message.parts
        let texts = Dictionary(inspection.contents.texts.map { ($0.part, $0) }) { first, _ in first }
        return parts.prefix(Self.maximum).map { part in
            var text = part.contentType.mediaType.cut(to: 60).printable
            if !part.declaresType { text += " \(self.text("(not declared)"))" }
            if let read = texts[part.index] { text += ", \(read.charset)" }
            if !part.contentType.isMultipart, part.encoding != .sevenBit { text += ", \(part.encoding.rawValue)" }
            text += ", \(size(part.body.count))"
            if let name = part.fileName { text += ", \"\(line(name.value, 80))\"" }
            return (part.depth, text)
        }
    }

    func size(_ bytes: Int) -> String {
        if bytes < 1000 { return language.size(tenths: bytes * 10, unit: 0) }
        var value = Double(bytes) / 1000
        var unit = 1
        while value >= 1000, unit < 3 {
            value /= 1000
            unit += 1
        }
        return language.size(tenths: Int((value * 10).rounded()), unit: unit)
    }

    /// Each link once: what is shown and where it leads, defanged, and how often.
    var links: [(shown: String, target: String, count: Int)] {
        var order: [String] = []
        var rows: [String: (shown: String, target: String, count: Int)] = [:]
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
    private func label(_ link: Contents.Link) -> String {
        switch link.element {
        case "document": return text("(in a document)")
        case "code": return text("(a QR code)")
        case "calendar": return text("(in a calendar)")
        case "card": return text("(in a card)")
        default: return link.visibleText.isEmpty ? text("(no text)") : "\"\(line(link.visibleText.defanged, 80))\""
        }
    }

    /// Where a link leads, and what it carries inside, defanged.
    private func target(_ link: Contents.Link) -> String {
        let own = line(link.target.value.cut(to: 400).defanged, link.carried.isEmpty ? 400 : 120)
        guard let last = link.carried.last else { return own }
        return line("\(last.cut(to: 400).defanged) (inside of \(own))", 600)
    }

    /// The hosts from which showing the message would load something, defanged, and how many things.
    var loads: [(host: String, count: Int)] {
        inspection.contents.loadHosts.prefix(Self.maximum).map { (line($0.host.defangedHost, 120), $0.count) }
    }

    /// The first lines that a reader sees.
    var beginning: [String] {
        let texts = inspection.contents.texts
        guard let text = texts.first(where: { !$0.isHTML && !$0.shown.isEmpty }) ?? texts.first else { return [] }
        let lines = text.shown.utf8.split(maxSplits: 12) { $0 == .lineFeed || $0 == .carriageReturn }.prefix(12)
        return lines.map { line(String(Substring($0)).cut(to: 400).defanged, 200) }
            .filter { $0.contains { $0 != " " } }.prefix(6).map { $0 }
    }

    // MARK: DNS

    /// What was asked and what it may have cost: "21 of at most 200, within 5 s".
    var budget: String {
        let budget = inspection.budget
        return text(
            "\(inspection.transcript.count) of \(budget.questions) at the most, within \(Duration.words(Int(budget.seconds.rounded(.up))))"
        )
    }

    var questions: [(question: String, outcome: String)] { Self.questions(inspection.transcript) }

    static func questions(_ transcript: [(question: Question, result: Result<Answer, ResolutionFailure>)])
        -> [(question: String, outcome: String)]
    {
        transcript.map { question, result in
            let outcome =
                switch result {
                case .success(let answer): words(answer)
                case .failure(let failure): failure.reason
                }
            return (question.description.printable, outcome)
        }
    }

    static func words(_ answer: Answer) -> String {
        switch answer.outcome {
        case .noSuchName: "no such name (NXDOMAIN)"
        case .noData: "no such record"
        case .records(let records):
            records.prefix(5).map { $0.description.cut(to: 120).printable }.joined(separator: ", ")
                + (records.count > 5 ? " and \(records.count - 5) more" : "")
                + (answer.security == .unknown ? "" : " (\(answer.security.rawValue))")
        }
    }

    func line(_ text: String, _ limit: Int) -> String { text.cut(to: limit * 2).printableLine.cut(to: limit) }
}
