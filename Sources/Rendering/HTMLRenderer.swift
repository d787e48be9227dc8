import Crypto
import DNS
import Content
import Inspection
import Mail
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
        rows = Rows(report: report, language: appearance.language)
        lines = LineMap(report.inspection.message.source)
        view = SourceView(report, lines)
    }

    /// A page of its own.
    func render() -> String {
        let style = appearance.templates[.style]
        let page: TemplateValue = [
            "style": .text(style), "styleHash": .text(Self.hash(style)), "version": .text(Tool.version),
            "language": .text(appearance.language.rawValue),
            "title": .text(appearance.inputName.map { rows.line($0, 120) } ?? "message"),
            "now": .text(language.moment(report.inspection.now)), "verdict": verdict, "body": .text(body()),
        ]
        return page.filling(appearance.language.template(appearance.templates[.report]))
    }

    /// What stands in a page, from the verdict on.
    func body() -> String { facts.filling(appearance.language.template(appearance.templates[.body])) }

    private var facts: TemplateValue {
        [
            "verdict": verdict,
            "identities": .list(
                rows.identities.map { row in
                    [
                        "label": .text(row.label), "value": .text(row.value), "remark": .text(row.remark),
                        "line": line(row.place),
                    ]
                }),
            "route": route, "claims": claims, "blocklists": blocklists, "contents": contents,
            "findings": .list(findings),
            "omitted": .list(report.omitted.map { .text(language.text("… and \($0.count) more of \($0.id)")) }),
            "hasFindings": .flag(!report.entries.isEmpty), "source": .list(source), "unchecked": .list(unchecked),
            "budget": .text(rows.budget), "hasQuestions": .flag(!rows.questions.isEmpty),
            "questions": .list(rows.questions.map { ["question": .text($0.question), "outcome": .text($0.outcome)] }),
        ]
    }

    private var language: Language { appearance.language }

    private var verdict: TemplateValue {
        let verdict = report.verdict
        return [
            "id": .text(verdict.kind.rawValue),
            "word": .text(language.text(verdict.kind.rawValue.replacing("-", with: " "))),
            "sentence": .text(language.text(verdict.sentence)), "hasReasons": .flag(!verdict.reasons.isEmpty),
            "reasons": .list(
                verdict.reasons.map { reason in
                    let finding = report.entries.firstIndex { $0.finding.message == reason.finding.message } ?? 0
                    return ["message": .text(language.text(reason.finding.sentence)), "finding": "\(finding)"]
                }),
            "advice": .list(verdict.advice.map { .text(language.text($0)) }),
            "subject": .optional(rows.subjectLine ?? ""),
            "others": .list(
                rows.others.map { other in
                    [
                        "title": .text(other.title),
                        "word": .text(language.text(other.kind.rawValue.replacing("-", with: " "))),
                        "sentence": .text(other.sentence),
                        "warnings": .list(
                            other.warnings.map { .text("\(language.text($0.severity.rawValue)): \($0.message)") }),
                    ]
                }),
        ]
    }

    /// For the content security policy: only this style sheet, or script, applies.
    static func hash(_ style: String) -> String {
        String(decoding: Base64.encoded(Array(SHA256.hash(data: Array(style.utf8)))[...]), as: UTF8.self)
    }

    private func line(_ place: ByteRange?) -> TemplateValue {
        .optional(place.map { lines.position(of: report.inspection.message.source.place(of: $0).lowerBound).line })
    }

    private var route: TemplateValue {
        let inspection = report.inspection
        let all = rows.hops(all: appearance.showsAllHops)
        let boundary = all.firstIndex(where: \.isOurs) ?? all.count
        func value(_ row: HopRow) -> TemplateValue {
            [
                "number": .text(row.number), "remark": .optional(row.remark), "from": .text(row.from),
                "by": .text(row.by), "time": .text(row.time),
                "delay": .text(row.delay), "with": .text(row.transmission), "reverse": .optional(row.reverse),
                "slowest": .flag(row.isSlowest), "handOver": .flag(row.isHandOver), "line": line(row.place),
            ]
        }
        let more = inspection.trace.hops.count - Rows.maximum
        return [
            "summary": .text(rows.routeSummary), "hasHops": .flag(inspection.isSent && !all.isEmpty),
            "claimed": .list(all[..<boundary].map(value)), "hasClaimed": .flag(boundary > 0),
            "trustLine": .text(rows.trustLine), "observed": .list(all[boundary...].map(value)),
            "more": .optional(more > 0 ? language.text("… and \(more) more hops") : ""),
            "timeline": timeline(all, boundary),
            "notes": .list(rows.routeNotes.map { .text($0) }), "hasNotes": .flag(!rows.routeNotes.isEmpty),
        ]
    }

    /// The picture of the route: a row a hop, a bar a delay, a line where trust begins. Positions are numbers of ours.
    private func timeline(_ all: [HopRow], _ boundary: Int) -> TemplateValue {
        let shown = all.prefix(40)
        guard shown.count > 1 else { return false }
        let height = 30
        func y(_ index: Int) -> Int { 14 + index * height + (index >= boundary ? 18 : 0) }
        let bars = shown.enumerated().map { index, row -> TemplateValue in
            let width = max(row.share > 0 ? 3 : 0, Int(row.share * 300))
            return [
                "y": "\(y(index))", "textY": "\(y(index) + 12)", "barY": "\(y(index) + 2)", "width": "\(width)",
                "delayX": "\(296 + width)", "name": .text(Layout.cut("\(row.number)  \(row.by)", to: 36)),
                // There is no room for what the stamps say of it; the table has it.
                "delay": .text(row.delay.split(separator: " (").first.map(String.init) ?? ""),
                "slowest": .flag(row.isSlowest), "claimed": .flag(!row.isOurs),
            ]
        }
        return [
            "height": "\(y(shown.count - 1) + 30)", "rows": .list(bars),
            "lineY": "\(y(min(boundary, shown.count)) - 12)",
            "textY": "\(y(min(boundary, shown.count)) - 15)", "hasLine": .flag(boundary < shown.count),
        ]
    }

    private var claims: TemplateValue {
        guard report.inspection.isSent else { return ["isSent": false, "any": false, "isVerified": false] }
        let found = rows.verified
        let verified = (found ?? []).map { row -> TemplateValue in
            [
                "method": .text(row.method), "result": .text(row.result), "detail": .text(row.detail),
                "line": row.place.map { line($0) } ?? .flag(false),
            ]
        }
        let claims = rows.claims
        return [
            "isSent": true, "any": .flag(!claims.isEmpty),
            "isVerified": .flag(found != nil), "verified": .list(verified), "basis": .optional(rows.basis ?? ""),
            "sentence": .text(rows.authenticationSentence ?? ""),
            "hasSentence": .flag(rows.authenticationSentence != nil),
            "writers": .list(
                claims.map { group in
                    [
                        "writer": .text(group.writer),
                        "rows": .list(
                            group.rows.map { row in
                                [
                                    "method": .text(row.method), "result": .text(row.result),
                                    "detail": .text(row.detail), "difference": .text(row.difference ?? ""),
                                    "line": line(row.place),
                                ]
                            }),
                    ]
                }),
        ]
    }

    private var blocklists: TemplateValue {
        let rows = self.rows.listings
        return [
            "any": .flag(!rows.isEmpty),
            "rows": .list(
                rows.map { row in
                    [
                        "subject": .text(row.subject), "result": .text(row.result), "detail": .text(row.detail),
                        "line": row.place.map { line($0) } ?? .flag(false),
                    ]
                }),
        ]
    }

    private var contents: TemplateValue {
        let message = report.inspection.message
        let links = rows.links
        let files = rows.attachments
        let parts = rows.parts
        let more = message.parts.count - parts.count
        return [
            "isHeaderOnly": .flag(message.isHeaderOnly),
            "parts": .list(
                parts.map {
                    ["text": .text($0.text), "indent": .text(String(repeating: "\u{2003}", count: min($0.depth, 12)))]
                }),
            "moreParts": .optional(more > 0 ? language.text("… and \(more) more parts") : ""),
            "hasBeginning": .flag(!rows.beginning.isEmpty),
            "beginning": .list(rows.beginning.map { .text($0) }), "hasLinks": .flag(!links.isEmpty),
            "links": .list(
                links.map { link in
                    [
                        "shown": .text(link.shown), "target": .text(link.target),
                        "count": "\(link.count)",
                    ]
                }),
            "hasLoads": .flag(!rows.loads.isEmpty),
            "loads": .list(rows.loads.map { ["host": .text($0.host), "count": "\($0.count)"] }),
            "hasInputs": .flag(!rows.inputs.isEmpty), "inputs": .text(rows.inputs.joined(separator: ", ")),
            "calendars": .list(rows.calendars.map { .text($0) }),
            "hasFiles": .flag(!files.isEmpty),
            "files": .list(
                files.map {
                    [
                        "name": .text($0.name), "type": .text($0.type), "size": .text($0.size),
                        "details": .list($0.details.map { .text($0) }), "md5": .text($0.digests.md5),
                        "sha1": .text($0.digests.sha1), "sha256": .text($0.digests.sha256),
                    ]
                }),
        ]
    }

    private var findings: [TemplateValue] {
        report.entries.enumerated().map { index, entry in
            let about = entry.about
            let shown = entry.finding.evidence.prefix(10)
            let more = shown.isEmpty ? 0 : entry.finding.places - shown.count
            return [
                "index": "\(index)", "id": .text(about.id), "severity": .text(about.severity.rawValue),
                "word": .text(language.text(about.severity.rawValue)),
                "message": .text(language.text(entry.finding.sentence)), "why": .text(language.why(about)),
                "remedy": .text(language.remedy(about)),
                "isOpen": .flag(about.severity > .note),
                "references": .list(about.references.map { ["title": .text($0.title), "url": .text($0.url)] }),
                "more": .optional(
                    more > 0 ? language.text(more == 1 ? "… and 1 more place" : "… and \(more) more places") : ""),
                "evidence": .list(shown.map(evidence)),
            ]
        }
    }

    private func evidence(_ evidence: Evidence) -> TemplateValue {
        switch evidence {
        case .bytes(let range, let label):
            let source = report.inspection.message.source
            let excerpt = Excerpt(source.place(of: range), in: source, lines, columns: 100)
            return [
                "isBytes": true, "line": "\(excerpt.line)", "column": "\(excerpt.column)",
                "before": .text(excerpt.before),
                "marked": .text(excerpt.marked), "after": .text(excerpt.after),
                "label": .text(language.text(label).printable),
            ]
        case .answer(let answer, let label):
            return [
                "isBytes": false,
                "text": .text("\(language.text(label)): \(answer.question) \(Rows.words(answer))".printable),
            ]
        case .absence(let what): return ["isBytes": false, "text": .text(language.text(what))]
        }
    }

    private var source: [TemplateValue] {
        view.rows.map { row in
            switch row {
            case .gap(let count):
                [
                    "isLine": false,
                    "text": .text(
                        language.text(
                            count == 1 ? "… 1 line without evidence …" : "… \(count) lines without evidence …")),
                ]
            case .rest(let bytes):
                ["isLine": false, "text": .text(language.text("… \(bytes) more bytes are not shown …"))]
            case .line(let number, let pieces):
                ["isLine": true, "number": "\(number)", "pieces": .list(pieces.map(piece))]
            }
        }
    }

    private func piece(_ piece: SourceView.Piece) -> TemplateValue {
        guard let first = piece.marks.first else { return ["isMarked": false, "text": .text(piece.text)] }
        let entries = piece.marks.map { report.entries[view.marks[$0].entry] }
        let words = piece.marks.prefix(3).map { mark in
            "\(report.entries[view.marks[mark].entry].about.id): \(view.marks[mark].label)".printable
        }
        return [
            "isMarked": true, "text": .text(piece.text), "finding": "\(view.marks[first].entry)",
            "severity": .text((entries.map(\.about.severity).max() ?? .note).rawValue),
            "title": .text(words.joined(separator: "; ")),
        ]
    }

    private var unchecked: [TemplateValue] {
        report.unchecked.map {
            [
                "what": .text(language.text($0.what).printable),
                "why": .text(
                    ($0.isInconclusive ? language.text("could not check") + ": " : "") + language.text($0.why).printable
                ),
            ]
        }
    }
}
