import Crypto
import DNS
import Content
import Checks
import Delivery
import Inspection
import Mail
import Phrases
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
        view = SourceView(report, lines, in: appearance.language)
    }

    /// A page of its own.
    func render() -> String {
        let style = appearance.templates[.style]
        let page: TemplateValue = [
            "style": .text(style), "styleHash": .text(Self.hash(style)), "version": .text(Tool.version),
            "language": .text(appearance.language.id),
            "title": .text(appearance.inputName.map { "\(rows.line($0, 120))" } ?? text("message")),
            "now": inWords("\(report.inspection.now)"), "verdict": verdict, "body": .text(body()),
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
                        "label": .text(row.label), "value": inWords(row.value), "remark": inWords(row.remark),
                        "line": line(row.range),
                    ]
                }),
            "route": route, "claims": claims, "blocklists": blocklists, "contents": contents,
            "findings": .list(findings),
            "omitted": .list(report.omitted.map { inWords("… and \($0.count) more of \(term: $0.id)") }),
            "hasFindings": .flag(!report.entries.isEmpty), "source": .list(source), "unchecked": .list(unchecked),
            "budget": inWords(rows.budget), "hasQuestions": .flag(!rows.questions.isEmpty),
            "questions": .list(
                rows.questions.map { ["question": .words($0.question), "outcome": inWords($0.outcome)] }),
        ]
    }

    private var language: Language { appearance.language }
    private func text(_ phrase: Phrase) -> String { language.text(phrase) }
    /// A phrase in the reader's language.
    private func inWords(_ phrase: Phrase) -> TemplateValue { .text(text(phrase)) }
    /// The same, or nothing.
    private func inWords(_ phrase: Phrase?) -> TemplateValue { .optional(phrase.map(text) ?? "") }

    private var verdict: TemplateValue {
        let verdict = report.verdict
        return [
            "id": .text(verdict.kind.rawValue),
            "word": inWords(verdict.kind.phrase),
            "sentence": inWords(verdict.sentence), "hasReasons": .flag(!verdict.reasons.isEmpty),
            "reasons": .list(
                verdict.reasons.map { ["message": inWords($0.finding.sentence), "finding": "\($0.number)"] }),
            "advice": .list(verdict.advice.map { inWords($0) }), "subject": inWords(rows.subjectLine),
            "others": .list(
                rows.others.map { other in
                    [
                        "title": inWords(other.title),
                        "word": inWords(other.kind.phrase),
                        "sentence": inWords(other.sentence),
                        "warnings": .list(
                            other.warnings.map { inWords("\($0.severity.phrase): \($0.message)") }),
                    ]
                }),
        ]
    }

    /// For the content security policy: only this style sheet, or script, applies.
    static func hash(_ style: String) -> String {
        String(decoding: Base64.encoded(Array(SHA256.hash(data: Array(style.utf8)))[...]), as: UTF8.self)
    }

    private func line(_ range: ByteRange?) -> TemplateValue {
        .optional(range.map { lines.position(of: report.inspection.message.source.inputRange(of: $0).lowerBound).line })
    }

    private var route: TemplateValue {
        let inspection = report.inspection
        let all = rows.hops(all: appearance.showsAllHops)
        let boundary = all.firstIndex(where: \.isOurs) ?? all.count
        func value(_ row: HopRow) -> TemplateValue {
            [
                "number": .text(row.number), "remark": .optional(text(row.remark)), "from": inWords(row.from),
                "by": inWords(row.by), "time": inWords(row.time), "delay": inWords(row.delay),
                "with": inWords(row.transmission), "reverse": .optional(text(row.reverse)),
                "slowest": .flag(row.isSlowest), "handOver": .flag(row.isHandOver), "line": line(row.range),
            ]
        }
        let more = inspection.trace.hops.count - Rows.maximum
        return [
            "summary": inWords(rows.routeSummary), "hasHops": .flag(inspection.isSent && !all.isEmpty),
            "claimed": .list(all[..<boundary].map(value)), "hasClaimed": .flag(boundary > 0),
            "trustLine": inWords(rows.trustLine), "observed": .list(all[boundary...].map(value)),
            "more": inWords(more > 0 ? "… and \(more) more {1:hop|hops}" : nil),
            "timeline": timeline(all, boundary),
            "notes": .list(rows.routeNotes.map { inWords($0) }), "hasNotes": .flag(!rows.routeNotes.isEmpty),
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
                "delayX": "\(296 + width)", "name": .text(Layout.cut("\(row.number)  \(text(row.by))", to: 36)),
                // There is no room for what the stamps say of it; the table has it.
                "delay": inWords(row.shortDelay),
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
                "method": .words(row.method), "result": inWords(row.result), "detail": inWords(row.detail),
                "line": row.range.map { line($0) } ?? .flag(false),
            ]
        }
        let claims = rows.claims
        return [
            "isSent": true, "any": .flag(!claims.isEmpty),
            "isVerified": .flag(found != nil), "verified": .list(verified), "basis": inWords(rows.basis),
            "sentence": inWords(rows.authenticationSentence ?? ""),
            "hasSentence": .flag(rows.authenticationSentence != nil),
            "writers": .list(
                claims.map { group in
                    [
                        "writer": inWords(group.writer),
                        "rows": .list(
                            group.rows.map { row in
                                [
                                    "method": .words(row.method), "result": .words(row.result),
                                    "detail": inWords(row.detail), "difference": inWords(row.difference ?? ""),
                                    "line": line(row.range),
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
                        "subject": .words(row.subject), "result": inWords(row.result), "detail": inWords(row.detail),
                        "line": row.range.map { line($0) } ?? .flag(false),
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
                    [
                        "text": inWords($0.text),
                        "indent": .text(String(repeating: "\u{2003}", count: min($0.depth, 12))),
                    ]
                }),
            "moreParts": inWords(more > 0 ? "… and \(more) more {1:part|parts}" : nil),
            "hasBeginning": .flag(!rows.beginning.isEmpty),
            "beginning": .list(rows.beginning.map { .words($0) }), "hasLinks": .flag(!links.isEmpty),
            "links": .list(
                links.map { link in
                    [
                        "shown": inWords(link.shown), "target": inWords(link.target),
                        "count": "\(link.count)",
                    ]
                }),
            "hasLoads": .flag(!rows.loads.isEmpty),
            "loads": .list(rows.loads.map { ["host": .words($0.host), "count": "\($0.count)"] }),
            "hasInputs": .flag(rows.inputs != nil), "inputs": inWords(rows.inputs),
            "calendars": .list(rows.calendars.map { inWords($0) }),
            "hasFiles": .flag(!files.isEmpty),
            "files": .list(
                files.map {
                    [
                        "name": inWords($0.name), "type": inWords($0.type), "size": inWords($0.size),
                        "details": .list($0.details.map { inWords($0) }), "md5": .text($0.digests.md5),
                        "sha1": .text($0.digests.sha1), "sha256": .text($0.digests.sha256),
                    ]
                }),
        ]
    }

    private var findings: [TemplateValue] {
        report.entries.enumerated().map { index, entry in
            let about = entry.about
            let shown = entry.finding.evidence.prefix(10)
            let more = shown.isEmpty ? 0 : entry.finding.count - shown.count
            return [
                "index": "\(index)", "id": .text(about.id), "severity": .text(about.severity.rawValue),
                "word": inWords(about.severity.phrase),
                "message": inWords(entry.finding.sentence), "why": .text(language.why(about)),
                "remedy": .text(language.remedy(about)),
                "isOpen": .flag(about.severity > .note),
                "references": .list(about.references.map { ["title": .text($0.title), "url": .text($0.url)] }),
                "more": inWords(more > 0 ? "… and \(more) more {1:place|places}" : nil),
                "evidence": .list(shown.map(evidence)),
            ]
        }
    }

    private func evidence(_ evidence: Evidence) -> TemplateValue {
        switch evidence {
        case .bytes(let range, let label):
            let source = report.inspection.message.source
            let excerpt = Excerpt(source.inputRange(of: range), in: source, lines, columns: 100)
            return [
                "isBytes": true, "line": "\(excerpt.line)", "column": "\(excerpt.column)",
                "before": .text(excerpt.before),
                "marked": .text(excerpt.marked), "after": .text(excerpt.after),
                "label": inWords(label),
            ]
        case .answer(let answer, let label):
            return [
                "isBytes": false,
                "text": inWords("\(label): \(words: answer.question.description) \(Rows.words(answer))"),
            ]
        case .absence(let what): return ["isBytes": false, "text": inWords(what)]
        }
    }

    private var source: [TemplateValue] {
        view.rows.map { row in
            switch row {
            case .gap(let count):
                [
                    "isLine": false,
                    "text": inWords("… \(count) {1:line|lines} without evidence …"),
                ]
            case .rest(let bytes):
                ["isLine": false, "text": inWords("… \(bytes) more {1:byte is|bytes are} not shown …")]
            case .line(let number, let pieces):
                ["isLine": true, "number": "\(number)", "pieces": .list(pieces.map(piece))]
            }
        }
    }

    private func piece(_ piece: SourceView.Piece) -> TemplateValue {
        guard let first = piece.marks.first else { return ["isMarked": false, "text": .text(piece.text)] }
        let entries = piece.marks.map { report.entries[view.marks[$0].entry] }
        let words = piece.marks.prefix(3).map { mark in
            "\(report.entries[view.marks[mark].entry].about.id): \(text(view.marks[mark].label))"
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
                "what": inWords($0.what),
                "why": inWords($0.isInconclusive ? "could not check: \($0.why)" : $0.why),
            ]
        }
    }
}
