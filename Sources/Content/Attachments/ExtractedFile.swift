package import Mail

/// What a part holds, decoded, under a name of our own: the sender's is a claim, and may be a path or a program's.
package struct ExtractedFile: Sendable {
    /// The part's index in the message.
    package let part: Int
    /// `part-3.txt`, `part-3-file-1.bin`: letters, digits and hyphens, and an ending that starts nothing.
    package let ownName: String
    /// What the message calls it.
    package let claimedName: String?
    package let declaredType: String
    /// What it is by its bytes, if that is one of the known formats.
    package let type: FileType?
    package let bytes: [UInt8]
    /// Where its encoded bytes stand in the message.
    package let range: ByteRange
    package let digests: Digests

    private init(_ part: Part, _ bytes: [UInt8], name: String?, declaredType: String, number: Int? = nil) {
        self.part = part.index
        claimedName = name
        self.declaredType = declaredType
        let type = FileType(bytes[...])
        self.type = type
        let isText = type == nil && declaredType.hasPrefix("text/") && !declaredType.hasPrefix("text/html")
        let ending = isText ? "txt" : type?.kind == .image ? type?.extensions.first ?? "bin" : "bin"
        ownName = "part-\(part.index)\(number.map { "-file-\($0)" } ?? "").\(ending)"
        self.bytes = bytes
        range = part.messageRange(of: part.body)
        digests = Digests(of: bytes)
    }

    /// Every part that holds something by itself, the messages inside as they stand, and the files inside of texts and of `winmail.dat`.
    package static func all(in message: Message) -> [ExtractedFile] {
        var files: [ExtractedFile] = []
        for part in message.parts where !part.contentType.isMultipart && !(part.depth == 0 && message.isHeaderOnly) {
            let body = part.decoded().bytes
            files.append(
                ExtractedFile(
                    part, body, name: part.fileName?.value, declaredType: part.contentType.mediaType))
            var inner: [(bytes: [UInt8], name: String?, type: String)] = []
            if part.contentType.isText {
                inner = EmbeddedFile.all(in: body).map {
                    ($0.bytes, $0.name?.value, "\($0.encoding.rawValue) in a text")
                }
            } else if let found = TNEF.attachments(in: body) {
                inner = found.map { (Array(body[$0.data.clamped(to: 0..<body.count)]), $0.name, "in winmail.dat") }
            }
            for (index, one) in inner.enumerated() {
                files.append(
                    ExtractedFile(part, one.bytes, name: one.name, declaredType: one.type, number: index + 1))
            }
        }
        return files
    }
}
