import Phrases

/// Content-Type and Content-Transfer-Encoding as others read them: the last of several, another word of the value.
struct FieldReadings {
    let ambiguities: [Ambiguity]

    init(_ part: Part) {
        ambiguities = [
            Self.several(part, .mediaType, "the media type", part.fields(ascii: "content-type")),
            Self.several(part, .transferEncoding, "the encoding", part.fields(ascii: "content-transfer-encoding")),
            Self.several(part, .fileName, "the disposition", part.fields(ascii: "content-disposition")),
            Self.otherType(part), Self.otherEncoding(part),
        ].compactMap { $0 }
    }

    private static func several(
        _ part: Part, _ kind: Ambiguity.Kind, _ subject: Phrase, _ fields: [HeaderField]
    ) -> Ambiguity? {
        guard fields.count > 1, let first = fields.first, let last = fields.last else { return nil }
        return Ambiguity(
            kind, subject, at: part.messageRange(of: last.name.lowerBound..<last.value.upperBound),
            [
                .init("the first of \(fields.count) fields", text: part.trimmedText(first.value)),
                .init("the last of \(fields.count) fields", text: part.trimmedText(last.value)),
            ])
    }

    /// "text/plain, multipart/mixed; …", and a type that is one once folds and controls are taken out.
    private static func otherType(_ part: Part) -> Ambiguity? {
        guard let field = part.fields(ascii: "content-type").first else { return nil }
        let bytes = part.source.bytes[field.value]
        let head = bytes.prefix { $0 != UInt8(ascii: ";") }
        let ours = part.declaresType ? part.contentType.mediaType : "text/plain"
        func other(_ rule: Phrase, _ bytes: [UInt8]) -> Ambiguity? {
            let source = Source(exactly: bytes)
            guard let type = try? source.read(ContentType.self, in: 0..<bytes.count).get() else { return nil }
            return Ambiguity(
                .mediaType, "the media type", at: part.messageRange(of: field.name.lowerBound..<field.value.upperBound),
                [.init("the first type of the value", text: ours), .init(rule, text: type.mediaType)])
        }
        if let comma = head.firstIndex(of: UInt8(ascii: ",")), head[comma...].contains(UInt8(ascii: "/")) {
            return other("the last type of the value", Array(bytes[(comma + 1)...]))
        }
        let plain = head.filter { !$0.isControl }
        return plain.count < head.count ? other("control characters and folds are taken out", Array(plain)) : nil
    }

    private static func words(_ encoding: TransferEncoding) -> Phrase {
        encoding == .unknown ? "as it stands" : "\(term: encoding.rawValue)"
    }

    // encoding = "Content-Transfer-Encoding" ":" mechanism
    /// "base64, 7bit", "ba(x)se64", "base\064": one word to us, something else to those who clean up first.
    private static func otherEncoding(_ part: Part) -> Ambiguity? {
        guard let field = part.fields(ascii: "content-transfer-encoding").first else { return nil }
        let raw = part.source.bytes[field.value]
        var readings = [
            Ambiguity.Reading("the first word", Self.words(part.encoding))
        ]
        func add(_ rule: Phrase, _ bytes: some Sequence<UInt8>) {
            let token = Array(bytes.drop { $0.isFolding || $0 == UInt8(ascii: "\"") }.prefix(while: \.isToken))
            let encoding = TransferEncoding(token: token[...])
            if !encoding.isIdentity || !part.encoding.isIdentity {
                readings.append(.init(rule, Self.words(encoding)))
            }
        }
        if let comma = raw.firstIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }) {
            add("the last word", raw[(comma + 1)...])
        }
        if raw.contains(UInt8(ascii: "(")) {
            var depth = 0
            add(
                "comments are taken out",
                raw.filter { byte in
                    if byte == UInt8(ascii: "(") { depth += 1 }
                    defer { if byte == UInt8(ascii: ")") { depth -= 1 } }
                    return depth == 0
                })
        }
        if raw.contains(where: { $0.isControl && !$0.isFolding }) {
            add("control characters are taken out", raw.filter { !$0.isControl })
        }
        if raw.contains(where: { $0 == .lineFeed }) { add("folds are taken out", raw.filter { !$0.isFolding }) }
        let text = part.source.decodedText(field.value)
        if raw.contains(UInt8(ascii: "?")) { add("encoded words are decoded", Array(text.utf8)) }
        // base-64, base645, 8-bit
        if part.encoding == .unknown, raw.drop(while: \.isFolding).starts(with: "base".utf8) {
            readings.append(.init("a misspelt name is guessed", text: "base64"))
        }
        return Ambiguity(
            .transferEncoding, "the encoding",
            at: part.messageRange(of: field.name.lowerBound..<field.value.upperBound),
            readings)
    }
}
