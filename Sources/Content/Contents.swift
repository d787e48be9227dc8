public import Mail
import Crypto

/// What a message carries: its texts, the places they lead to, its attachments.
public struct Contents: Sendable {
    /// A text part, read.
    public struct Text: Sendable {
        public let part: Int
        /// The label that the part declares.
        public let declared: Located<String>?
        /// Whether the label names a charset that is known.
        public let isKnown: Bool
        /// The name of the charset it was read in.
        public let charset: String
        /// The name of the charset that the bytes look like, when what is declared does not tell.
        public let guessed: String?
        public let replacements: Int
        /// The beginning of what a reader sees.
        public let beginning: String
        public let isHTML: Bool
    }

    /// A place that an HTML part leads to.
    public struct Link: Sendable {
        public let part: Int
        /// The element that carries it: `a`, `form`, `img`; `text` where it stands in plain text.
        public let element: String
        public let use: HTMLDocument.Use
        /// The target as written, entities decoded.
        public let target: Located<String>
        public let visibleText: String
        /// The target taken apart, if it is an absolute URL, or relative to one that the document names.
        public let address: WebAddress?
        /// What the target carries inside, where it is one of a known service: the innermost is where the reader ends up.
        public let carried: [String]

        /// Where the reader ends up, as far as that shows without asking.
        public var destination: WebAddress? { carried.last.flatMap { WebAddress($0) } ?? address }
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
    /// What is clicked, sent to, or led to.
    public let links: [Link]
    /// What showing the message would load, as far as the program does not ask first.
    public let loads: [Link]
    /// The hosts of ``loads``, and how many things each would give; the most first.
    public var loadHosts: [(host: String, count: Int)] {
        var counts: [String: Int] = [:]
        for load in loads { counts[load.address?.host ?? "", default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }
    /// Links and forms that HTML readers differ on.
    public let disagreements: [(link: Link, isSeenByBrowsers: Bool)]
    public let attachments: [Attachment]
    /// Damage found while undoing transfer encodings, by part.
    public let faults: [(part: Int, faults: [Located<DecodedBody.Fault>], count: Int)]
    public let limitHits: [LimitHit]
    /// HTML parts that were not read, for want of libxml2.
    public let unreadHTML: [Int]

    public init(of message: Message) {
        var reading = Reading(limits: message.source.limits)
        for part in message.parts where !part.contentType.isMultipart {
            if message.isHeaderOnly && part.depth == 0 { continue }
            if part.isLeaf || !part.encoding.isIdentity { reading.read(part) }
        }
        texts = reading.texts
        links = reading.links
        loads = reading.loads
        disagreements = reading.disagreements
        attachments = reading.attachments
        faults = reading.faults
        limitHits = reading.limitHits
        unreadHTML = reading.unreadHTML
    }
}

private struct Reading {
    let limits: Limits
    var texts: [Contents.Text] = []
    var links: [Contents.Link] = []
    var loads: [Contents.Link] = []
    var disagreements: [(link: Contents.Link, isSeenByBrowsers: Bool)] = []
    var attachments: [Contents.Attachment] = []
    var faults: [(part: Int, faults: [Located<DecodedBody.Fault>], count: Int)] = []
    var limitHits: [LimitHit] = []
    var unreadHTML: [Int] = []

    mutating func read(_ part: Part) {
        let isAttachment = part.disposition?.type == "attachment" || part.fileName != nil
        if part.contentType.isText {
            let text = part.decodedText()
            note(part, text.body)
            readText(text)
            if isAttachment {
                attach(part, text.body)
            } else {
                attach(part, EmbeddedFile.all(in: text.body.bytes))
            }
        } else {
            let body = part.decoded()
            note(part, body)
            attach(part, body)
            for file in TNEF.attachments(in: body.bytes) ?? [] {
                attach(
                    part, Array(body.bytes[file.data]), name: Located(file.name, at: part.place(of: part.body)),
                    type: "in winmail.dat")
            }
        }
    }

    private mutating func note(_ part: Part, _ body: DecodedBody) {
        if body.faultCount > 0 {
            faults.append(
                (part.index, body.faults.map { Located($0.value, at: part.place(of: $0.range)) }, body.faultCount))
        }
        if let hit = body.limitHit {
            limitHits.append(LimitHit(hit.name, of: limits, unread: part.place(of: hit.unread)))
        }
    }

    private mutating func readText(_ text: DecodedText) {
        let part = text.part
        let isHTML = part.contentType.subtype == "html"
        var beginning = ""
        if isHTML {
            var limits = limits
            limits[.links] = max(0, limits[.links] - links.count - loads.count)
            let document = HTMLDocument(text.utf8, limits: limits)
            beginning = document.text
            let all = document.references + document.disagreements.map(\.reference)
            let places = text.places(of: all.map(\.tag))
            // The first base counts. WHATWG HTML §4.2.3
            let base = document.references.first { $0.use == .base }.flatMap { WebAddress($0.target) }
            let found = zip(all, places).map { reference, place in
                let address = WebAddress(reference.target, relativeTo: base)
                return Contents.Link(
                    part: part.index, element: reference.element, use: reference.use,
                    target: Located(reference.target, at: place), visibleText: reference.visibleText,
                    address: address,
                    carried: reference.use == .load ? [] : address.map(LinkWrapper.unwrapped) ?? [])
            }
            let own = found.prefix(document.references.count)
            links += own.filter { [.click, .submit, .refresh, .ping].contains($0.use) }
            // What the message brings along is not loaded from anywhere.
            loads += own.filter { $0.use == .load && $0.address?.isWeb == true }
            disagreements += zip(found.dropFirst(own.count), document.disagreements).map { ($0, $1.isSeenByBrowsers) }
            if document.isUnread { unreadHTML.append(part.index) }
            if let hit = document.hit {
                let place =
                    text.places(of: [hit.offset..<min(hit.offset + 1, text.utf8.count)]).first
                    ?? part.place(of: part.body)
                let unread = place.lowerBound..<max(place.upperBound, part.place(of: part.body).upperBound)
                limitHits.append(LimitHit(hit.name, of: part.source.limits, unread: unread))
            }
        } else {
            beginning = String(decoding: text.shown.prefix(4096), as: UTF8.self)
            readLinks(text)
        }
        texts.append(
            Contents.Text(
                part: part.index, declared: text.declared.map { part.outermost($0.label) },
                isKnown: text.declared?.charset != nil, charset: text.used.name, guessed: text.guessed?.name,
                replacements: text.replacements, beginning: beginning, isHTML: isHTML))
    }

    /// What mail programs make clickable in plain text.
    private mutating func readLinks(_ text: DecodedText) {
        let room = max(0, limits[.links] - links.count - loads.count)
        let found = TextLinks.all(in: text.utf8, limit: room.addingClamped(1))
        let places = text.places(of: found.map(\.range))
        if found.count > room, let place = places.last {
            let end = text.part.place(of: text.part.body).upperBound
            limitHits.append(
                LimitHit(.links, of: text.part.source.limits, unread: place.lowerBound..<max(place.upperBound, end)))
        }
        for (candidate, place) in zip(found, places).prefix(room) {
            let address = WebAddress(candidate.target)
            links.append(
                Contents.Link(
                    part: text.part.index, element: "text", use: .click, target: Located(candidate.target, at: place),
                    visibleText: candidate.target, address: address, carried: address.map(LinkWrapper.unwrapped) ?? []))
        }
    }

    private mutating func attach(_ part: Part, _ body: DecodedBody) {
        attach(part, body.bytes, name: part.fileName.map(part.outermost), type: part.contentType.mediaType)
    }

    /// Files that stand encoded in a text.
    private mutating func attach(_ part: Part, _ files: [EmbeddedFile]) {
        guard !files.isEmpty else { return }
        let map = part.decoded(mapped: true).map
        for file in files {
            attach(
                part, file.bytes,
                name: file.name.map { Located($0.value, at: part.place(of: map.encoded($0.range))) },
                type: "\(file.encoding.rawValue) in \(part.contentType.mediaType)")
        }
    }

    private mutating func attach(_ part: Part, _ bytes: [UInt8], name: Located<String>?, type: String) {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        let digits = Array("0123456789abcdef".utf8)
        let hexadecimal = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }
        attachments.append(
            Contents.Attachment(
                part: part.index, name: name, declaredType: type, type: FileType(bytes[...]), size: bytes.count,
                sha256: String(decoding: hexadecimal, as: UTF8.self)))
    }
}
