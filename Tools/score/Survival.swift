import Foundation
import Mail
import Phrases

/// Every message gives a report in all three formats: no trap, no hang, well-formed, within its size, its ranges in
/// the input; and fields, body and repairs are the input, byte for byte.
struct Survival: Suite {
    let name = "survival"
    let isOverAll = true

    func takes(_ folder: String) -> Bool {
        ["phish-pot", "spam-", "mime-", "sa-corpus", "dsn-", "ar-chatmail", "attack-"].contains { folder.hasPrefix($0) }
    }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        defer { Corpus.cleanUp() }
        let files = try folders.flatMap { try Corpus.messages($0) }
        var result = SuiteResult()
        result.total = files.count
        var start = 0
        while start < files.count {
            let batch = Array(files[start..<min(start + 100, files.count)])
            start += batch.count
            var problems = check(batch, options)
            // One that brings the program down takes its batch with it: then each is run alone.
            if problems == nil { problems = batch.map { check([$0], options)?.first ?? "the program crashed or hung" } }
            for (file, problem) in zip(batch, problems ?? []) {
                if let problem { result.disagreements.append("\(file): \(problem)") } else { result.passed += 1 }
            }
        }
        return result
    }

    /// What is wrong with each file's reports; `nil` when the program did not come to its end.
    private func check(_ files: [String], _ options: Options) -> [String?]? {
        var problems = [String?](repeating: nil, count: files.count)
        let fixed = ["inspect", "--offline", "--now", "2026-11-20T09:00:00Z"]
        // Two names make it a run over several, one JSON report a line.
        let several = files + (files.count == 1 ? files : [])

        let json = Run(options.binary, fixed + ["--format", "json"] + several)
        guard !json.crashed, json.status == 0 else { return nil }
        let lines = json.output.split(separator: UInt8(ascii: "\n"))
        guard lines.count == several.count else { return nil }
        let validated = Run(
            "/usr/bin/env",
            [
                "/usr/bin/python3", options.root + "/scripts/validate-reports",
                options.root + "/docs/report-1.schema.json",
            ],
            input: json.output)
        guard validated.status == 0 else { return files.map { _ in "the reports could not be validated" } }
        for line in String(decoding: validated.output, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1)
            if let index = parts.first.flatMap({ Int($0) }), index < files.count {
                problems[index] = String(parts.last ?? "")
            }
        }

        let plain = Run(options.binary, fixed + ["--format", "plain"] + several)
        guard !plain.crashed, plain.status == 0 else { return nil }
        if let problem = Self.problem(plain.output, allowsTab: false) {
            problems[0] = problems[0] ?? "plain: \(problem)"
        }

        let folder = NSTemporaryDirectory() + "backstamp-html-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let html = Run(options.binary, fixed + ["--format", "html", "-o", folder] + several)
        guard !html.crashed, html.status == 0 else { return nil }
        let pages = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var bySequence: [Int: String] = [:]
        for page in pages { if let number = Int(page.prefix { $0.isNumber }) { bySequence[number] = page } }

        for (index, file) in files.enumerated() {
            guard problems[index] == nil else { continue }
            guard let given = FileManager.default.contents(atPath: file) else { return nil }
            let message = Message(Source([UInt8](given)))
            if let problem = Self.roundTrip(message) { problems[index] = problem }
            let limit = (2 << 20) + 2 * message.header.count
            if lines[index].count > limit { problems[index] = "the JSON report has \(lines[index].count) bytes" }
            guard let page = bySequence[index + 1],
                let bytes = FileManager.default.contents(atPath: folder + "/" + page)
            else {
                problems[index] = "no HTML report"
                continue
            }
            if let problem = Self.problem(bytes, allowsTab: true) { problems[index] = "html: \(problem)" }
            if bytes.count > limit { problems[index] = "the HTML report has \(bytes.count) bytes" }
        }
        return problems
    }

    private static func problem(_ output: Data, allowsTab: Bool) -> String? {
        guard let text = String(validating: output, as: UTF8.self) else { return "not UTF-8" }
        for scalar in text.unicodeScalars where scalar.steers {
            if scalar == "\n" || (allowsTab && scalar == "\t") { continue }
            return "holds U+\(String(scalar.value, radix: 16))"
        }
        return nil
    }

    /// Fields, what lies between them, the separator and the body are the bytes read; with each repair undone they are
    /// the input.
    static func roundTrip(_ message: Message) -> String? {
        let source = message.source
        var read: [UInt8] = []
        var position = 0
        for field in message.fields {
            guard field.range.lowerBound >= position, field.name.upperBound < field.value.lowerBound,
                field.value.upperBound <= field.range.upperBound
            else { return "a field is out of place" }
            read += source.bytes[position..<field.range.upperBound]
            position = field.range.upperBound
        }
        guard position <= message.header.upperBound, message.header.upperBound == message.body.lowerBound,
            message.body.upperBound == source.bytes.count
        else { return "header and body do not meet" }
        read += source.bytes[position..<message.header.upperBound] + source.bytes[message.body]
        var given: [UInt8] = []
        position = 0
        for repair in source.repairs {
            guard repair.read.lowerBound >= position, repair.read.upperBound <= read.count else {
                return "a repair is out of place"
            }
            given += read[position..<repair.read.lowerBound] + source.given[repair.given]
            position = repair.read.upperBound
        }
        given += read[position...]
        guard given == source.given else { return "fields, body and repairs are not the input" }
        return message.parts.lazy.compactMap { tiling($0, message) }.first
    }

    /// Header, preamble, delimiters, parts and epilogue lie one after the other, with nothing between them.
    private static func tiling(_ part: Part, _ message: Message) -> String? {
        guard part.header.upperBound == part.body.lowerBound else { return "part \(part.index) has a gap" }
        var pieces = part.delimiters + [part.preamble, part.epilogue].compactMap { $0 }
        for index in part.children {
            let child = message.parts[index]
            // A message that stands encoded has a source of its own.
            if child.source !== part.source { return nil }
            pieces.append(child.header.lowerBound..<child.body.upperBound)
        }
        guard !pieces.isEmpty else { return nil }
        var position = part.body.lowerBound
        for piece in pieces.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            guard piece.lowerBound == position else {
                return "part \(part.index): \(position) to \(piece.lowerBound) belongs to nothing"
            }
            position = piece.upperBound
        }
        return position == part.body.upperBound ? nil : "part \(part.index): nothing has its end"
    }
}
