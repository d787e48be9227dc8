import HTTPTypes
import HummingbirdCore
import Inspection
import Mail
import Rendering

/// The interface for programs: a message in, a report out.
extension Site {
    func inspect(_ request: Request) async throws(Refusal) -> Answer {
        let type = request.headers[.contentType].map { $0.prefix { $0 != ";" }.filter { $0 != " " }.lowercased() }
        // A type that no form can send: a browser asks before it sends this to another origin, and is not allowed to.
        guard type == "message/rfc822" else {
            throw Refusal(.unsupportedMediaType, "The message is sent as it is, with Content-Type: message/rfc822.")
        }
        guard let (format, media) = Self.format(request.headers[values: .accept].joined(separator: ",")) else {
            throw Refusal(
                .notAcceptable,
                "There are \(Self.formats.map(\.media).joined(separator: ", ")); Accept names none of them.")
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

    private static let formats: [(format: Format, media: String)] = [
        (.json, "application/json"), (.html, "text/html"), (.markdown, "text/markdown"), (.plain, "text/plain"),
    ]

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
        var work = Work(bytes: [], examination: examination())
        var hosts = TrustedHosts()
        var protected: [Domain] = []
        for (name, value) in query {
            let text = String(value)
            switch name {
            case "dns": if try Self.isOn(name, text) { work.asksDNS = true }
            case "dnsbl":
                guard try Self.isOn(name, text) else { continue }
                work.asksDNS = true
                work.examination.blocklists = Blocklist.standard
            case "trust": try Self.items(text, "host or network") { hosts.add($0) }
            case "protect":
                try Self.items(text, "domain") { text in
                    protected.append(Domain(text))
                    return Domain(text).isHostName
                }
            case "ignore":
                let known = Set(allChecks.map(\.about.id))
                var ignored = work.examination.ignored
                try Self.items(text, "check") { id in
                    ignored.insert(id)
                    return known.contains(id)
                }
                work.examination.ignored = ignored
            case "lang":
                guard Language(rawValue: text) != nil else { throw Refusal(.badRequest, "lang is en or ru.") }
            default:
                throw Refusal(.badRequest, "There is no parameter “\(String(name).printableLine.cut(to: 60))”.")
            }
        }
        work.examination.trusted = hosts
        work.examination.protected = protected
        return work
    }

    private static func isOn(_ name: Substring, _ value: String) throws(Refusal) -> Bool {
        switch value {
        case "1", "true": true
        case "0", "false": false
        default: throw Refusal(.badRequest, "\(name) is 1 or 0.")
        }
    }
}
