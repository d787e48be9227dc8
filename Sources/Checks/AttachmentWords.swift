import Content
import Mail
import Phrases

extension Contents.Attachment {
    /// The name in quotes, for sentences.
    var quotedName: Phrase { name.map { "\"\(words: $0.value, limit: 80)\"" } ?? "a file without a name" }

    /// The name, or the header of the part.
    func range(in message: Message) -> ByteRange {
        if let name { return name.range }
        guard message.parts.indices.contains(part) else { return 0..<0 }
        return message.parts[part].messageRange(of: message.parts[part].header)
    }

    var isEncrypted: Bool { archive?.isEncrypted == true || marks.contains(.encrypted) }

    /// An office document, or a program's package: an archive by its format only.
    var isPackage: Bool {
        archive?.entries.contains {
            $0.name == "[Content_Types].xml" || $0.name == "mimetype" || $0.name == "META-INF/MANIFEST.MF"
        }
            == true
    }
}
