import Foundation
import Mail

/// Stalwart's own goldens: the tree, the text of subjects and addresses, every decoded body; for LF and for CRLF line ends.
extension TreeSuite {
    static let stalwart = TreeSuite(name: "mime-stalwart", prefix: "mime-stalwart") { folder in
        var cases: [(name: String, found: String, wanted: String)] = []
        for file in try Corpus.messages(folder) where file.hasSuffix(".json") {
            let isCRLF = file.hasSuffix(".crlf.json")
            let path = String(file.dropLast(isCRLF ? 10 : 5)) + ".eml"
            guard let data = FileManager.default.contents(atPath: file),
                let golden = try JSONSerialization.jsonObject(with: data) as? [String: Any],
                var given = FileManager.default.contents(atPath: path).map({ [UInt8]($0) })
            else { continue }
            given.removeAll { $0 == .carriageReturn }
            if isCRLF { given = given.flatMap { $0 == .lineFeed ? [.carriageReturn, .lineFeed] : [$0] } }
            let message = Message(Source(exactly: given))
            cases.append((String(file.dropFirst(folder.count + 1)), found(message, 0), wanted(golden, 0)))
        }
        return cases
    }

    private static func found(_ message: Message, _ index: Int) -> String {
        let part = message.parts[index]
        let type = part.declaresType ? part.contentType.mediaType : "-"
        var text = type + names(part, message.headerCharset)
        if !part.children.isEmpty || part.contentType.isMultipart {
            text += "(" + part.children.map { found(message, $0) }.joined(separator: " ") + ")"
        } else if part.contentType.isText {
            text += ":" + Tree.digest(part.decodedText().utf8)
        } else {
            text += ":" + Tree.digest(part.decoded().bytes)
        }
        return text
    }

    private static func names(_ part: Part, _ charset: Charset?) -> String {
        var text = ""
        for field in part.fields {
            let name = String(decoding: part.source.bytes[field.name], as: UTF8.self).lowercased()
            switch name {
            case "subject": text += "[\(part.text(of: field).trimmingCharacters(in: .whitespaces))]"
            case "from", "to", "cc":
                let list = try? part.source.read(AddressList.self, in: field.value).get()
                text +=
                    "<\((list?.mailboxes ?? []).compactMap { $0.value.domain == nil ? nil : $0.value.spec }.joined(separator: ","))>"
            default: break
            }
        }
        return text
    }

    private static func wanted(_ golden: [String: Any], _ index: Int) -> String {
        guard let parts = golden["parts"] as? [[String: Any]], index < parts.count else { return "" }
        let part = parts[index]
        var type = "-"
        var text = ""
        for header in part["headers"] as? [[String: Any]] ?? [] {
            let value = header["value"] as? [String: Any] ?? [:]
            switch header["name"] as? String {
            case "content_type":
                guard let content = value["ContentType"] as? [String: Any], type == "-" else { continue }
                type = "\(content["c_type"] ?? "")/\(content["c_subtype"] ?? "")".lowercased()
            case "subject": text += "[\(value["Text"] as? String ?? "")]"
            case "from", "to", "cc":
                let list = value["Address"] as? [String: Any] ?? [:]
                let groups = (list["Group"] as? [[String: Any]] ?? []).flatMap {
                    $0["addresses"] as? [[String: Any]] ?? []
                }
                let boxes = (list["List"] as? [[String: Any]] ?? []) + groups
                text +=
                    "<\(boxes.compactMap { $0["address"] as? String }.filter { $0.contains("@") }.joined(separator: ","))>"
            default: break
            }
        }
        text = type + text
        let body = part["body"] as? [String: Any] ?? [:]
        if let children = body["Multipart"] as? [Int] {
            return text + "(" + children.map { wanted(golden, $0) }.joined(separator: " ") + ")"
        }
        if let message = body["Message"] as? [String: Any] { return text + "(" + wanted(message, 0) + ")" }
        if let content = (body["Text"] ?? body["Html"]) as? String {
            return text + ":" + Tree.digest(Array(content.utf8))
        }
        let bytes = (body["Binary"] ?? body["InlineBinary"]) as? [Int] ?? []
        return text + ":" + Tree.digest(bytes.map { UInt8(truncatingIfNeeded: $0) })
    }
}
