import Mail

/// Rewrites one header field by what it is; what is unknown is text.
struct FieldRedaction {
    var text: TextRedaction
    /// Boundaries and what stands for them.
    private(set) var boundaries: [[UInt8]: [UInt8]] = [:]
    private let lineEnd: [UInt8]

    init(_ text: TextRedaction, lineEnd: [UInt8]) {
        self.text = text
        self.lineEnd = lineEnd
    }

    /// Fields that hold no names.
    private static let plain: Set<String> = [
        "date", "resent-date", "mime-version", "content-transfer-encoding", "precedence", "importance", "x-priority",
        "priority", "auto-submitted", "content-language", "delivery-date",
    ]
    private static let signatures: Set<String> = [
        "dkim-signature", "x-google-dkim-signature", "domainkey-signature", "arc-message-signature", "arc-seal",
    ]

    /// - Parameter isUTF8: whether the body has become UTF-8, which the field that says so must say.
    mutating func rewriting(_ field: HeaderField, in source: Source, isUTF8: Bool) -> [UInt8] {
        let name = source.bytes[field.name]
        let value = source.bytes[field.value]
        let key = String(decoding: name, as: UTF8.self).lowercased()
        var result: [UInt8] = []
        // A name is our protocol's word, unless it holds an address.
        let isOdd = name.contains { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: ".") || $0 >= 0x80 }
        result += isOdd ? text.rewriting(Array(name)) : Array(name)
        result += source.bytes[field.name.upperBound..<field.value.lowerBound]
        switch key {
        case _ where Self.plain.contains(key): result += value
        case _ where Self.signatures.contains(key): result += signature(Array(value))
        case "content-type", "content-disposition": result += parameters(Array(value), isUTF8: isUTF8)
        default: result += self.value(Array(value))
        }
        return result + source.bytes[field.value.upperBound..<field.range.upperBound]
    }

    /// The delimiter's boundary becomes the one that the header names now.
    mutating func delimiter(_ bytes: [UInt8], of boundary: [UInt8]?) -> [UInt8] {
        guard let boundary, !boundary.isEmpty, let offset = bytes.firstOffset(ofShort: boundary) else {
            return text.rewriting(bytes)
        }
        return Array(bytes[..<offset]) + self.boundary(boundary) + bytes[(offset + boundary.count)...]
    }

    private mutating func boundary(_ original: [UInt8]) -> [UInt8] {
        if let known = boundaries[original] { return known }
        var new = original
        // Of the same length: only the part that no other boundary has may be short.
        text.edit { new = Array($0.token(String(decoding: original, as: UTF8.self)).utf8) }
        if new.count != original.count { new = original }
        boundaries[original] = new
        return new
    }

    // MARK: Values

    /// Encoded words are decoded, rewritten and encoded again; everything else is text as it stands.
    private mutating func value(_ value: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        var search = 0
        while let start = value.firstOffset(of: UInt8(ascii: "="), in: search..<value.count) {
            search = start + 1
            guard let end = encodedEnd(value, start) else { continue }
            search = end
            result += text.rewriting(Array(value[position..<start]))
            result += encoded(Array(value[start..<end]))
            position = end
        }
        return result + text.rewriting(Array(value[position...]))
    }

    // encoded-word = "=?" charset "?" encoding "?" encoded-text "?="
    /// The end of the encoded words that begin here and are joined when shown. RFC 2047 §2, §6.2
    private func encodedEnd(_ value: [UInt8], _ start: Int) -> Int? {
        var end: Int?
        var position = start
        while value[position...].starts(with: Array("=?".utf8)) {
            var mark = position + 2
            for _ in 0..<2 {
                guard let next = value[mark...].prefix(80).firstIndex(of: UInt8(ascii: "?")) else { return end }
                mark = next + 1
            }
            guard let close = value[mark...].firstIndex(of: UInt8(ascii: "?")), close + 1 < value.count,
                value[close + 1] == UInt8(ascii: "=")
            else { return end }
            end = close + 2
            position = value[(close + 2)...].firstIndex { !$0.isFolding } ?? value.count
        }
        return end
    }

    private mutating func encoded(_ words: [UInt8]) -> [UInt8] {
        let holder = Message(Source(exactly: Array("Subject: ".utf8) + words + Array("\r\n\r\n".utf8)))
        guard let part = holder.parts.first, let field = part.fields.first else { return words }
        let original = Array(part.text(of: field).utf8)
        let new = text.rewriting(original)
        return new == original ? words : Encoding.words(new, lineEnd)
    }

    // tag-list = tag-spec *( ";" tag-spec ) [ ";" ]
    /// A signature no longer holds: its hashes go; whom it is for and when it was made stay. RFC 6376 §3.2, RFC 8617 §4.1
    private mutating func signature(_ value: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for (index, tag) in value.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).enumerated() {
            if index > 0 { result.append(UInt8(ascii: ";")) }
            guard let equals = tag.firstIndex(of: UInt8(ascii: "=")) else {
                result += tag
                continue
            }
            result += tag[...equals]
            let rest = Array(tag[(equals + 1)...])
            switch String(decoding: tag[..<equals].filter { !$0.isFolding }, as: UTF8.self) {
            case "b", "bh", "z": result += "redacted".utf8
            case "d", "i": result += text.rewriting(rest)
            case "s":
                let selector = String(decoding: rest.filter { !$0.isFolding }, as: UTF8.self)
                text.edit { result += $0.token(selector).utf8 }
            default: result += rest
            }
        }
        return result
    }

    // parameter := attribute "=" value
    /// A media type or a disposition: file names and boundaries become others. RFC 2045 §5.1, RFC 2183 §2
    private mutating func parameters(_ value: [UInt8], isUTF8: Bool) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        var isFirst = true
        while position < value.count {
            let end = Self.parameterEnd(value, position)
            let piece = Array(value[position..<end])
            if isFirst {
                result += text.rewriting(piece)
            } else {
                result.append(UInt8(ascii: ";"))
                result += parameter(piece, isUTF8: isUTF8)
            }
            isFirst = false
            position = end + 1
            if end == value.count - 1 { result.append(UInt8(ascii: ";")) }
        }
        return result
    }

    private static func parameterEnd(_ value: [UInt8], _ start: Int) -> Int {
        var isQuoted = false
        var position = start
        while position < value.count {
            switch value[position] {
            case UInt8(ascii: "\\") where isQuoted: position += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ";") where !isQuoted: return position
            default: break
            }
            position += 1
        }
        return value.count
    }

    private mutating func parameter(_ piece: [UInt8], isUTF8: Bool) -> [UInt8] {
        guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else { return text.rewriting(piece) }
        let attribute = String(decoding: piece[..<equals].filter { !$0.isFolding }, as: UTF8.self).lowercased()
        let head = piece[...equals]
        let value = Array(piece[(equals + 1)...])
        // The blanks and quotes around the value stay.
        let start = value.firstIndex { !$0.isFolding && $0 != UInt8(ascii: "\"") } ?? value.count
        let end = (value.lastIndex { !$0.isFolding && $0 != UInt8(ascii: "\"") } ?? start - 1) + 1
        guard start < end else { return piece }
        let core = Array(value[start..<end])
        let new: [UInt8]
        switch attribute.prefix(while: { $0 != "*" }) {
        case "boundary": new = boundary(core)
        case "charset": new = isUTF8 ? Array("utf-8".utf8) : core
        case "format", "delsp", "micalg", "protocol", "report-type", "method", "type", "size", "creation-date",
            "modification-date", "read-date", "component":
            new = core
        case "name", "filename":
            new =
                attribute.contains("*") && !attribute.hasSuffix("*") && !attribute.hasSuffix("*0") ? [] : fileName(core)
        default: new = text.rewriting(core)
        }
        return Array(head) + value[..<start] + new + value[end...]
    }

    /// `file1.pdf` for a name that ends in ".pdf": every ending stays, for endings deceive.
    private mutating func fileName(_ original: [UInt8]) -> [UInt8] {
        let endings = original.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).dropFirst().suffix(
            2
        )
        .filter {
            $0.count <= 5 && !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isDigit } && !$0.allSatisfy(\.isDigit)
        }
        var name = ""
        text.edit { name = $0.piece("file " + String(decoding: original, as: UTF8.self)) }
        return Array("file-\(name)".utf8) + endings.flatMap { [UInt8(ascii: ".")] + $0 }
    }
}

extension [UInt8] {
    /// The first offset of a few bytes among others, which may be fewer than three.
    func firstOffset(ofShort wanted: [UInt8]) -> Int? {
        guard wanted.count < 3 else { return firstOffset(ofBytes: wanted, in: 0..<count) }
        return indices.first { self[$0...].starts(with: wanted) }
    }
}
