import Content
import DNS
import Inspection
import Mail

/// For programs: all facts, with the bytes they rest on. `docs/report-1.schema.json` describes it.
///
/// The shape is spelled out here and versioned; it does not follow from types of the program.
final class JSONRenderer {
    let report: Report
    let appearance: Appearance
    let inspection: Inspection
    let source: Source
    private let lines: LineMap
    private let excerptLimit: Int

    /// How many members a list of the message's own things has; what is left out is counted.
    static let maximum = 300

    init(_ report: Report, _ appearance: Appearance) {
        self.report = report
        self.appearance = appearance
        inspection = report.inspection
        source = inspection.message.source
        lines = LineMap(source)
        // Many places share what a report may hold.
        let places = report.entries.reduce(0) { $0 + $1.finding.evidence.count }
        excerptLimit = places > 300 ? 48 : 256
    }

    func render() -> String {
        var out = JSONWriter(isCompact: appearance.isCompact)
        write(to: &out)
        return out.text()
    }

    private func write(to out: inout JSONWriter) {
        out.object { out in
            out.put("format", "backstamp-report")
            out.put("version", 1)
            out.put("tool") { out in
                out.put("name", Tool.name)
                out.put("version", Tool.version)
            }
            out.put("subject", Rows(report: report).subjectName)
            out.put("others", report.others) { out, other in JSONRenderer(other, appearance).write(to: &out) }
            putInput(&out)
            out.put("now", inspection.now.description)
            putEnvelope(&out)
            out.put("protected", inspection.protected.prefix(Self.maximum).map { $0.description.cut(to: 256) })
            putVerdict(&out)
            putIdentities(&out)
            putRoute(&out)
            putAuthentication(&out)
            putBlocklists(&out)
            putContents(&out)
            putAmbiguities(&out)
            putFindings(&out)
            IndicatorRenderer(report: report).put(&out)
            out.put("omitted", report.omitted) { out, one in
                out.object { out in
                    out.put("check", one.id)
                    out.put("count", one.count)
                }
            }
            out.put("ignored", report.ignored)
            putHeader(&out)
            putUnchecked(&out)
            out.put("dnsBudget") { out in
                out.put("questions", inspection.budget.questions)
                out.put("milliseconds", Int(inspection.budget.seconds * 1000))
            }
            out.put("dns", inspection.transcript) { out, one in
                Self.question(one.question, one.result).write(to: &out)
            }
        }
    }

    // MARK: Places

    /// The members that every piece of byte evidence has; offsets count the bytes of the input as given.
    func putPlace(_ range: ByteRange, _ out: inout JSONWriter) {
        let given = source.place(of: range)
        let (line, column) = lines.position(of: given.lowerBound)
        out.putPlace(given, line: line, column: column)
        if given.count <= excerptLimit {
            out.put("text", source.given, in: given)
        } else {
            let text = String(decoding: source.given[given.prefix(excerptLimit)], as: UTF8.self)
            out.put("text", text.cut(to: excerptLimit - 4))
        }
    }

    func put(_ name: StaticString, _ text: Located<String>?, _ out: inout JSONWriter) {
        guard let text else { return out.put(name, nil as String?) }
        out.put(name) { out in
            out.put("value", text.value.cut(to: 1024))
            putPlace(text.range, &out)
        }
    }

    func put(_ name: StaticString, _ domain: Located<Domain>?, _ out: inout JSONWriter) {
        guard let domain else { return out.put(name, nil as String?) }
        out.put(name) { out in
            out.put("value", domain.value.description.cut(to: 300))
            out.put("ascii", domain.value.ascii?.cut(to: 300))
            out.put("organisation", domain.value.organisational.description.cut(to: 300))
            putPlace(domain.range, &out)
        }
    }

    // MARK: Sections

    private func putInput(_ out: inout JSONWriter) {
        let message = inspection.message
        let repairs = source.repairs
        out.put("input") { out in
            out.put("name", appearance.inputName?.printable)
            out.put("size", source.given.count)
            out.put("headerOnly", message.isHeaderOnly)
            out.put("sent", inspection.isSent)
            out.put("byteExact", source.isByteExact)
            out.put("repairCount", repairs.count)
            out.put("repairs", repairs.prefix(Self.maximum)) { out, repair in
                out.object { out in
                    out.put("kind", repair.kind.rawValue)
                    out.put("start", repair.given.lowerBound)
                    out.put("end", repair.given.upperBound)
                    out.put("read", String(decoding: source.bytes[repair.read], as: UTF8.self))
                }
            }
        }
    }

    /// What the user said of the delivery.
    private func putEnvelope(_ out: inout JSONWriter) {
        let envelope = inspection.envelope
        out.put("envelope") { out in
            out.put("clientAddress", envelope.clientAddress?.description)
            out.put("helo", envelope.hello)
            out.put("mailFrom", envelope.mailFrom)
        }
    }

    private func putVerdict(_ out: inout JSONWriter) {
        let verdict = report.verdict
        out.put("verdict") { out in
            out.put("id", verdict.kind.rawValue)
            out.put("sentence", verdict.sentence)
            out.put("reasons", verdict.reasons) { out, reason in
                out.object { out in
                    out.put("check", reason.about.id)
                    out.put("message", reason.finding.message)
                }
            }
            out.put("missing", verdict.missing)
            out.put("advice", verdict.advice)
        }
    }

    private func putFindings(_ out: inout JSONWriter) {
        out.put("findings", report.entries) { out, entry in
            let about = entry.about
            out.object { out in
                out.put("check", about.id)
                out.put("topic", about.topic.rawValue)
                out.put("severity", about.severity.rawValue)
                out.put("title", about.title)
                out.put("message", entry.finding.message)
                out.put("why", about.why)
                out.put("remedy", about.remedy)
                out.put("references", about.references) { out, reference in
                    out.object { out in
                        out.put("title", reference.title)
                        out.put("url", reference.url)
                    }
                }
                out.put("places", entry.finding.places)
                out.put("evidence", entry.finding.evidence) { out, evidence in write(evidence, &out) }
            }
        }
    }

    private func write(_ evidence: Evidence, _ out: inout JSONWriter) {
        out.object { out in
            switch evidence {
            case .bytes(let range, let label):
                out.put("kind", "bytes")
                out.put("label", label)
                putPlace(range, &out)
            case .answer(let answer, let label):
                out.put("kind", "answer")
                out.put("label", label)
                for (name, value) in Self.members(answer) {
                    out.put(quoting: name)
                    value.write(to: &out)
                }
            case .absence(let what):
                out.put("kind", "absence")
                out.put("label", what)
                out.put("at", source.place(of: inspection.message.header).upperBound)
            }
        }
    }

    /// How the input falls into fields and body; with the repairs, this is every byte of it.
    private func putHeader(_ out: inout JSONWriter) {
        let message = inspection.message
        func putRange(_ range: ByteRange, _ out: inout JSONWriter) {
            let given = source.place(of: range)
            out.put("start", given.lowerBound)
            out.put("end", given.upperBound)
        }
        out.put("source") { out in
            out.put("header") { out in putRange(message.header, &out) }
            out.put("body") { out in putRange(message.body, &out) }
            out.put("fieldCount", message.fields.count)
            out.put("fields", message.fields.prefix(1000)) { out, field in
                out.object { out in
                    out.put("name", source.bytes, in: field.name.prefix(128))
                    putRange(field.range, &out)
                }
            }
        }
    }

    private func putUnchecked(_ out: inout JSONWriter) {
        out.put("unchecked", report.unchecked) { out, one in
            out.object { out in
                out.put("what", one.what)
                out.put("why", one.why)
                out.put("inconclusive", one.isInconclusive)
            }
        }
    }
}

// MARK: DNS

extension JSONRenderer {
    private static func members(_ answer: Answer) -> [(String, JSON)] {
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

    /// A question, and what came of it.
    static func question(_ question: Question, _ result: Result<Answer, ResolutionFailure>) -> JSON {
        switch result {
        case .success(let found): .object(members(found))
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
