package import Content
import Mail
package import Phrases

/// What was extracted from a message, written down as JSON.
package struct Manifest {
    private let files: [ExtractedFile]

    package init(_ files: [ExtractedFile]) { self.files = files }

    /// For people: a file and what it is, then its digest.
    package func lines(in language: Language) -> String {
        files.map { file in
            let type: Phrase = file.type.map { Phrase(form: $0.name) } ?? "\(words: file.declaredType, limit: 60)"
            let what: Phrase = "\(file.bytes.count) {1:byte|bytes}, \(type)"
            let all: Phrase = file.claimedName.map { "\(what), called \"\(words: $0, limit: 120)\"" } ?? what
            return ["\(file.ownName)  ", language.text(all), "\n  SHA-256 ", file.digests.sha256, "\n"].joined()
        }.joined()
    }

    package func written() -> String {
        let json: JSON = [
            "format": "backstamp-manifest", "version": 1,
            "tool": ["name": .string(Tool.name), "version": .string(Tool.version)],
            "files": .array(
                files.map { file in
                    [
                        "file": .string(file.ownName), "part": .number(file.part),
                        "claimedName": JSON(file.claimedName?.cut(to: 512)),
                        "declaredType": .string(file.declaredType.cut(to: 256)), "type": JSON(file.type?.name),
                        "size": .number(file.bytes.count), "md5": .string(file.digests.md5),
                        "sha1": .string(file.digests.sha1),
                        "sha256": .string(file.digests.sha256), "start": .number(file.range.lowerBound),
                        "end": .number(file.range.upperBound),
                    ]
                }),
        ]
        return json.written(isCompact: false)
    }
}
