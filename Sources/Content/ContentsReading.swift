import Mail

/// Reads the parts of a message, one after the other.
struct ContentsReading {
    let limits: Limits
    var texts: [Contents.Text] = []
    var links: [Contents.Link] = []
    var loads: [Contents.Link] = []
    var pages: [HTMLPage] = []
    var calendars: [Calendar] = []
    var codes: [PictureCode] = []
    var unsearchedPictures: [Int] = []
    private var pictures: PictureSearch
    var attachments: [Contents.Attachment] = []
    var faults: [(part: Int, faults: [Located<DecodedBody.Fault>], count: Int)] = []
    var limitHits: [LimitHit] = []
    var unread: Set<Unread> = []

    init(limits: Limits) {
        self.limits = limits
        pictures = PictureSearch(limits: limits)
    }

    mutating func read(_ part: Part) {
        let isAttachment = part.disposition?.type == "attachment" || part.fileName != nil
        if part.contentType.isText {
            let text = part.decodedText(mapped: true)
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
            readFile(body.bytes, part.fileName?.value, part)
            for file in TNEF.attachments(in: body.bytes) ?? [] {
                let bytes = Array(body.bytes[file.data])
                attach(
                    part, bytes, name: Located(file.name, at: part.messageRange(of: part.body)), type: "in winmail.dat")
                readFile(bytes, file.name, part)
            }
        }
    }

    private mutating func note(_ part: Part, _ body: DecodedBody) {
        if body.faultCount > 0 {
            faults.append(
                (
                    part.index, body.faults.map { Located($0.value, at: part.messageRange(of: $0.range)) },
                    body.faultCount
                ))
        }
        if let hit = body.limitHit {
            limitHits.append(LimitHit(hit.name, of: limits, unread: part.messageRange(of: hit.unread)))
        }
    }

    private mutating func note(_ what: Unread.What, _ part: Part, _ library: Library) {
        unread.insert(Unread(part: part.index, what: what, library: library))
    }

    private mutating func readText(_ text: DecodedText) {
        let part = text.part
        let isHTML = part.contentType.subtype == "html"
        if let missing = text.missing {
            note(missing == .icu ? .text(text.used.name) : .charset, part, missing)
        }
        let shown: String
        if isHTML {
            // What a page says of its charset is right or wrong only where that is known.
            let used = text.missing == .uchardet ? nil : text.used
            shown = readHTML(text.utf8, used, part, at: text.rangeMap().messageRange(of:))
        } else if ["calendar", "vcard", "x-vcard", "directory"].contains(part.contentType.subtype) {
            shown = String(decoding: text.utf8.prefix(HTMLShown.kept), as: UTF8.self)
            readCard(text.utf8, part, text.ranges(of:))
        } else {
            shown = String(decoding: text.shown.prefix(HTMLShown.kept), as: UTF8.self)
            if let code = PictureSearch.codeInText(text.utf8) {
                let range = text.ranges(of: [code.range]).first ?? part.messageRange(of: part.body)
                add(code.text, .text, part, at: range)
                if !PictureSearch.canRead { note(.codes, part, .zbar) }
            }
            readLinks(text.utf8, part, text.ranges(of:))
        }
        texts.append(
            Contents.Text(
                part: part.index, declared: text.declared.map { part.outermost($0.label) },
                isKnown: text.declared?.charset != nil, charset: text.used.name, guessed: text.guessed?.name,
                replacements: text.replacements, missing: text.missing, shown: shown, isHTML: isHTML))
    }

    /// Comes back with what is seen.
    ///
    /// - Parameters:
    ///   - used: the charset that the page was read in; `nil` when its own word for that does not count.
    ///   - messageRange: leads from the UTF-8 to the message.
    private mutating func readHTML(
        _ utf8: [UInt8], _ used: Charset?, _ part: Part, at messageRange: @escaping @Sendable (ByteRange) -> ByteRange
    ) -> String {
        var limits = limits
        limits[.links] = max(0, limits[.links] - links.count - loads.count)
        let page = HTMLPage(HTMLDocument(utf8, limits: limits), in: part, readAs: used, at: messageRange)
        pages.append(page)
        let found = page.document.references.map(page.link)
        links += found.filter { [.click, .submit, .refresh, .ping].contains($0.use) }
        // What the message brings along is not loaded from anywhere.
        loads += found.filter { $0.use == .load && $0.address?.isWeb == true }
        for load in found where load.use == .load && load.address?.scheme == "data" {
            searchData(load.target.value, part, at: load.target.range)
        }
        // White space is lost in a page's text, so a code in it is noticed and not read.
        let shown = Array(page.document.text.utf8)
        if let code = PictureSearch.codeInText(shown) {
            add(code.text, .text, part, at: part.messageRange(of: part.body))
        }
        if page.document.isUnread { note(.html, part, .libxml2) }
        if let hit = page.document.hit {
            let range = page.inMessage(hit.offset..<min(hit.offset + 1, utf8.count))
            let unread = range.lowerBound..<max(range.upperBound, part.messageRange(of: part.body).upperBound)
            limitHits.append(LimitHit(hit.name, of: part.source.limits, unread: unread))
        }
        return page.document.text
    }

    private mutating func readCard(_ utf8: [UInt8], _ part: Part, _ findRanges: ([ByteRange]) -> [ByteRange]) {
        let card = CardReading(utf8, limit: max(0, limits[.links] - links.count - loads.count))
        let ranges = findRanges(card.links.map(\.range) + [card.organizer?.range ?? 0..<0])
        for (one, range) in zip(card.links, ranges) {
            let address = WebAddress(one.target)
            let link = Contents.Link(
                part: part.index, element: card.isCalendar ? "calendar" : "card", use: one.use,
                target: Located(one.target, at: range), visibleText: one.shown, address: address,
                carried: address.map(LinkWrapper.unwrapped) ?? [])
            if one.use == .load { loads.append(link) } else { links.append(link) }
        }
        guard card.isCalendar else { return }
        calendars.append(
            Calendar(
                part: part.index, method: card.method,
                organizer: card.organizer.flatMap { one in ranges.last.map { Located(one.address, at: $0) } },
                summary: card.summary, attendees: card.attendees))
    }

    /// What mail programs make clickable in plain text.
    private mutating func readLinks(_ utf8: [UInt8], _ part: Part, _ findRanges: ([ByteRange]) -> [ByteRange]) {
        let room = max(0, limits[.links] - links.count - loads.count)
        let found = TextLinks.all(in: utf8, limit: room.addingClamped(1))
        let ranges = findRanges(found.map(\.range))
        if found.count > room, let range = ranges.last {
            let end = part.messageRange(of: part.body).upperBound
            limitHits.append(
                LimitHit(.links, of: part.source.limits, unread: range.lowerBound..<max(range.upperBound, end)))
        }
        for (candidate, range) in zip(found, ranges).prefix(room) {
            let address = WebAddress(candidate.target)
            links.append(
                Contents.Link(
                    part: part.index, element: "text", use: .click, target: Located(candidate.target, at: range),
                    visibleText: candidate.target, address: address,
                    carried: address.map(LinkWrapper.unwrapped) ?? []))
        }
    }

    /// What leads somewhere in a file that is attached under another type, or that stands encoded in a text.
    private mutating func readFile(_ bytes: [UInt8], _ name: String?, _ part: Part) {
        let ending = name.flatMap { $0.split(separator: ".").last?.lowercased() } ?? ""
        let isMarkup =
            FileType(bytes[...])?.kind == .markup || ["html", "htm", "xhtml", "shtml", "svg"].contains(ending)
        let isCard = ["ics", "vcf"].contains(ending)
        guard isMarkup || isCard || ["txt", "url"].contains(ending) else { return }
        var cannotGuess = false
        let charset = Charset.guess(bytes, isMissing: &cannotGuess) ?? .utf8
        if cannotGuess { note(.charset, part, .uchardet) }
        let decoded = charset.decode(bytes[...])
        if decoded.isUnread { note(.text(charset.name), part, .icu) }
        let utf8 = decoded.utf8
        // A range inside of an encoded file is that of the whole part.
        let whole = part.messageRange(of: part.body)
        func wholeRanges(_ ranges: [ByteRange]) -> [ByteRange] { ranges.map { _ in whole } }
        if isMarkup {
            _ = readHTML(utf8, nil, part) { _ in whole }
        } else if isCard {
            readCard(utf8, part, wholeRanges)
        } else {
            readLinks(utf8, part, wholeRanges)
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
                name: file.name.map { Located($0.value, at: part.messageRange(of: map.encoded($0.range))) },
                type: "\(file.encoding.rawValue) in \(part.contentType.mediaType)")
            readFile(file.bytes, file.name?.value, part)
        }
    }

    private mutating func attach(_ part: Part, _ bytes: [UInt8], name: Located<String>?, type declared: String) {
        let type = FileType(bytes[...])
        let archive = type?.kind == .archive ? ArchiveListing(bytes, limits: limits) : nil
        if type?.kind == .archive, !ArchiveListing.canRead { note(.archive, part, .libarchive) }
        let document = DocumentReading(bytes, type, archive, limits: limits)
        if document.isUnread { note(.streams, part, .zlib) }
        if let limit = archive?.limit ?? document.limit {
            limitHits.append(LimitHit(limit, of: limits, unread: part.messageRange(of: part.body)))
        }
        for target in document.addresses.prefix(max(0, limits[.links] - links.count)) {
            let address = WebAddress(target)
            guard address?.isWeb == true else { continue }
            links.append(
                Contents.Link(
                    part: part.index, element: "document", use: .click,
                    target: Located(target, at: part.messageRange(of: part.body)), visibleText: "", address: address,
                    carried: address.map(LinkWrapper.unwrapped) ?? []))
        }
        search(bytes, type, part)
        attachments.append(
            Contents.Attachment(
                part: part.index, name: name, declaredType: declared, type: type, size: bytes.count,
                digests: Digests(of: bytes), archive: archive,
                marks: DocumentMark.allCases.filter(document.marks.contains)))
    }

    // MARK: Codes

    private mutating func search(_ bytes: [UInt8], _ type: FileType?, _ part: Part) {
        switch pictures.codes(in: bytes, type) {
        case .searched(let texts):
            for text in texts { add(text, .picture, part, at: part.messageRange(of: part.body)) }
        case .tooLarge: limitHits.append(LimitHit(.pixels, of: limits, unread: part.messageRange(of: part.body)))
        case .unreadable: unsearchedPictures.append(part.index)
        case .missing(let library): note(.codes, part, library)
        case nil: break
        }
    }

    private mutating func add(_ text: String?, _ carrier: PictureCode.Carrier, _ part: Part, at range: ByteRange) {
        codes.append(PictureCode(part: part.index, carrier: carrier, text: text, range: range))
        guard let text, let address = WebAddress(text), links.count < limits[.links] else { return }
        links.append(
            Contents.Link(
                part: part.index, element: "code", use: .click, target: Located(text, at: range), visibleText: "",
                address: address, carried: LinkWrapper.unwrapped(address)))
    }

    /// Pictures that stand in the page itself: `data:image/png;base64,…` RFC 2397
    private mutating func searchData(_ target: String, _ part: Part, at range: ByteRange) {
        guard target.prefix(11).lowercased() == "data:image/", let comma = target.firstIndex(of: ","),
            target[..<comma].lowercased().hasSuffix(";base64")
        else { return }
        let encoded = Array(target[target.index(after: comma)...].utf8)
        let bytes = Source(exactly: encoded).decode(0..<encoded.count, from: .base64).bytes
        switch pictures.codes(in: bytes, FileType(bytes[...])) {
        case .searched(let texts): for text in texts { add(text, .picture, part, at: range) }
        case .missing(let library): note(.codes, part, library)
        case .tooLarge, .unreadable, nil: break
        }
    }
}
