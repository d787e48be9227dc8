import Foundation
import Mail

/// The DKIM Verifier's own tests of its message parser: From, Reply-To, List-Id, whole messages. Where it refuses, our strict
/// grammar does.
struct AddressVectors: Suite {
    let name = "hdr-lieser"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("hdr-lieser") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            guard let data = FileManager.default.contents(atPath: folder + "/msgparser_vectors.json"),
                let vectors = try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
            else { continue }
            for vector in vectors {
                guard let call = vector["call"] as? [String: Any], let function = call["fn"] as? String,
                    let arguments = call["args"] as? [Any], let text = arguments.first as? String,
                    let checks = vector["checks"] as? [[String: Any]]
                else { continue }
                result.total += 1
                let isInternational = arguments.count > 1 && arguments[1] as? Bool == true
                let problems = checks.compactMap { Self.problem(function, text, isInternational, $0) }
                if problems.isEmpty {
                    result.passed += 1
                } else {
                    result.disagreements.append(
                        "\(vector["suite"] ?? "") \(text.debugDescription.prefix(160)): \(problems[0])")
                }
            }
        }
        return result
    }

    private static func problem(
        _ function: String, _ text: String, _ isInternational: Bool, _ check: [String: Any]
    ) -> String? {
        let found: String?
        switch function.split(separator: ".").last {
        case "parseFromHeader": found = author(text, "from", isInternational)
        case "parseReplyToHeader": found = author(text, "reply-to", isInternational)
        case "parseAuthor": found = author("From: " + text + "\r\n", "from", true)
        case "parseListIdHeader": found = listID(text)
        case "tryExtractReceivedTime": found = date(text)
        case "parseMsg": return whole(text, check)
        default: return "no such function"
        }
        let wanted: String?
        if let expected = check["expected"] as? String {
            wanted = expected
        } else if let moment = (check["expected"] as? [String: Any])?["$date"] as? String {
            wanted = DateTime(rfc3339: moment.replacing(".000Z", with: "Z"))?.description
        } else {
            wanted = nil
        }
        return found == wanted ? nil : "\(found ?? "refused"), not \(wanted ?? "refused")"
    }

    /// The first address of the field, if it follows the standard's current grammar.
    private static func author(_ text: String, _ name: String, _ isInternational: Bool) -> String? {
        let message = Message(Source(exactly: Array(text.utf8)))
        guard message.defects.isEmpty, let field = message.fields.first,
            String(decoding: message.source.bytes[field.name], as: UTF8.self).lowercased() == name,
            let list = try? message.source.read(AddressList.self, in: field.value).get(),
            let mailbox = list.mailboxes.first?.value, mailbox.hasPlainName(message.source), list.groups.isEmpty,
            list.strays.isEmpty,
            let spec = try? message.source.read(AddrSpec.self, in: mailbox.address).get(), !spec.isObsolete
        else { return nil }
        if !isInternational, text.utf8.contains(where: { $0 >= 0x80 }) { return nil }
        let bytes = message.source.bytes
        return String(decoding: bytes[spec.localPart] + [UInt8(ascii: "@")] + bytes[spec.domain], as: UTF8.self)
    }

    private static func listID(_ text: String) -> String? {
        let message = Message(Source(exactly: Array(text.utf8)))
        return message.values(.listID).first?.value.identifier.value
    }

    private static func date(_ text: String) -> String? {
        let message = Message(Source(exactly: Array(text.utf8)))
        guard let field = message.fields.first, let received = try? message[.received].first?.get(),
            message.source.bytes[field.value].contains(UInt8(ascii: ";"))
        else { return nil }
        return (try? received.date?.get())?.value.description
    }

    /// Headers by their names, each as it stands with its name, and the body with CRLF.
    private static func whole(_ text: String, _ check: [String: Any]) -> String? {
        let message = Message(Source(exactly: Array(text.utf8)))
        let path = check["path"] as? String ?? ""
        func crlf(_ range: ByteRange) -> String {
            let text = String(decoding: message.source.bytes[range], as: UTF8.self)
            return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\n", with: "\r\n")
        }
        let matcher = check["matcher"] as? String ?? ""
        if matcher.hasPrefix("to.throw") {
            return message.defects.isEmpty && text.last?.isNewline == true ? "read, not refused" : nil
        }
        var names: [String: [HeaderField]] = [:]
        for field in message.fields {
            names[String(decoding: message.source.bytes[field.name], as: UTF8.self).lowercased(), default: []].append(
                field)
        }
        let parts = path.split(separator: "\"")
        let named = parts.count > 1 ? names[String(parts[1])] ?? [] : []
        let found: String
        if path == ".body" {
            found = crlf(message.body)
        } else if path == ".headers.size" {
            found = "\(names.count)"
        } else if path.hasPrefix(".headers.has") {
            return named.isEmpty ? "no field \(path)" : nil
        } else if path.hasSuffix(".length") {
            found = "\(named.count)"
        } else if let index = path.split(separator: "[").last.flatMap({ Int($0.dropLast()) }), index < named.count {
            found = crlf(named[index].range)
        } else {
            return "no such path \(path)"
        }
        let wanted = check["expected"].map { "\($0)" } ?? ""
        let isEqual = matcher == "to.have.string" ? found.contains(wanted) : found == wanted
        return isEqual ? nil : "\(path) \(found.debugDescription), not \(wanted.debugDescription)"
    }
}

extension Mailbox {
    /// Whether no unquoted "@" stands in the name, where the standard allows none.
    fileprivate func hasPlainName(_ source: Source) -> Bool {
        guard let name = displayName else { return true }
        let bytes = source.bytes[name.range]
        return bytes.contains(UInt8(ascii: "\"")) || !bytes.contains(UInt8(ascii: "@"))
            || comments.contains { $0.range.overlaps(name.range) || $0.range.upperBound >= name.range.lowerBound }
    }
}

/// isemail's addresses: refused by the strict grammar if, and only if, they are errors there.
struct AddressSyntaxVectors: Suite {
    let name = "addr-isemail"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("addr-isemail") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for file in try folders.flatMap({ try Corpus.messages($0) }) where file.hasSuffix(".xml") {
            guard !file.hasSuffix("meta.xml"), let data = FileManager.default.contents(atPath: file) else { continue }
            let python = Run("/usr/bin/env", ["/usr/bin/python3", "-c", Self.reader], input: data)
            guard let tests = try JSONSerialization.jsonObject(with: python.output) as? [[String]] else {
                throw Trouble("\(file) could not be read")
            }
            for test in tests where test.count == 3 {
                let (address, category, diagnosis) = (test[0], test[1], test[2])
                // Control characters are written as their pictures, U+2400 and up.
                let bytes = address.unicodeScalars.flatMap { scalar -> [UInt8] in
                    (0x2400...0x241F).contains(scalar.value)
                        ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
                }
                let source = Source(exactly: bytes)
                let read = source.read(AddrSpec.self, in: 0..<bytes.count)
                let isError = category == "ISEMAIL_ERR"
                result.total += 1
                switch read {
                case .success where !isError: result.passed += 1
                case .failure where isError: result.passed += 1
                case .success: result.disagreements.append("\(address) read, not \(diagnosis)")
                case .failure(let error):
                    result.disagreements.append(
                        "\(address) refused for want of \(error.expected), not \(diagnosis)")
                }
            }
        }
        return result
    }

    /// Prints the tests of the file on standard input as JSON.
    private static let reader = """
        import json, sys, xml.etree.ElementTree as tree
        tests = tree.parse(sys.stdin.buffer).getroot().iter('test')
        print(json.dumps([[test.findtext(name) or '' for name in ('address', 'category', 'diagnosis')] for test in tests]))
        """
}
