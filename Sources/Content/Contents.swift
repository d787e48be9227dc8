public import Mail
import Crypto

/// What a message carries: its texts, the places they lead to, its attachments.
public struct Contents: Sendable {
    /// A text part, read.
    public struct Text: Sendable {
        public let part: Int
        public let charset: String
        public let replacements: Int
        public let isUnknownCharset: Bool
        /// The beginning of what a reader sees.
        public let beginning: String
        public let isHTML: Bool
    }

    /// A place that an HTML part leads to.
    public struct Link: Sendable {
        public let part: Int
        /// `a`, `area` or `form`.
        public let element: String
        /// The target as written, entities decoded.
        public let target: Located<String>
        public let visibleText: String
        /// The target taken apart, if it is an absolute URL.
        public let address: WebAddress?
    }

    /// A part that is saved, not read.
    public struct Attachment: Sendable {
        public let part: Int
        /// As the message names it.
        public let name: Located<String>?
        public let declaredType: String
        /// What it is by its bytes, if that is one of the known formats.
        public let type: FileType?
        /// Bytes, decoded.
        public let size: Int
        /// In hexadecimal.
        public let sha256: String

        /// What stands after the last dot of the name, in lower case, as Windows sees it: trailing dots and blanks
        /// are no part of a name there.
        public var fileExtension: String? {
            guard let name = name?.value else { return nil }
            let scalars = name.unicodeScalars.filter { !$0.steers }
            var trimmed = String(String.UnicodeScalarView(scalars))[...]
            while let last = trimmed.last, last == "." || last == " " { trimmed.removeLast() }
            guard let dot = trimmed.lastIndex(of: ".") else { return nil }
            return trimmed[trimmed.index(after: dot)...].lowercased()
        }
    }

    public let texts: [Text]
    public let links: [Link]
    public let attachments: [Attachment]
    /// Damage found while undoing transfer encodings, by part.
    public let faults: [(part: Int, faults: [Located<DecodedBody.Fault>], count: Int)]
    public let limitHits: [LimitHit]
    /// HTML parts that were not read, for want of libxml2.
    public let unreadHTML: [Int]

    public init(of message: Message) {
        var reading = Reading(limits: message.source.limits)
        for part in message.parts where part.isLeaf && !(message.isHeaderOnly && part.depth == 0) {
            reading.read(part)
        }
        texts = reading.texts
        links = reading.links
        attachments = reading.attachments
        faults = reading.faults
        limitHits = reading.limitHits
        unreadHTML = reading.unreadHTML
    }
}

private struct Reading {
    let limits: Limits
    /// How many encoded messages this one is inside of.
    var level = 0
    /// Each level of encoding is decoded whole: three are more than anybody sends.
    static let maximumLevel = 3
    var texts: [Contents.Text] = []
    var links: [Contents.Link] = []
    var attachments: [Contents.Attachment] = []
    var faults: [(part: Int, faults: [Located<DecodedBody.Fault>], count: Int)] = []
    var limitHits: [LimitHit] = []
    var unreadHTML: [Int] = []

    mutating func read(_ part: Part) {
        let isAttachment = part.disposition?.type == "attachment" || part.fileName != nil
        if part.contentType.isText {
            let text = TextBody(part)
            note(part, text.body)
            readText(text)
            if isAttachment { attach(part, text.body) }
        } else {
            let body = part.decoded()
            note(part, body)
            attach(part, body)
            if part.contentType.isMessage, !part.encoding.isIdentity { readEncodedMessage(part, body) }
        }
    }

    /// A message inside a message that is encoded, which RFC 2046 §5.2.1 forbids and mail programs read all the same. What
    /// is found in it is found at the encoded body.
    private mutating func readEncodedMessage(_ part: Part, _ body: DecodedBody) {
        guard level < Self.maximumLevel else {
            return limitHits.append(LimitHit(.nesting, of: limits, unread: part.body))
        }
        let message = Message(Source(exactly: body.bytes, limits: limits))
        var inner = Reading(limits: limits, level: level + 1)
        for leaf in message.parts where leaf.isLeaf { inner.read(leaf) }
        links += inner.links.prefix(max(0, limits[.links] - links.count)).map { link in
            Contents.Link(
                part: part.index, element: link.element, target: Located(link.target.value, at: part.body),
                visibleText: link.visibleText, address: link.address)
        }
        attachments += inner.attachments.map { attachment in
            Contents.Attachment(
                part: part.index, name: attachment.name.map { Located($0.value, at: part.body) },
                declaredType: attachment.declaredType, type: attachment.type, size: attachment.size,
                sha256: attachment.sha256)
        }
        limitHits += (message.limitHits + inner.limitHits).map { LimitHit($0.name, of: limits, unread: part.body) }
    }

    private mutating func note(_ part: Part, _ body: DecodedBody) {
        if body.faultCount > 0 { faults.append((part.index, body.faults, body.faultCount)) }
        if let hit = body.limitHit { limitHits.append(hit) }
    }

    private mutating func readText(_ text: TextBody) {
        let part = text.part
        let isHTML = part.contentType.subtype == "html"
        var beginning = ""
        if isHTML {
            var limits = limits
            limits[.links] = max(0, limits[.links] - links.count)
            let document = HTMLDocument(text.utf8, limits: limits)
            beginning = document.text
            let places = text.places(of: document.references.map(\.tag))
            for (reference, place) in zip(document.references, places) {
                links.append(
                    Contents.Link(
                        part: part.index, element: reference.element, target: Located(reference.target, at: place),
                        visibleText: reference.visibleText, address: WebAddress(reference.target)))
            }
            if document.isUnread { unreadHTML.append(part.index) }
            if let hit = document.hit {
                let place = text.places(of: [hit.offset..<min(hit.offset + 1, text.utf8.count)]).first ?? part.body
                let unread = place.lowerBound..<max(place.upperBound, part.body.upperBound)
                limitHits.append(LimitHit(hit.name, of: part.source.limits, unread: unread))
            }
        } else {
            beginning = String(decoding: text.utf8.prefix(4096), as: UTF8.self)
        }
        texts.append(
            Contents.Text(
                part: part.index, charset: text.charset.name, replacements: text.replacements,
                isUnknownCharset: text.isUnknownCharset, beginning: beginning, isHTML: isHTML))
    }

    private mutating func attach(_ part: Part, _ body: DecodedBody) {
        var hash = SHA256()
        body.bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        let digits = Array("0123456789abcdef".utf8)
        let hexadecimal = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }
        attachments.append(
            Contents.Attachment(
                part: part.index, name: part.fileName, declaredType: part.contentType.mediaType,
                type: FileType(body.bytes[...]), size: body.bytes.count,
                sha256: String(decoding: hexadecimal, as: UTF8.self)))
    }
}
