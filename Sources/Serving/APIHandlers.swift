import HTTPTypes
import HummingbirdCore
import Checks
import Delivery
import Inspection
import Mail
import Phrases
import Rendering

/// The interface for programs: a message in, a report out.
extension Handlers {
    func inspect(_ request: Request) async throws(Refusal) -> Answer {
        let type = request.headers[.contentType].map { $0.prefix { $0 != ";" }.filter { $0 != " " }.lowercased() }
        // A type that no form can send: a browser asks before it sends this to another origin, and is not allowed to.
        guard type == "message/rfc822" else {
            throw Refusal(.unsupportedMediaType, "The message is sent as it is, with Content-Type: message/rfc822.")
        }
        guard let (format, media) = Self.format(request.headers[values: .accept].joined(separator: ",")) else {
            throw Refusal(
                .notAcceptable,
                "There are \(list: Self.formats.map { Phrase(Words($0.media)) }); Accept names none of them.")
        }
        var work = try work(request.uri.queryParameters)
        work.bytes = try await body(request)
        guard work.bytes.count <= options.maximumUpload else { throw tooLong }
        var appearance = Appearance()
        appearance.templates = options.templates
        appearance.language = language(request, request.uri.queryParameters["lang"].map(String.init))
        let shown = appearance
        var answer = Answer(
            .ok, media == "application/json" ? media : "\(media); charset=utf-8",
            try await report(work) { $0.written(as: format, shown) })
        answer.size = work.bytes.count
        return answer
    }

    /// JSON first: it is given where everything is accepted. Plain text last: who accepts any text has a use for pages.
    private static let formats = ([.json] + Format.allCases.filter { $0 != .json && $0 != .plain } + [.plain])
        .compactMap { format in
            format.mediaType.map { (format: format, media: $0) }
        }

    /// The best of what is accepted; the first of ours where everything is. RFC 9110 §12.5.1
    static func format(_ accept: String) -> (format: Format, media: String)? {
        guard !accept.isEmpty else { return formats.first }
        var best: (rank: Double, entry: (format: Format, media: String))?
        for range in accept.split(separator: ",").prefix(50) {
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let media = parts.first else { continue }
            let weight = parts.first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            let fitting = formats.first {
                media == "*/*" || media == $0.media || media == $0.media.prefix { $0 != "/" } + "/*"
            }
            if let fitting, weight > 0, weight > best?.rank ?? 0 { best = (weight, fitting) }
        }
        return best?.entry
    }

    /// The query's options; a name that there is not is refused, so that nobody relies on it.
    private func work(_ query: FlatDictionary<Substring, Substring>) throws(Refusal) -> Work {
        var work = Work(bytes: [], inspectionOptions: inspectionOptions())
        for (name, value) in query {
            let text = String(value)
            switch name {
            case "dns": if try Self.isOn(name, text) { work.asksDNS = true }
            case "dnsbl":
                guard try Self.isOn(name, text) else { continue }
                work.asksDNS = true
                work.inspectionOptions.blocklists = Blocklist.standard
            case "trust": try Self.reading { () throws(BadItem) in try work.inspectionOptions.trust(text) }
            case "protect": try Self.reading { () throws(BadItem) in try work.inspectionOptions.protect(text) }
            case "ignore": try Self.reading { () throws(BadItem) in try work.inspectionOptions.ignore(text) }
            case "lang":
                guard Language.of(id: text) != nil else {
                    throw Refusal(.badRequest, "lang is one of \(list: Language.all.map { Phrase(Words($0.id)) }).")
                }
            default:
                throw Refusal(.badRequest, "There is no parameter “\(words: String(name), limit: 60)”.")
            }
        }
        return work
    }

    private static func isOn(_ name: Substring, _ value: String) throws(Refusal) -> Bool {
        switch value {
        case "1", "true": true
        case "0", "false": false
        default: throw Refusal(.badRequest, "\(words: String(name)) is 1 or 0.")
        }
    }
}
