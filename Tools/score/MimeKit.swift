import Foundation
import Mail

extension TreeSuite {
    /// MimeKit's own goldens: for each message of an mbox the type, begin, end of header and end of every part; the mailbox with LF
    /// and with CRLF.
    static let mimekit = TreeSuite(name: "mime-mimekit", prefix: "mime-mimekit") { folder in
        var cases: [(name: String, found: String, wanted: String)] = []
        for file in try Corpus.messages(folder) where file.hasSuffix("-offsets.json") {
            let isCRLF = file.hasSuffix(".dos-offsets.json")
            let path = file.replacing(isCRLF ? ".dos-offsets.json" : ".unix-offsets.json", with: ".mbox.txt")
            guard let data = FileManager.default.contents(atPath: file),
                let golden = try JSONSerialization.jsonObject(with: data) as? [[String: Any]],
                var given = FileManager.default.contents(atPath: path).map({ [UInt8]($0) })
            else { continue }
            given.removeAll { $0 == .carriageReturn }
            if isCRLF { given = given.flatMap { $0 == .lineFeed ? [.carriageReturn, .lineFeed] : [$0] } }
            for (index, entry) in golden.enumerated() {
                guard let begin = entry["beginOffset"] as? Int, let end = entry["endOffset"] as? Int, begin <= end,
                    end <= given.count, let body = entry["body"] as? [String: Any]
                else { continue }
                let message = Message(Source(exactly: Array(given[begin..<end])))
                cases.append(
                    (
                        "\(file.split(separator: "/").last ?? "") \(index)", offsets(message, 0, begin),
                        wantedOffsets(body)
                    ))
            }
        }
        return cases
    }

    private static func offsets(_ message: Message, _ index: Int, _ base: Int) -> String {
        let part = message.parts[index]
        let own = "\(part.contentType.mediaType) \(part.header.lowerBound + base) \(part.body.lowerBound + base)"
        let inner = part.children.map { offsets(message, $0, base) }
        let end = part.isLeaf ? " \(part.body.upperBound + base)" : ""
        return ([own + end] + inner).joined(separator: ", ")
    }

    private static func wantedOffsets(_ part: [String: Any]) -> String {
        let own =
            "\("\(part["mimeType"] ?? "")".lowercased()) \(part["beginOffset"] ?? "") \(part["headersEndOffset"] ?? "")"
        var inner = (part["children"] as? [[String: Any]] ?? []).map(wantedOffsets)
        if let message = part["message"] as? [String: Any], let body = message["body"] as? [String: Any] {
            inner = [wantedOffsets(body)]
        }
        let isLeaf = inner.isEmpty && !"\(part["mimeType"] ?? "")".hasPrefix("multipart/")
        let end = isLeaf ? " \(part["endOffset"] ?? "")" : ""
        return ([own + end] + inner).joined(separator: ", ")
    }

    /// The same file in each encoding.
    static let gmime = TreeSuite(name: "mime-gmime", prefix: "mime-gmime") { folder in
        func bytes(_ name: String) -> [UInt8] {
            [UInt8](FileManager.default.contents(atPath: folder + "/" + name) ?? Data())
        }
        func decoded(_ name: String, _ encoding: TransferEncoding) -> String {
            let source = Source(exactly: bytes(name))
            return Tree.digest(source.decode(0..<source.bytes.count, from: encoding).bytes)
        }
        let rows: [(name: String, encoding: TransferEncoding, plain: String)] = [
            ("encodings/photo.b64", .base64, "encodings/photo.jpg"),
            ("encodings/photo.uu", .uuencode, "encodings/photo.jpg"),
            ("encodings/wikipedia.qp", .quotedPrintable, "encodings/wikipedia.txt"),
        ]
        var cases = rows.map { row in
            (name: row.name, found: decoded(row.name, row.encoding), wanted: Tree.digest(bytes(row.plain)))
        }
        for name in ["mime-part/raptors.b64.txt", "mime-part/raptors.uu.txt"] {
            let message = Message(Source(exactly: bytes(name)))
            let found = message.parts.first.map { Tree.digest($0.decoded().bytes) } ?? ""
            cases.append((name: name, found: found, wanted: Tree.digest(bytes("mime-part/raptors.png"))))
        }
        return cases
    }
}
