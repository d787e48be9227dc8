import Phrases

/// Which lines are fields, and where the header section ends, to readers that are stricter or laxer.
struct HeaderReadings {
    let ambiguities: [Ambiguity]

    init(_ message: Message) {
        var all: [Ambiguity?] = []
        for defect in message.defects.prefix(200) {
            switch defect.value {
            case .blankBeforeColon: all.append(Self.blankBeforeColon(message, defect.range))
            case .lineIsNoField, .continuationWithoutField:
                all.append(Self.disguisedField(message, defect.range))
                all.append(Self.endAtStray(message, defect.range))
            default: break
            }
        }
        if let root = message.parts.first {
            let hasReturns = root.source.bytes.firstOffset(of: .carriageReturn, in: root.header) != nil
            for field in root.fields.prefix(1000) {
                if let found = Self.blankLine(root, field) { all.append(found) }
                if hasReturns, let found = Self.carriageReturn(root, field) { all.append(found) }
            }
        }
        ambiguities = all.compactMap { $0 }
    }

    /// "From : a": a field to us, and to some readers none, or one of another name. RFC 5322 §4.5
    private static func blankBeforeColon(_ message: Message, _ blank: ByteRange) -> Ambiguity? {
        guard let field = message.fields.first(where: { $0.name.upperBound == blank.lowerBound }) else { return nil }
        let name = Words(message.source.text(field.name, limit: 80))
        return Ambiguity(
            .field, "the field \(name)", at: field.name.lowerBound..<field.value.upperBound,
            [
                .init("blanks before the colon do not count", text: message.source.text(field.value, limit: 200)),
                .init("a name ends at its colon", "no field \(name)"),
            ])
    }

    private static let important: [StaticString] = [
        "from", "sender", "reply-to", "to", "subject", "date", "content-type", "content-transfer-encoding",
        "content-disposition", "mime-version", "return-path", "received", "message-id",
    ]

    /// A line that is a well-known field once the bytes are gone that no name may have: " From: a", "Fr\0om: a".
    private static func disguisedField(_ message: Message, _ line: ByteRange) -> Ambiguity? {
        let bytes = message.source.bytes
        guard let colon = bytes.firstOffset(of: UInt8(ascii: ":"), in: line) else { return nil }
        let name = bytes[line.lowerBound..<min(colon, line.lowerBound + 200)].filter(\.isFieldName)
        // Letters with marks may stand for what they look like, too.
        let plain = name.filter { $0 < 0x80 }
        guard let known = important.first(where: { plain.equalsASCII($0) }) else { return nil }
        return Ambiguity(
            .field, "the field \(term: "\(known)")", at: line,
            [
                .init("a line whose name has other bytes is no field", "nothing"),
                .init(
                    "the other bytes are passed over",
                    text: message.source.text(colon + 1..<line.upperBound, limit: 200)),
            ])
    }

    /// Fields after a line that is none: the rest of the header to us, the body's text to others.
    private static func endAtStray(_ message: Message, _ line: ByteRange) -> Ambiguity? {
        guard message.fields.last.map({ $0.range.lowerBound > line.lowerBound }) == true,
            message.fields.first.map({ $0.range.lowerBound < line.lowerBound }) == true,
            let next = message.fields.first(where: { $0.range.lowerBound > line.lowerBound })
        else { return nil }
        return Ambiguity(
            .headerEnd, "the end of the header", at: line,
            [
                .init("a line that is no field is passed over", text: message.source.text(next.range, limit: 120)),
                .init("the body begins there", text: message.source.text(line, limit: 120)),
            ])
    }

    /// A line of blanks continues the field before it (RFC 5322 §4.2); to some readers it is the empty line.
    private static func blankLine(_ part: Part, _ field: HeaderField) -> Ambiguity? {
        let source = part.source
        var position = field.value.lowerBound
        while let end = source.bytes.firstOffset(of: .lineFeed, in: position..<field.value.upperBound) {
            position = end + 1
            let next =
                source.bytes.firstOffset(of: .lineFeed, in: position..<field.value.upperBound) ?? field.value.upperBound
            guard source.bytes[position..<next].allSatisfy(\.isFolding) else { continue }
            let rest = next..<min(source.bytes.count, field.range.upperBound + 200)
            return Ambiguity(
                .headerEnd, "the end of the header", at: part.messageRange(of: position..<max(next, position + 1)),
                [
                    .init("a line of blanks continues the field", "the fields after it"),
                    .init("a line of blanks is an empty line", "the text \(words: source.text(rest, limit: 120))"),
                ])
        }
        return nil
    }

    /// A carriage return alone inside a field ends the line for some readers: what follows is another field there.
    private static func carriageReturn(_ part: Part, _ field: HeaderField) -> Ambiguity? {
        let source = part.source
        guard source.lineEnd == .lineFeed else { return nil }
        var position = field.value.lowerBound
        while let offset = source.bytes.firstOffset(of: .carriageReturn, in: position..<field.value.upperBound) {
            position = offset + 1
            guard position < field.value.upperBound, !source.bytes[position].isFolding else { continue }
            let line = source.bytes[position..<field.value.upperBound].prefix { !$0.isFolding || $0.isBlank }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > position,
                line[..<colon].allSatisfy(\.isFieldName)
            else { continue }
            return Ambiguity(
                .field, "the field \(words: source.text(field.name, limit: 40))",
                at: part.messageRange(of: position - 1..<line.endIndex),
                [
                    .init("CR alone ends no line", text: source.text(field.value, limit: 200)),
                    .init(
                        "CR ends a line", "another field, \(words: source.text(position..<line.endIndex, limit: 200))"),
                ])
        }
        return nil
    }
}
