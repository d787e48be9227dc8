import Checks
import DNS
import Delivery
import HTTPTypes
import HummingbirdCore
import Inspection
import Mail
import Phrases
import Rendering

/// The page and its form.
extension Handlers {
    func page(_ request: Request, token: String) -> Answer {
        answer(makePage(language(request, request.uri.queryParameters["lang"].map(String.init)), token))
    }

    private func makePage(_ language: Language, _ token: String) -> Page {
        Page(options.templates, in: language, token: token, samples: Sample.all.map { ($0.id, $0.title) })
    }

    private func answer(_ page: Page, _ status: HTTPResponse.Status = .ok) -> Answer {
        var answer = Answer(status, "text/html; charset=utf-8", page.written())
        answer.isPage = true
        return answer
    }

    /// The language that is asked for, else the first of the browser's that there are texts in. RFC 9110 §12.5.4
    func language(_ request: Request, _ asked: String?) -> Language {
        if let asked, let language = Language.of(id: asked) { return language }
        for range in (request.headers[.acceptLanguage] ?? "").split(separator: ",").prefix(20) {
            let tag = range.prefix { $0 != ";" && $0 != "-" }.filter { $0 != " " }.lowercased()
            if let language = Language.of(id: tag) { return language }
        }
        return options.language
    }

    func inspectForm(_ request: Request, _ requestGuard: RequestGuard) async throws(Refusal) -> Answer {
        guard let type = request.headers[.contentType], type.lowercased().hasPrefix("multipart/form-data") else {
            throw Refusal(.unsupportedMediaType, "The form is sent as multipart/form-data.")
        }
        let body = try await body(request)
        guard let form = Form(body, type: type) else { throw Refusal(.badRequest, "The form is damaged.") }
        guard requestGuard.isToken(form["token"]) else {
            throw Refusal(.forbidden, "The page is from an earlier start of the program: load it again.")
        }
        var page = makePage(language(request, form["lang"]), requestGuard.token)
        let output = form["output"] ?? "page"
        do throws(Refusal) {
            let (work, notice) = try work(form, &page)
            var answer = try await answer(work, output, notice, &page)
            answer.size = work.bytes.count
            return answer
        } catch {
            // Who reads the page gets it back with what was wrong; the script shows the sentence by itself.
            guard output == "page" else { return Answer(error.response(in: page.language)) }
            page.notice = error.sentence
            return answer(page, error.status)
        }
    }

    /// What the form asks for, and what the user should know of how it was read.
    private func work(_ form: Form, _ page: inout Page) throws(Refusal) -> (work: Work, notice: Phrase) {
        page.options.trust = form["trust"] ?? ""
        page.options.protect = form["protect"] ?? ""
        page.options.asksDNS = form.has("dns")
        page.options.asksBlocklists = form.has("dnsbl")
        var work = Work(
            bytes: [], asksDNS: page.options.asksDNS || page.options.asksBlocklists,
            inspectionOptions: inspectionOptions())
        try Self.reading { () throws(BadItem) in
            try work.inspectionOptions.trust(page.options.trust)
            try work.inspectionOptions.protect(page.options.protect)
        }
        if page.options.asksBlocklists { work.inspectionOptions.blocklists = Blocklist.standard }
        var notice: Phrase = ""
        if let sample = form["sample"].flatMap({ id in Sample.all.first { $0.id == id } }) {
            work.bytes = sample.message
            guard let zone = try? Zone(sample.zone) else {
                throw Refusal(.internalServerError, "The sample is damaged.")
            }
            work.zone = zone
            if let time = zone.time { work.inspectionOptions.now = time }
            page.text = String(decoding: sample.message, as: UTF8.self)
            notice = "A made-up message with recorded answers of DNS."
        } else if let file = form.fields.first(where: { $0.name == "file" && !$0.value.isEmpty }) {
            work.bytes = Array(file.value)
        } else if let text = form.fields.first(where: { $0.name == "message" }) {
            work.bytes = Array(text.value)
            work.isPasted = true
            page.text = String(decoding: text.value, as: UTF8.self)
        }
        guard work.bytes.contains(where: { $0 > 0x20 }) else {
            throw Refusal(.badRequest, "Paste the source of a message, or choose a file.")
        }
        guard work.bytes.count <= options.maximumUpload else { throw tooLong }
        if let (first, others) = MailboxFile.first(in: work.bytes) {
            work.bytes = first
            notice = "This is a mailbox; the report is about the first of its \(others + 1) messages."
        }
        return (work, notice)
    }

    private func answer(_ work: Work, _ output: String, _ notice: Phrase, _ page: inout Page) async throws(Refusal)
        -> Answer
    {
        page.notice = notice
        var appearance = Appearance()
        appearance.templates = options.templates
        appearance.language = page.language
        let shown = appearance
        switch output {
        case "html":
            return Answer(.ok, "text/html; charset=utf-8", try await report(work) { $0.written(as: .html, shown) })
                .saved(as: "report.html")
        case "json":
            return Answer(.ok, "application/json", try await report(work) { $0.written(as: .json, shown) })
                .saved(as: "report.json")
        case "redacted":
            return Answer(.ok, "message/rfc822", bytes: try await redacted(work)).saved(as: "redacted.eml")
        case "both":
            page.names = work.zone == nil ? try await names(work) : []
            let unfinished = page
            return Answer(
                .ok, "application/json",
                try await report(work) { report in
                    var page = unfinished
                    page.report = report
                    return page.bundle(shown)
                })
        default:
            page.names = work.zone == nil ? try await names(work) : []
            page.report = try await report(work) { $0 }
            return answer(page)
        }
    }
}

extension Answer {
    /// The browser saves it instead of showing it. RFC 6266
    func saved(as name: String) -> Answer {
        var copy = self
        copy.response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        return copy
    }
}
