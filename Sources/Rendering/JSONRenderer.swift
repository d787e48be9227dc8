import Content
import DNS
import Inspection
import Mail

/// For programs: all facts, with the bytes they rest on. `docs/report-1.schema.json` describes it.
///
/// The shape is spelled out here and versioned; it does not follow from types of the program.
struct JSONRenderer {
    let report: Report
    let appearance: Appearance
    var inspection: Inspection { report.inspection }
    var source: Source { inspection.message.source }
    private let lines: LineMap
    private let excerptLimit: Int

    /// How many members a list of the message's own things has; what is left out is counted.
    static let maximum = 300

    init(_ report: Report, _ appearance: Appearance) {
        self.report = report
        self.appearance = appearance
        lines = LineMap(report.inspection.message.source)
        // Many places share what a report may hold.
        let places = report.entries.reduce(0) { $0 + $1.finding.evidence.count }
        excerptLimit = places > 300 ? 48 : 256
    }

    func render() -> String { json.written(isCompact: appearance.isCompact) }

    private var json: JSON {
        [
            "format": "backstamp-report", "version": 1,
            "tool": ["name": .string(Tool.name), "version": .string(Tool.version)],
            "subject": .string(Rows(report: report).subjectName),
            "others": .array(report.others.map { JSONRenderer($0, appearance).json }),
            "input": input, "now": .string(inspection.now.description), "envelope": envelope,
            "protected": JSON(inspection.protected.prefix(Self.maximum).map { $0.description.cut(to: 256) }),
            "verdict": verdict, "identities": identities,
            "route": route, "authentication": authentication,
            "blocklists": blocklists, "contents": contents, "ambiguities": ambiguities,
            "findings": findings, "indicators": IndicatorRenderer(report: report).json,
            "omitted": .array(report.omitted.map { ["check": .string($0.id), "count": .number($0.count)] }),
            "ignored": JSON(report.ignored),
            "source": header, "unchecked": unchecked,
            "dnsBudget": [
                "questions": .number(inspection.budget.questions),
                "milliseconds": .number(Int(inspection.budget.seconds * 1000)),
            ], "dns": dns,
        ]
    }

    // MARK: Places

    /// The members that every piece of byte evidence has; offsets count the bytes of the input as given.
    func place(_ range: ByteRange) -> [(String, JSON)] {
        let given = source.place(of: range)
        let (line, column) = lines.position(of: given.lowerBound)
        let shown = given.prefix(excerptLimit)
        var text = String(decoding: source.given[shown], as: UTF8.self)
        if shown.count < given.count { text = text.cut(to: excerptLimit - 4) }
        return [
            ("start", .number(given.lowerBound)), ("end", .number(given.upperBound)), ("line", .number(line)),
            ("column", .number(column)), ("text", .string(text)),
        ]
    }

    func located(_ value: JSON, _ range: ByteRange) -> JSON { .object([("value", value)] + place(range)) }

    func located(_ text: Located<String>?) -> JSON {
        text.map { located(.string($0.value.cut(to: 1024)), $0.range) } ?? .null
    }

    func located(_ domain: Located<Domain>?) -> JSON {
        domain.map { domain in
            .object(
                [
                    ("value", .string(domain.value.description.cut(to: 300))),
                    ("ascii", JSON(domain.value.ascii?.cut(to: 300))),
                    ("organisation", .string(domain.value.organisational.description.cut(to: 300))),
                ] + place(domain.range))
        } ?? .null
    }

    // MARK: Sections

    private var input: JSON {
        let message = inspection.message
        let repairs = source.repairs
        return [
            "name": JSON(appearance.inputName?.printable), "size": .number(source.given.count),
            "headerOnly": .bool(message.isHeaderOnly), "sent": .bool(inspection.isSent),
            "byteExact": .bool(source.isByteExact), "repairCount": .number(repairs.count),
            "repairs": .array(
                repairs.prefix(Self.maximum).map { repair in
                    [
                        "kind": .string(repair.kind.rawValue), "start": .number(repair.given.lowerBound),
                        "end": .number(repair.given.upperBound),
                        "read": .string(String(decoding: source.bytes[repair.read], as: UTF8.self)),
                    ]
                }),
        ]
    }

    /// What the user said of the delivery.
    private var envelope: JSON {
        let envelope = inspection.envelope
        return [
            "clientAddress": JSON(envelope.clientAddress?.description), "helo": JSON(envelope.hello),
            "mailFrom": JSON(envelope.mailFrom),
        ]
    }

    private var verdict: JSON {
        let verdict = report.verdict
        return [
            "id": .string(verdict.kind.rawValue), "sentence": .string(verdict.sentence),
            "reasons": .array(
                verdict.reasons.map { ["check": .string($0.about.id), "message": .string($0.finding.message)] }),
            "missing": JSON(verdict.missing), "advice": JSON(verdict.advice),
        ]
    }

    private func mailbox(_ mailbox: Located<Mailbox>) -> JSON {
        .object(
            [
                ("name", located(mailbox.value.displayName)),
                ("localPart", .string(mailbox.value.localPart.value.cut(to: 320))),
                ("domain", located(mailbox.value.domain)),
            ] + place(mailbox.range))
    }

    private var identities: JSON {
        let identities = inspection.identities
        func mailboxes(_ list: [Located<Mailbox>]) -> JSON { .array(list.prefix(20).map(mailbox)) }
        let date = inspection.message.date
        return [
            "subject": located(inspection.identities.subjects.first),
            "date": date.map {
                .object([("time", .string($0.value.description)), ("offset", JSON($0.value.offset))] + place($0.range))
            } ?? .null,
            "from": mailboxes(identities.from), "sender": mailboxes(identities.sender),
            "replyTo": mailboxes(identities.replyTo),
            "returnPaths": .array(
                identities.returnPaths.prefix(20).map { field, path in
                    var state = "unreadable"
                    var address = JSON.null
                    if case .success(let value) = path {
                        state = value.mailbox == nil ? "empty" : "address"
                        address = value.mailbox.map(mailbox) ?? .null
                    }
                    return .object([("state", .string(state)), ("mailbox", address)] + place(field.value))
                }),
            "messageIds": .array(
                identities.messageIDs.prefix(20).map { field, id in
                    guard case .success(let id) = id else {
                        return .object([("id", nil), ("domain", nil)] + place(field.value))
                    }
                    return .object(
                        [("id", .string(id.text.value.cut(to: 1024))), ("domain", located(id.right))]
                            + place(id.text.range))
                }),
            "signatures": .array(
                identities.signatures.prefix(20).map { field, signature in
                    .object(
                        [("domain", located(signature.domain)), ("selector", located(signature.selector))]
                            + place(field.name.lowerBound..<field.value.upperBound))
                }),
            "mailingList": .bool(identities.isFromList), "automatic": .bool(identities.isAutomatic),
            "domains": .array(
                inspection.domains.values.sorted { $0.domain.description < $1.domain.description }.map { facts in
                    let (state, hosts) = reception(facts.reception)
                    return [
                        "domain": .string(facts.domain.description), "reception": .string(state),
                        "exchanges": JSON(hosts),
                    ]
                }),
        ]
    }

    private func reception(_ reception: DomainFacts.Reception) -> (String, [String]) {
        switch reception {
        case .exchanges(let hosts): ("exchanges", hosts.prefix(50).map(\.description))
        case .none: ("null-mx", [])
        case .ownAddress: ("own-address", [])
        case .nowhere: ("nowhere", [])
        case .noSuchDomain: ("no-such-domain", [])
        case .unknown(let failure): (failure.isInconclusive ? "could-not-check" : "not-checked", [])
        }
    }

    private var findings: JSON {
        .array(
            report.entries.map { entry in
                let about = entry.about
                return [
                    "check": .string(about.id), "topic": .string(about.topic.rawValue),
                    "severity": .string(about.severity.rawValue), "title": .string(about.title),
                    "message": .string(entry.finding.message), "why": .string(about.why),
                    "remedy": .string(about.remedy),
                    "references": .array(
                        about.references.map { ["title": .string($0.title), "url": .string($0.url)] }),
                    "places": .number(entry.finding.places), "evidence": .array(entry.finding.evidence.map(evidence)),
                ]
            })
    }

    private func evidence(_ evidence: Evidence) -> JSON {
        switch evidence {
        case .bytes(let range, let label): .object([("kind", "bytes"), ("label", .string(label))] + place(range))
        case .answer(let answer, let label):
            .object([("kind", "answer"), ("label", .string(label))] + Self.answer(answer))
        case .absence(let what):
            .object([
                ("kind", "absence"), ("label", .string(what)),
                ("at", .number(source.place(of: inspection.message.header).upperBound)),
            ])
        }
    }

    private static func answer(_ answer: Answer) -> [(String, JSON)] {
        let state =
            switch answer.outcome {
            case .records: "records"
            case .noData: "no-data"
            case .noSuchName: "no-such-name"
            }
        return [
            ("name", .string(answer.question.name.description)), ("type", .string(answer.question.type.rawValue)),
            ("outcome", .string(state)), ("security", .string(answer.security.rawValue)),
            ("records", JSON(answer.records.prefix(50).map { $0.description.cut(to: 512) })),
        ]
    }

    /// How the input falls into fields and body; with the repairs, this is every byte of it.
    private var header: JSON {
        let message = inspection.message
        func range(_ range: ByteRange) -> [(String, JSON)] {
            let given = source.place(of: range)
            return [("start", .number(given.lowerBound)), ("end", .number(given.upperBound))]
        }
        return [
            "header": .object(range(message.header)), "body": .object(range(message.body)),
            "fieldCount": .number(message.fields.count),
            "fields": .array(
                message.fields.prefix(1000).map { field in
                    .object(
                        [("name", .string(String(decoding: source.bytes[field.name.prefix(128)], as: UTF8.self)))]
                            + range(field.range))
                }),
        ]
    }

    private var unchecked: JSON {
        .array(
            report.unchecked.map {
                ["what": .string($0.what), "why": .string($0.why), "inconclusive": .bool($0.isInconclusive)]
            })
    }

    private var dns: JSON { .array(inspection.transcript.map { Self.question($0.question, $0.result) }) }

    /// A question, and what came of it.
    static func question(_ question: Question, _ result: Result<Answer, ResolutionFailure>) -> JSON {
        switch result {
        case .success(let found): .object(answer(found))
        case .failure(let failure):
            [
                "name": .string(question.name.description), "type": .string(question.type.rawValue),
                "outcome": .string(id(failure)), "security": "unknown", "records": [],
            ]
        }
    }

    private static func id(_ failure: ResolutionFailure) -> String {
        switch failure {
        case .timedOut: "timed-out"
        case .serverFailed: "server-failed"
        case .bogus: "bogus"
        case .notRecorded: "not-recorded"
        case .unavailable: "unavailable"
        case .notAName: "not-a-name"
        case .tooMany: "too-many"
        }
    }
}
