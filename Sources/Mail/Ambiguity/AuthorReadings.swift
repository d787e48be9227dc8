import Phrases

/// Which author common readers show.
struct AuthorReadings {
    let ambiguities: [Ambiguity]

    init(_ message: Message) {
        guard let root = message.parts.first else {
            ambiguities = []
            return
        }
        let fields = root.fields(ascii: "from")
        var all: [Ambiguity] = []
        if let first = fields.first, let last = fields.last, fields.count > 1 {
            all += [
                Ambiguity(
                    .author, "the author", at: last.name.lowerBound..<last.value.upperBound,
                    [
                        .init("the first From", text: root.trimmedText(first.value)),
                        .init("the last From", text: root.trimmedText(last.value)),
                    ])
            ].compactMap { $0 }
        }
        if fields.isEmpty { all += Self.without(root).map { [$0] } ?? [] }
        for field in fields.prefix(10) { all += Self.readings(root, field, message.headerCharset) }
        ambiguities = all
    }

    /// Without From some readers show another field. RFC 5322 §3.6.2 wants one.
    private static func without(_ root: Part) -> Ambiguity? {
        let others = ["sender", "resent-from", "reply-to"] as [StaticString]
        guard let other = others.lazy.compactMap({ root.fields(ascii: $0).first }).first else { return nil }
        return Ambiguity(
            .author, "the author", at: other.name.lowerBound..<other.value.upperBound,
            [
                .init("From alone", "nobody"),
                .init("another field in its place", text: root.trimmedText(other.value)),
            ])
    }

    private static func readings(_ root: Part, _ field: HeaderField, _ charset: Charset?) -> [Ambiguity] {
        let source = root.source
        guard let list = try? source.read(AddressList.self, in: field.value, charset: charset).get() else { return [] }
        var all: [Ambiguity?] = []
        let boxes = list.mailboxes
        if let first = boxes.first, let last = boxes.last, boxes.count > 1,
            first.value.domain != nil || first.value.localPart.value.contains("@")
        {
            all.append(
                Ambiguity(
                    .author, "the author", at: last.range,
                    [
                        .init("the first address", text: first.value.spec),
                        .init("the last address", text: last.value.spec),
                    ]))
        }
        // <a@example.com> <b@example.net>, <a@example.com>b@example.net
        for stray in list.strays.prefix(5) where source.bytes[stray].contains(UInt8(ascii: "@")) {
            let ours = boxes.first?.value.spec ?? ""
            all.append(
                Ambiguity(
                    .author, "the author", at: stray,
                    [
                        .init("the first pair of brackets", text: ours),
                        .init("what follows it", text: root.trimmedText(stray)),
                    ]))
        }
        for box in boxes.prefix(10) { all += readings(source, box.value) }
        return all.compactMap { $0 }
    }

    private static func readings(_ source: Source, _ box: Mailbox) -> [Ambiguity?] {
        let bytes = source.bytes[box.address]
        var all: [Ambiguity?] = []
        if let route = box.route {
            all.append(
                Ambiguity(
                    .author, "the author", at: route,
                    [
                        .init("the address after the source route", text: box.spec),
                        .init("the route's first domain", text: source.text(route, limit: 80)),
                    ]))
        }
        // a@one@two
        let quoted = box.localPart.value.contains("@") && bytes.first != UInt8(ascii: "\"")
        if quoted, let at = bytes.firstIndex(of: UInt8(ascii: "@")) {
            let rest = source.bytes[(at + 1)..<box.address.upperBound].prefix { $0 != UInt8(ascii: "@") }
            let local = String(decoding: bytes.prefix { $0 != UInt8(ascii: "@") }, as: UTF8.self)
            all.append(
                Ambiguity(
                    .author, "the author", at: box.address,
                    [
                        .init("the domain after the last @", text: box.spec),
                        .init(
                            "the domain after the first @",
                            text: "\(local)@\(String(decoding: rest, as: UTF8.self))"),
                    ]))
        }
        // u@good.example(x)evil.test
        if bytes.contains(UInt8(ascii: "(")), let domain = box.domain, domain.value.description.contains(ascii: " ") {
            all.append(
                Ambiguity(
                    .author, "the author", at: domain.range,
                    [
                        .init("a comment ends the domain", text: domain.value.description),
                        .init("a comment is taken out", text: domain.value.description.replacing(" ", with: "")),
                    ]))
        }
        // =?utf-8?q?a=40example.com?= as an address: RFC 2047 §5 (3) forbids it.
        let decoded = source.decodedText(box.address)
        if bytes.contains(UInt8(ascii: "?")) {
            let raw = String(decoding: bytes, as: UTF8.self)
            if raw.contains(ascii: "=?"), decoded != raw {
                all.append(
                    Ambiguity(
                        .author, "the author", at: box.address,
                        [
                            .init("an address is not decoded", text: raw),
                            .init("encoded words are decoded everywhere", text: decoded),
                        ]))
            }
        }
        // A display name that decodes to an address, cut off where a control character is.
        for text in [box.displayName?.value, decoded] {
            guard let text, let control = text.utf8.firstIndex(where: { $0 < 0x20 && $0 != .tab }) else { continue }
            let range = text == decoded ? box.address : box.displayName?.range ?? box.address
            all.append(
                Ambiguity(
                    .author, "the author", at: range,
                    [
                        .init("control characters are shown or left out", text: text),
                        .init("the text ends at a control character", text: String(text.unicodeScalars[..<control])),
                    ]))
            break
        }
        return all
    }
}
