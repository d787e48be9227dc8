import Content
import DNS
import Checks
import Inspection
import Mail
import Phrases

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
        // Much evidence shares what a report may hold.
        let shown = report.entries.reduce(0) { $0 + $1.finding.evidence.count }
        excerptLimit = shown > 300 ? 48 : 256
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
            out.put(
                "protected",
                inspection.protected.filter(\.isNamed).prefix(Self.maximum).map { $0.domain.description.cut(to: 256) })
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

    // MARK: Ranges

    /// The members that every piece of byte evidence has; offsets count the bytes of the input as given.
    func putRange(_ range: ByteRange, _ out: inout JSONWriter) {
        let given = source.inputRange(of: range)
        let (line, column) = lines.position(of: given.lowerBound)
        out.putRange(given, line: line, column: column)
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
            putRange(text.range, &out)
        }
    }

    func put(_ name: StaticString, _ domain: Located<Domain>?, _ out: inout JSONWriter) {
        guard let domain else { return out.put(name, nil as String?) }
        out.put(name) { out in
            out.put("value", domain.value.description.cut(to: 300))
            out.put("ascii", domain.value.ascii?.cut(to: 300))
            out.put("organisation", domain.value.organisational.description.cut(to: 300))
            putRange(domain.range, &out)
        }
    }
}
