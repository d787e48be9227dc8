import Crypto
import DNS
import Inspection
import Mail
import Mustache
import Templates

/// One self-contained page, from `templates/report.mustache`: no script, nothing remote.
struct HTMLRenderer {
    let report: Report
    let appearance: Appearance
    private let rows: Rows
    private let lines: LineMap
    private let view: SourceView

    init(_ report: Report, _ appearance: Appearance) {
        self.report = report
        self.appearance = appearance
        rows = Rows(report: report)
        lines = LineMap(report.inspection.message.source)
        view = SourceView(report, lines)
    }

    private typealias Context = [String: Any]

    private static let template = Result { try MustacheTemplate(string: Template.report) }

    func render() -> String {
        switch Self.template {
        case .success(let template): template.render(context)
        // The template is part of the program; a test renders it.
        case .failure(let error): "<!doctype html><title>backstamp</title><p>\(error)</p>\n"
        }
    }

    private var context: Context {
        let verdict = report.verdict
        let style = Template.style
        return [
            "style": style, "styleHash": Self.hash(style), "version": Tool.version,
            "title": appearance.inputName.map { rows.line($0, 120) } ?? "message",
            "now": report.inspection.now.description,
            "verdict": [
                "id": verdict.kind.rawValue, "word": verdict.kind.rawValue.replacing("-", with: " "),
                "sentence": verdict.sentence, "hasReasons": !verdict.reasons.isEmpty,
                "reasons": verdict.reasons.map { reason -> Context in
                    [
                        "message": reason.finding.message,
                        "finding": report.entries.firstIndex { $0.about.id == reason.about.id } ?? 0,
                    ]
                },
                "advice": verdict.advice,
            ] as Context,
            "identities": rows.identities.map { row -> Context in
                ["label": row.label, "value": row.value, "remark": row.remark, "line": line(row.place)]
            },
            "route": route, "claims": claims, "contents": contents, "findings": findings,
            "omitted": report.omitted.map { ["id": $0.id, "count": $0.count] as Context },
            "hasFindings": !report.entries.isEmpty, "source": source, "unchecked": unchecked,
            "hasQuestions": !rows.questions.isEmpty,
            "questions": rows.questions.map { ["question": $0.question, "outcome": $0.outcome] as Context },
        ]
    }

    /// For the content security policy: only this style sheet applies.
    private static func hash(_ style: String) -> String {
        var bytes = Array(SHA256.hash(data: Array(style.utf8)))[...]
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        while !bytes.isEmpty {
            let group = Array(bytes.prefix(3))
            bytes = bytes.dropFirst(3)
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for index in 0..<4 {
                text.append(index > group.count ? UInt8(ascii: "=") : alphabet[value >> (18 - 6 * index) & 0x3F])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func line(_ place: ByteRange?) -> Any {
        guard let place else { return false }
        return lines.position(of: report.inspection.message.source.place(of: place).lowerBound).line
    }

    private var route: Context {
        let inspection = report.inspection
        let all = rows.hops
        let boundary = all.firstIndex(where: \.isOurs)
        func context(_ row: HopRow) -> Context {
            [
                "number": row.number, "from": row.from, "by": row.by, "time": row.time, "delay": row.delay,
                "with": row.transmission, "reverse": row.reverse, "slowest": row.isSlowest, "handOver": row.isHandOver,
                "line": line(row.place),
            ]
        }
        return [
            "summary": rows.routeSummary, "hasHops": inspection.isSent && !all.isEmpty,
            "claimed": all[..<(boundary ?? all.count)].map(context),
            "hasClaimed": (boundary ?? all.count) > 0, "trustLine": rows.trustLine,
            "observed": all[(boundary ?? all.count)...].map(context),
            "more": inspection.trace.hops.count > all.count ? inspection.trace.hops.count - all.count as Any : false,
        ]
    }

    private var claims: Context {
        guard report.inspection.isSent else { return ["isSent": false, "any": false] }
        guard let claims = rows.claims else { return ["isSent": true, "any": false] }
        return [
            "isSent": true, "any": true, "authority": claims.authority,
            "rows": claims.rows.map { row -> Context in
                ["method": row.method, "result": row.result, "detail": row.detail, "line": line(row.place)]
            },
        ]
    }

    private var contents: Context {
        let message = report.inspection.message
        let links = rows.links
        let files = rows.attachments
        return [
            "isHeaderOnly": message.isHeaderOnly,
            "parts": rows.parts.map { ["text": $0.text, "indent": String(repeating: "\u{2003}", count: min($0.depth, 12))] as Context },
            "moreParts": message.parts.count > rows.parts.count ? message.parts.count - rows.parts.count as Any : false,
            "hasBeginning": !rows.beginning.isEmpty, "beginning": rows.beginning, "hasLinks": !links.isEmpty,
            "links": links.map { link -> Context in
                ["shown": link.shown.isEmpty ? "(no text)" : link.shown, "target": link.target, "count": link.count > 1 ? link.count as Any : false]
            },
            "hasFiles": !files.isEmpty,
            "files": files.map { ["name": $0.name, "type": $0.type, "size": $0.size, "sha256": $0.sha256] as Context },
        ]
    }

    private var findings: [Context] {
        let source = report.inspection.message.source
        return report.entries.enumerated().map { index, entry in
            let about = entry.about
            let more = entry.finding.places - min(entry.finding.evidence.count, 10)
            return [
                "index": index, "id": about.id, "severity": about.severity.rawValue, "message": entry.finding.message,
                "why": about.why, "remedy": about.remedy, "isOpen": about.severity > .note,
                "references": about.references.map { ["title": $0.title, "url": $0.url] as Context },
                "more": more > 0 && !entry.finding.evidence.isEmpty ? more as Any : false,
                "evidence": entry.finding.evidence.prefix(10).map { evidence -> Context in
                    switch evidence {
                    case .bytes(let range, let label):
                        let excerpt = Excerpt(source.place(of: range), in: source, lines, columns: 100)
                        return [
                            "line": excerpt.line, "column": excerpt.column, "before": excerpt.before,
                            "marked": excerpt.marked, "after": excerpt.after, "label": label.printable, "isBytes": true,
                        ]
                    case .answer(let answer, let label):
                        return ["text": "\(label): \(answer.question) \(Rows.words(answer))".printable, "isBytes": false]
                    case .absence(let what): return ["text": what, "isBytes": false]
                    }
                },
            ]
        }
    }

    private var source: [Context] {
        view.rows.map { row in
            switch row {
            case .gap(let count): ["isLine": false, "text": "… \(count) line\(count == 1 ? "" : "s") without evidence …"]
            case .rest(let bytes): ["isLine": false, "text": "… \(bytes) more bytes are not shown …"]
            case .line(let number, let pieces):
                [
                    "isLine": true, "number": number,
                    "pieces": pieces.map { piece -> Context in
                        guard let first = piece.marks.first else { return ["text": piece.text, "isMarked": false] }
                        let mark = view.marks[first]
                        let worst = piece.marks.map { report.entries[view.marks[$0].entry].about.severity }.max()
                        return [
                            "text": piece.text, "isMarked": true, "finding": mark.entry,
                            "severity": (worst ?? .note).rawValue,
                            "title": piece.marks.prefix(3).map { "\(report.entries[view.marks[$0].entry].about.id): \(view.marks[$0].label)".printable }
                                .joined(separator: "; "),
                        ]
                    },
                ]
            }
        }
    }

    private var unchecked: [Context] {
        report.unchecked.map {
            ["what": $0.what.printable, "why": ($0.isInconclusive ? "could not check: " : "") + $0.why.printable]
        }
    }
}
