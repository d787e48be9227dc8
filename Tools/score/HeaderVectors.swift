import Foundation
import Mail
import Phrases

/// Thunderbird's own tests of its header parser: parameters, addresses, dates, encoded words.
struct HeaderVectors: Suite {
    let name = "hdr-jsmime"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("hdr-jsmime") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            guard let data = FileManager.default.contents(atPath: folder + "/vectors.json"),
                let vectors = try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
            else { continue }
            for vector in vectors {
                guard let function = vector["fn"] as? String, let arguments = vector["args"] as? [Any] else { continue }
                guard let (found, wanted) = Self.compare(function, arguments, vector["expected"] ?? NSNull()) else {
                    continue
                }
                result.total += 1
                if found == wanted {
                    result.passed += 1
                } else {
                    result.disagreements.append(
                        "\(function) \("\(arguments)".printable): \(found.printable), not \(wanted.printable)")
                }
            }
        }
        return result
    }

    /// What we read and what is wanted, both as text; `nil` for what is no reading of a field.
    private static func compare(_ function: String, _ arguments: [Any], _ expected: Any) -> (String, String)? {
        switch function.split(separator: ".").last {
        case "parseParameterHeader":
            guard let text = arguments.first as? String, let wanted = expected as? [String: Any] else { return nil }
            return (parameters(text), sorted(wanted["params"]))
        case "parseStructuredHeader":
            guard arguments.count > 1, let name = arguments[0] as? String, let text = arguments[1] as? String else {
                return nil
            }
            return structured(name, text, expected)
        case "parseAddressingHeader":
            guard let text = arguments.first as? String, let wanted = expected as? [[String: Any]] else { return nil }
            return (
                addresses(text, isDecoded: arguments.count > 1 && arguments[1] as? Bool == true),
                wanted.flatMap(boxes).joined(separator: "; ")
            )
        case "decodeRFC2047Words":
            guard let text = arguments.first as? String, let wanted = expected as? String else { return nil }
            let source = Source(exactly: Array(text.utf8))
            return (
                (try? source.read(UnstructuredText.self, in: 0..<source.bytes.count).get())?.text.value ?? "", wanted
            )
        case "parseDateHeader":
            guard let text = arguments.first as? String, let wanted = expected as? String else { return nil }
            return (
                date(text),
                wanted == "Invalid Date" ? "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)" : wanted
            )
        default: return nil
        }
    }

    private static func sorted(_ value: Any?) -> String {
        guard let parameters = value as? [String: Any] else { return "" }
        return parameters.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
    }

    private static func type(_ text: String) -> ContentType? {
        let source = Source(exactly: Array(text.utf8))
        return try? source.read(ContentType.self, in: 0..<source.bytes.count).get()
    }

    /// Parameters stand after a disposition as they do after a media type.
    private static func parameters(_ text: String) -> String {
        let source = Source(exactly: Array(text.utf8))
        guard let field = try? source.read(ContentDisposition.self, in: 0..<source.bytes.count).get() else { return "" }
        return Set(field.parameters.all.map(\.name)).sorted().map { "\($0)=\(field.parameters[$0]?.value ?? "")" }
            .joined(separator: "; ")
    }

    private static func structured(_ name: String, _ text: String, _ expected: Any) -> (String, String)? {
        switch name.lowercased() {
        case "content-type":
            guard let wanted = expected as? [String: Any] else { return nil }
            // What cannot be read is plain text. RFC 2045 §5.2
            let found = type(text).map { "\($0.mediaType) \(parameters(text))" } ?? "text/plain "
            return (found, "\(wanted["type"] ?? "") \(sorted(wanted["params"]))")
        case "from", "to", "cc", "bcc", "sender", "reply-to":
            guard let wanted = expected as? [[String: Any]] else { return nil }
            return (addresses(text, isDecoded: true), wanted.flatMap(boxes).joined(separator: "; "))
        case "subject", "comments":
            guard let wanted = expected as? String else { return nil }
            let source = Source(exactly: Array(text.utf8))
            return (
                (try? source.read(UnstructuredText.self, in: 0..<source.bytes.count).get())?.text.value ?? "", wanted
            )
        default: return nil
        }
    }

    private static func addresses(_ text: String, isDecoded: Bool) -> String {
        let source = Source(exactly: Array(text.utf8))
        guard let list = try? source.read(AddressList.self, in: 0..<source.bytes.count).get() else { return "" }
        return list.mailboxes.map { mailbox in
            let box = mailbox.value
            // Without an "@" and without brackets jsmime has a name only.
            let start = box.address.lowerBound
            let isAngle = source.bytes[min(mailbox.range.lowerBound, start)..<start].contains(UInt8(ascii: "<"))
            if box.domain == nil, !isAngle, !mailbox.range.isEmpty {
                return "\(name(box, source, isDecoded: isDecoded, addressIsName: true)) <>"
            }
            return "\(name(box, source, isDecoded: isDecoded, isAngle: isAngle)) <\(folded(box.spec))>"
        }.joined(separator: "; ")
    }

    /// jsmime's name has the comments in it, in their places; and undecoded when that is wanted.
    private static func name(
        _ box: Mailbox, _ source: Source, isDecoded: Bool, isAngle: Bool = false, addressIsName: Bool = false
    ) -> String {
        func shown(_ text: Located<String>) -> String {
            let raw = String(decoding: source.bytes[text.range], as: UTF8.self)
            return !isDecoded && raw.contains("=?") ? raw : text.value
        }
        if addressIsName { return shown(box.localPart) }
        // A comment after an address without brackets is the name of old mail.
        if !isAngle { return box.displayName.map(shown) ?? "" }
        var pieces = box.comments.map { (offset: $0.range.lowerBound, text: "(\(shown($0)))") }
        if let name = box.displayName, !box.comments.contains(where: { $0.range == name.range }) {
            pieces.append((name.range.lowerBound, shown(name)))
        }
        return pieces.sorted { $0.offset < $1.offset }.map(\.text).joined(separator: " ")
    }

    private static func boxes(_ entry: [String: Any]) -> [String] {
        if let group = entry["group"] as? [[String: Any]] { return group.flatMap(boxes) }
        return ["\(entry["name"] ?? "") <\(folded(entry["email"] as? String ?? ""))>"]
    }

    /// Domains compare without regard to case, local parts without quotes that they do not need.
    private static func folded(_ address: String) -> String {
        guard let at = address.lastIndex(of: "@") else { return address }
        var local = address[..<at]
        let inner = local.dropFirst().dropLast()
        if local.hasPrefix("\""), local.hasSuffix("\""), !inner.isEmpty,
            inner.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"()<>[]:;@\\,\"".utf8.contains($0) })
        {
            local = inner
        }
        return local + address[at...].lowercased()
    }

    private static func date(_ text: String) -> String {
        let source = Source(exactly: Array(text.utf8))
        let date = (try? source.read(DateTime.self, in: 0..<source.bytes.count).get()) ?? DateTime(seconds: 0)
        let day = CivilDate(secondsSince1970: date.seconds)
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let weekday = days[((day.daysSince1970 % 7) + 7) % 7]
        let clock = date.description.dropFirst(11).prefix(8)
        return
            "\(weekday) \(months[day.month - 1]) \(day.day < 10 ? "0" : "")\(day.day) \(day.year) \(clock) GMT+0000 (Coordinated Universal Time)"
    }
}
