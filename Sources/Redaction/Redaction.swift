import Delivery
package import Mail
import Inspection

/// A message without what names people, hosts and secrets, which can be shown to others.
///
/// The same name gets the same pseudonym throughout; times, structure, alignment and everything that servers wrote between
/// the names stay. Text is rewritten, attachments are replaced, signatures become "redacted".
package struct Redaction: Sendable {
    /// The message.
    package let bytes: [UInt8]

    package init(of source: Source) {
        let message = Message(source)
        let inspection = Inspection(of: message, at: DateTime(seconds: 0))
        var names = Pseudonyms()
        Self.gather(inspection, &names)
        // The first pass finds out what there is, so that no pseudonym is somebody else's name.
        var first = Assembly(message, TextRedaction(names))
        _ = first.assemble()
        names.take(all: first.pseudonyms)
        var text = TextRedaction(names)
        text.isGathering = false
        var second = Assembly(message, text)
        bytes = second.assemble()
    }

    /// Whether a word is too common, or too much a service's, to be replaced.
    package static func keeps(_ word: String) -> Bool {
        KnownNames.isCommon(word) || KnownNames.isGeneric(label: word.lowercased()[...])
    }

    /// Whether a host belongs to a service that carries everybody's mail: its registered name stays.
    package static func keeps(host: Domain) -> Bool { KnownNames.serviceName(of: host) != nil }

    /// Names, ids and hosts that only their field tells from words.
    private static func gather(_ inspection: Inspection, _ names: inout Pseudonyms) {
        let identities = inspection.identities
        let mailboxes = identities.from + identities.sender + identities.replyTo + identities.recipients
        for mailbox in mailboxes { if let domain = mailbox.value.domain?.value { _ = names.host(domain.description) } }
        for mailbox in mailboxes {
            for word in (mailbox.value.displayName?.value ?? "").split(separator: " ")
            where !word.contains("@") { names.addName(String(word)) }
            // What has no domain is a name, too.
            let spec = mailbox.value.spec.split(separator: "@", omittingEmptySubsequences: false)
            let words = Pseudonyms.words(String(spec.first ?? ""))
            if words.count <= 3 || spec.count == 1 { for word in words where word.count >= 4 { names.addName(word) } }
        }
        for (_, id) in identities.messageIDs {
            if let id = try? id.get() {
                let time = MessageID.time(inLeft: id.left.value)
                names.addID(id.left.value) { MessageID.time(inLeft: $0) == time }
            }
        }
        for hop in inspection.trace.hops {
            for host in [hop.peer.hello?.value, hop.by?.value, hop.peer.name.domain?.value.description].compactMap({
                $0
            })
            where !host.utf8.contains(UInt8(ascii: ".")) && !host.isEmpty && IPAddress(host) == nil {
                let pseudonym = names.host(host)
                if pseudonym != host, host.utf8.count >= 3 { names.addWord(host, as: pseudonym) }
            }
            guard let id = hop.id?.value.split(separator: " ").first.map(String.init) else { continue }
            let (dialect, near) = (hop.dialect, hop.time?.value)
            let (time, shape) = (dialect?.time(inID: id, near: near), dialect?.isOwn(id: id))
            names.addID(id) { dialect?.time(inID: $0, near: near) == time && dialect?.isOwn(id: $0) == shape }
        }
    }
}

/// Puts a message together again from its rewritten pieces.
private struct Assembly {
    private let message: Message
    private var fields: FieldRedaction
    private let lineEnd: [UInt8]

    init(_ message: Message, _ text: TextRedaction) {
        self.message = message
        let bytes = message.source.bytes
        lineEnd = bytes.firstOffset(of: "\r\n", in: 0..<bytes.count) == nil ? [0x0A] : [0x0D, 0x0A]
        fields = FieldRedaction(text, lineEnd: lineEnd)
    }

    var pseudonyms: Pseudonyms { fields.text.pseudonyms }

    mutating func assemble() -> [UInt8] {
        // Headers first, in the order in which they stand: the names that matter get the lowest numbers.
        var heads = message.parts.map { _ in [UInt8]() }
        for part in message.parts { heads[part.index] = header(part) }
        // A part stands before what is in it: from the end, everything inside is there when it is needed.
        var entities = message.parts.map { _ in [UInt8]() }
        for part in message.parts.reversed() {
            entities[part.index] = heads[part.index] + body(part, entities)
            for child in part.children { entities[child] = [] }
        }
        return entities.first ?? []
    }

    private mutating func header(_ part: Part) -> [UInt8] {
        let source = part.source
        let isUTF8 = part.isLeaf && isText(part) && converts(part)
        var result: [UInt8] = []
        var position = part.header.lowerBound
        for field in part.fields {
            result += fields.text.rewriting(Array(source.bytes[position..<max(position, field.range.lowerBound)]))
            result += fields.rewriting(field, in: source, isUTF8: isUTF8)
            position = field.range.upperBound
        }
        return result
            + fields.text.rewriting(Array(source.bytes[min(position, part.header.upperBound)..<part.header.upperBound]))
    }

    private func isText(_ part: Part) -> Bool {
        part.contentType.isText || !part.declaresType
            || ["message/delivery-status", "message/disposition-notification", "message/feedback-report"].contains(
                part.contentType.mediaType)
    }

    /// Whether the text is written in a charset whose bytes are not those of UTF-8.
    private func converts(_ part: Part) -> Bool {
        String(validating: part.decoded().bytes, as: UTF8.self) == nil
            || ["utf-16", "utf-7", "iso-2022-jp", "hz-gb-2312"].contains {
                part.charset?.label.value.lowercased().hasPrefix($0) ?? false
            }
    }

    private mutating func body(_ part: Part, _ entities: [[UInt8]]) -> [UInt8] {
        let source = part.source
        // Pieces of a multipart, or the message in a part, one after another.
        let children = part.children.map { message.parts[$0] }
        if children.contains(where: { $0.source !== source }) {
            return encoded(children.flatMap { entities[$0.index] }, part)
        }
        guard children.isEmpty, part.delimiters.isEmpty else {
            var pieces = children.map { ($0.header.lowerBound..<$0.body.upperBound, entities[$0.index]) }
            for range in part.delimiters {
                pieces.append((range, fields.delimiter(Array(source.bytes[range]), of: part.contentType.boundary)))
            }
            for range in [part.preamble, part.epilogue].compactMap({ $0 }) where !range.isEmpty {
                pieces.append((range, fields.text.rewriting(Array(source.bytes[range]))))
            }
            return pieces.sorted { ($0.0.lowerBound, $0.0.upperBound) < ($1.0.lowerBound, $1.0.upperBound) }.flatMap(
                \.1)
        }
        guard isText(part) else {
            return part.body.isEmpty ? [] : encoded(Array("redacted".utf8) + lineEnd, part)
        }
        let decoded = part.decoded().bytes
        let text = converts(part) ? part.decodedText().utf8 : decoded
        let isHTML = part.contentType.subtype == "html"
        let new = fields.text.rewriting(withoutFiles(isHTML ? TextReferences.resolved(text) : text))
        // What holds nothing to be replaced stays as it was encoded.
        return new == decoded ? Array(source.bytes[part.body]) : encoded(new, part)
    }

    private func encoded(_ bytes: [UInt8], _ part: Part) -> [UInt8] {
        switch part.encoding {
        case .base64: Encoding.base64Body(bytes, lineEnd)
        case .quotedPrintable: Encoding.quotedPrintable(bytes, lineEnd)
        default: bytes
        }
    }

    /// Files that stand in text in an encoding of its own cannot be looked into: they go.
    private func withoutFiles(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        for file in EmbeddedFile.all(in: text) where file.range.lowerBound >= position {
            result += text[position..<file.range.lowerBound] + "redacted".utf8 + lineEnd
            position = file.range.upperBound
        }
        return position == 0 ? text : result + text[position...]
    }
}

/// Character references in HTML that hide letters from who looks for names: `&#64;` is "@".
enum TextReferences {
    /// The text with references to plain characters resolved, but for those that are markup.
    static func resolved(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var position = 0
        while position < text.count {
            if text[position] == UInt8(ascii: "&"), let (scalar, end) = reference(text, position) {
                result += String(Character(scalar)).utf8
                position = end
            } else {
                result.append(text[position])
                position += 1
            }
        }
        return result
    }

    private static let named: [String: Unicode.Scalar] = [
        "commat": "@", "period": ".", "lowbar": "_", "hyphen": "-", "dash": "-", "colon": ":", "sol": "/", "plus": "+",
    ]

    private static func reference(_ text: [UInt8], _ start: Int) -> (Unicode.Scalar, Int)? {
        let body = text[(start + 1)...].prefix(12).prefix { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "#") }
        let word = String(decoding: body, as: UTF8.self)
        let end =
            body.endIndex < text.count && text[body.endIndex] == UInt8(ascii: ";") ? body.endIndex + 1 : body.endIndex
        if let scalar = named[word] { return (scalar, end) }
        guard word.hasPrefix("#") else { return nil }
        let isHex = word.dropFirst().lowercased().hasPrefix("x")
        let digits = isHex ? word.dropFirst(2).prefix { $0.isHexDigit } : word.dropFirst().prefix { $0.isNumber }
        guard let number = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(number),
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "@._-:/+".unicodeScalars.contains(scalar)
        else { return nil }
        return (
            scalar,
            digits.endIndex == word.endIndex
                ? end : start + 1 + word.utf8.distance(from: word.startIndex, to: digits.endIndex)
        )
    }
}
