package import Mail
import Phrases

/// Recorded DNS: readable and writable by hand, in the manner of a zone file. RFC 1035 §5.1
///
/// ```
/// $TIME 2026-11-20T09:00:00Z                    ; when it was recorded
/// example.com.         300 IN MX  10 mx.example.com.   ; secure
/// _dmarc.example.com.      IN TXT NXDOMAIN             ; or NODATA, SERVFAIL, TIMEOUT, BOGUS
/// ```
package struct Zone: Sendable {
    /// When the answers were had; stands for the present when they are replayed.
    package var time: DateTime?
    /// Why no question could be asked at all, if that is what was recorded.
    package var unavailable: String?
    /// Each question's answer, in the order recorded.
    package private(set) var entries: [(question: Question, result: Result<Answer, ResolutionFailure>)] = []
    private var indices: [Question: Int] = [:]
    private var missingNames: Set<Domain> = []

    /// A line that is not of the format, and why.
    package struct BadLine: Error, Sendable {
        package let line: Int
        package let reason: String
    }

    /// One field of a line, with its quotes taken off.
    struct Field {
        var bytes: [UInt8]
        var isQuoted: Bool
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    package init() {}

    /// A recording of what was asked, which gives the same answers again.
    package init(at time: DateTime, _ transcript: [(question: Question, result: Result<Answer, ResolutionFailure>)]) {
        self.time = time
        for (question, result) in transcript {
            if case .failure(.unavailable(let reason)) = result { unavailable = reason.description }
            add(question, result)
        }
    }

    /// Reads a recording.
    package init(_ text: String) throws(BadLine) {
        for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            do throws(Problem) { try read(Array(line)) } catch {
                throw BadLine(line: index + 1, reason: error.reason)
            }
        }
    }

    private struct Problem: Error { let reason: String }

    package mutating func add(_ question: Question, _ result: Result<Answer, ResolutionFailure>) {
        if case .success(let answer) = result, answer.outcome == .noSuchName { missingNames.insert(question.name) }
        if let index = indices[question] {
            entries[index].result = result
        } else {
            indices[question] = entries.count
            entries.append((question, result))
        }
    }

    /// Adds everything that another recording holds.
    package mutating func add(_ other: Zone) {
        time = other.time ?? time
        unavailable = other.unavailable ?? unavailable
        for (question, result) in other.entries { add(question, result) }
    }

    /// The recorded result, or `nil` for a question that is not recorded.
    ///
    /// NXDOMAIN for one type holds for all types of the name (RFC 8020); a CNAME is followed.
    package subscript(question: Question) -> Result<Answer, ResolutionFailure>? {
        var question = question
        for _ in 0..<8 {
            if let index = indices[question] { return entries[index].result }
            if missingNames.contains(question.name) { return .success(Answer(question, .noSuchName)) }
            guard question.type != .cname, let index = indices[Question(question.name, .cname)],
                case .success(let alias) = entries[index].result, let target = alias.hosts.first
            else { return nil }
            question = Question(target, question.type)
        }
        return .failure(.serverFailed)
    }

    // MARK: Reading

    private mutating func read(_ line: [UInt8]) throws(Problem) {
        let (fields, comment) = try Self.fields(line)
        guard let first = fields.first else { return }
        if first.text.uppercased() == "$TIME" {
            guard fields.count == 2, let time = DateTime(rfc3339: fields[1].text) else {
                throw Problem(reason: "$TIME wants a moment such as 2026-11-20T09:00:00Z")
            }
            self.time = time
        } else if first.text.uppercased() == "$UNAVAILABLE" {
            unavailable = fields.dropFirst().map(\.text).joined(separator: " ")
        } else {
            try readRecord(fields, comment)
        }
    }

    // <domain-name> [<TTL>] [<class>] <type> <RDATA>
    private mutating func readRecord(_ fields: [Field], _ comment: String) throws(Problem) {
        var rest = fields.dropFirst()
        var timeToLive: Int?
        if let seconds = rest.first.flatMap({ Int($0.text) }), seconds >= 0 {
            timeToLive = seconds
            rest.removeFirst()
        }
        if rest.first?.text.uppercased() == "IN" { rest.removeFirst() }
        guard let name = fields.first,
            let type = rest.popFirst().flatMap({ RecordType(rawValue: $0.text.uppercased()) })
        else {
            throw Problem(reason: "a line is: name, seconds, IN, a type (A, AAAA, MX, PTR, TXT, CNAME), data")
        }
        let question = Question(Domain(name.text), type)
        let security = Answer.Security(rawValue: comment) ?? .unknown
        if rest.count == 1, let data = rest.first, !data.isQuoted,
            let result = Self.state(data.text, question, security)
        {
            return add(question, result)
        }
        guard let record = Record(Array(rest), type) else {
            throw Problem(reason: "this is no data of type \(type.rawValue)")
        }
        var records = [record]
        if let index = indices[question], case .success(let answer) = entries[index].result {
            records = answer.records + records
        }
        add(question, .success(Answer(question, .records(records), security: security, timeToLive: timeToLive)))
    }

    private static func state(_ word: String, _ question: Question, _ security: Answer.Security)
        -> Result<Answer, ResolutionFailure>?
    {
        switch word.uppercased() {
        case "NXDOMAIN": .success(Answer(question, .noSuchName, security: security))
        case "NODATA": .success(Answer(question, .noData, security: security))
        case "SERVFAIL": .failure(.serverFailed)
        case "TIMEOUT": .failure(.timedOut)
        case "BOGUS": .failure(.bogus)
        default: nil
        }
    }

    /// Splits a line at blanks outside quotes; `;` begins the comment.
    private static func fields(_ line: [UInt8]) throws(Problem) -> (fields: [Field], comment: String) {
        var fields: [Field] = []
        var current: Field?
        var isQuoted = false
        var position = 0
        while position < line.count {
            let byte = line[position]
            position += 1
            if byte == UInt8(ascii: "\\"), position < line.count {
                let digits = line[position...].prefix(3)
                if digits.count == 3, digits.allSatisfy(\.isDigit),
                    let value = UInt8(String(decoding: digits, as: UTF8.self))
                {
                    current = (current ?? Field(bytes: [], isQuoted: false))
                    current?.bytes.append(value)
                    position += 3
                } else {
                    current = (current ?? Field(bytes: [], isQuoted: false))
                    current?.bytes.append(line[position])
                    position += 1
                }
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
                if isQuoted { current = Field(bytes: [], isQuoted: true) }
                if !isQuoted, let field = current {
                    fields.append(field)
                    current = nil
                }
            } else if isQuoted || (byte > UInt8(ascii: " ") && byte != UInt8(ascii: ";")) {
                current = (current ?? Field(bytes: [], isQuoted: false))
                current?.bytes.append(byte)
            } else {
                if let field = current { fields.append(field) }
                current = nil
                if byte == UInt8(ascii: ";") {
                    let comment = String(decoding: line[position...], as: UTF8.self)
                    return (fields, String(comment.drop { $0 == " " }.prefix { $0.isLetter }))
                }
            }
        }
        if isQuoted { throw Problem(reason: "a quote is not closed") }
        if let field = current { fields.append(field) }
        return (fields, "")
    }
}

extension Zone: CustomStringConvertible {
    /// The recording as text, which reads back as the same recording.
    package var description: String {
        var lines: [String] = []
        if let time { lines.append("$TIME \(time)") }
        if let unavailable { lines.append("$UNAVAILABLE \(unavailable)") }
        for (question, result) in entries {
            let name = "\(question.name.name)."
            let type = question.type.rawValue
            switch result {
            case .success(let answer):
                let mark = answer.security == .unknown ? "" : "  ; \(answer.security.rawValue)"
                let time = answer.timeToLive.map { "\($0) " } ?? ""
                switch answer.outcome {
                case .records(let records): lines += records.map { "\(name) \(time)IN \(type) \($0)\(mark)" }
                case .noData: lines.append("\(name) IN \(type) NODATA\(mark)")
                case .noSuchName: lines.append("\(name) IN \(type) NXDOMAIN\(mark)")
                }
            case .failure(.timedOut): lines.append("\(name) IN \(type) TIMEOUT")
            case .failure(.serverFailed): lines.append("\(name) IN \(type) SERVFAIL")
            case .failure(.bogus): lines.append("\(name) IN \(type) BOGUS")
            case .failure: break
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Answers from a recording. About a question that is not in it, nothing is known.
package struct RecordedResolver: Resolver {
    package let zone: Zone

    package init(_ zone: Zone) { self.zone = zone }

    package func answer(_ question: Question) async throws(ResolutionFailure) -> Answer {
        if let result = zone[question] { return try result.get() }
        if let reason = zone.unavailable { throw .unavailable(Phrase(Words(reason))) }
        throw .notRecorded
    }
}
