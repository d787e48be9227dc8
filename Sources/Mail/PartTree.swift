/// Reads the tree of parts in one pass over the bytes, with a stack of its own. RFC 2046 §5.1
///
/// A delimiter line closes everything inside the multipart it belongs to: an inner end delimiter may be missing.
struct PartTree {
    private let source: Source
    private var lineEnd: UInt8 { source.lineEnd }
    private let end: Int
    private(set) var parts: [Part] = []
    private(set) var defects: [Located<Defect>] = []
    private(set) var limitHits: [LimitHit] = []

    /// A part whose end is not known yet.
    private struct Open {
        let part: Int
        /// Whether a message stands encoded in it, which is read when its end is known.
        var isEncodedMessage = false
        /// The boundary that divides it, if it is a multipart.
        let boundary: ArraySlice<UInt8>?
        /// How many blanks the boundary has behind it.
        var boundaryBlanks = 0
        let boundaryRange: ByteRange
    }

    /// Depth of the tree's own root, when it is that of a message inside a message.
    private let baseDepth: Int
    private var open: [Open] = []
    /// For each boundary that is open, the indices in `open` that have it; the last one is looked for.
    private var boundaries: [ArraySlice<UInt8>: [Int]] = [:]
    private var longestBoundary = 0
    private var isFull = false

    init(_ source: Source, depth: Int = 0) {
        self.source = source
        baseDepth = depth
        end = source.bytes.count
        if source.cut > 0 {
            limitHits.append(LimitHit(.input, of: source.limits, unread: end..<end.addingClamped(source.cut)))
        }
        var position = openPart(at: 0, parent: nil, digest: false)
        while let delimiter = nextDelimiter(from: position) {
            position = take(delimiter)
            if isFull { break }
        }
        close(downTo: 0, at: end)
    }

    // MARK: Delimiters

    private struct Delimiter {
        /// The line with the line end before it, which belongs to it, and the one after.
        let range: ByteRange
        let level: Int
        let isEnd: Bool
    }

    // delimiter := CRLF "--" boundary ; close-delimiter := delimiter "--"
    /// The next line that is a delimiter of an open multipart.
    private func nextDelimiter(from start: Int) -> Delimiter? {
        guard !boundaries.isEmpty else { return nil }
        if let found = delimiter(at: start) { return found }
        var position = start
        while let line = source.bytes.firstDashes(after: position, lineEnd: lineEnd) {
            if let found = delimiter(at: line) { return found }
            position = line
        }
        return nil
    }

    private func delimiter(at start: Int) -> Delimiter? {
        let held = source.bytes
        let bytes = held.span
        let dash = UInt8(ascii: "-")
        guard start + 2 < end, bytes[start] == dash, bytes[start + 1] == dash else { return nil }
        let line = bytes.line(from: start, to: end, lineEnd: lineEnd)
        var content = line.content
        // transport-padding := *LWSP-char
        while content > start + 2, bytes[content - 1].isFolding { content -= 1 }
        let text = start + 2..<content
        guard text.count <= longestBoundary + 2 else { return nil }
        let blanks = line.content - content
        var level = level(of: text, blanks: blanks)
        var isEnd = false
        if level == nil, text.count >= 2, bytes[content - 1] == dash, bytes[content - 2] == dash {
            var inner = content - 2
            while inner > start + 2, bytes[inner - 1].isBlank { inner -= 1 }
            level = self.level(of: start + 2..<inner, blanks: content - 2 - inner, isEnd: true)
            isEnd = true
        }
        guard let level else { return nil }
        return Delimiter(range: lineEndBefore(start)..<line.next, level: level, isEnd: isEnd)
    }

    /// The open multipart that this boundary divides, `blanks` blanks behind it.
    private func level(of text: ByteRange, blanks: Int, isEnd: Bool = false) -> Int? {
        guard let level = boundaries[source.bytes[text]]?.last else { return nil }
        // A boundary may not end in blanks (RFC 2046 §5.1.1). One that does is found with them, or where transport took all off.
        let wanted = open[level].boundaryBlanks
        return blanks == wanted || (isEnd ? false : blanks == 0 || blanks > wanted) ? level : nil
    }

    /// Where the line end before `start` begins.
    private func lineEndBefore(_ start: Int) -> Int {
        let held = source.bytes
        let bytes = held.span
        guard start > 0, bytes[start - 1] == lineEnd else { return start }
        return lineEnd == .lineFeed && start > 1 && bytes[start - 2] == .carriageReturn ? start - 2 : start - 1
    }

    /// Closes what the delimiter ends and opens what it begins; comes back with where to read on.
    private mutating func take(_ delimiter: Delimiter) -> Int {
        // A delimiter right after a header section has no line end of its own before it.
        let bodyStart = open.last.map { parts[$0.part].body.lowerBound } ?? 0
        let start = min(max(delimiter.range.lowerBound, bodyStart), delimiter.range.upperBound)
        close(downTo: delimiter.level + 1, at: start)
        let multipart = open[delimiter.level].part
        parts[multipart].delimiters.append(start..<delimiter.range.upperBound)
        if delimiter.isEnd {
            parts[multipart].isClosed = true
            forgetBoundary(at: delimiter.level)
            return delimiter.range.upperBound
        }
        if parts.count >= source.limits[.parts] {
            limitHits.append(LimitHit(.parts, of: source.limits, unread: delimiter.range.upperBound..<end))
            isFull = true
            return end
        }
        let isDigest = parts[multipart].contentType.subtype == "digest"
        return openPart(at: delimiter.range.upperBound, parent: multipart, digest: isDigest)
    }

    // MARK: Parts

    /// Reads the header of a part, and of the message in it if it is one; comes back with where its body is read on.
    private mutating func openPart(at start: Int, parent: Int?, digest: Bool) -> Int {
        var start = start
        var parent = parent
        var digest = digest
        while true {
            let header = Header(source, in: start..<end, lineEnd: lineEnd) {
                !boundaries.isEmpty && delimiter(at: $0) != nil
            }
            if !header.defects.isEmpty { defects += header.defects }
            if !header.limitHits.isEmpty { limitHits += header.limitHits }
            let part = part(header, parent: parent, digest: digest)
            if let hit = part.contentType.parameters.limitHit { limitHits.append(hit) }
            parts.append(part)
            if let parent { parts[parent].children.append(part.index) }
            let boundary = boundary(of: part)
            open.append(
                Open(
                    part: part.index, boundary: boundary?.bytes, boundaryBlanks: boundary?.blanks ?? 0,
                    boundaryRange: boundary?.range ?? header.range))
            if let boundary {
                boundaries[boundary.bytes, default: []].append(open.count - 1)
                longestBoundary = max(longestBoundary, boundary.bytes.count + boundary.blanks)
            }
            guard part.contentType.isMessage, hasRoomBelow(part) else { return header.range.upperBound }
            guard part.encoding.isIdentity else {
                open[open.count - 1].isEncodedMessage = true
                return header.range.upperBound
            }
            (start, parent, digest) = (header.range.upperBound, part.index, false)
        }
    }

    private func part(_ header: Header, parent: Int?, digest: Bool) -> Part {
        var type: ContentType?
        var hasType = false
        var encoding: TransferEncoding?
        for field in header.fields where source.bytes.hasASCII("content-t", at: field.name.lowerBound) {
            // The first of several counts; so it does for most readers.
            if !hasType, field.isNamed(ascii: "content-type", in: source.bytes) {
                hasType = true
                type = try? source.read(ContentType.self, in: field.value).get()
            } else if encoding == nil, field.isNamed(ascii: "content-transfer-encoding", in: source.bytes) {
                encoding =
                    (try? source.read(ContentTransferEncoding.self, in: field.value).get())?.encoding ?? .sevenBit
            }
        }
        return Part(
            source: source, index: parts.count, parent: parent,
            depth: parent.map { parts[$0].depth + 1 } ?? baseDepth, fields: header.fields, header: header.range,
            body: header.range.upperBound..<end, contentType: type ?? (digest ? .message : .plainText),
            declaresType: type != nil, encoding: encoding ?? .sevenBit)
    }

    private mutating func boundary(of part: Part) -> (
        bytes: ArraySlice<UInt8>, blanks: Int, range: ByteRange
    )? {
        guard part.contentType.isMultipart else { return nil }
        if !part.encoding.isIdentity { defects.append(Located(.encodedComposite, at: part.header)) }
        guard let range = part.contentType.parameters["boundary"]?.range, var bytes = part.contentType.boundary else {
            defects.append(Located(.missingBoundary, at: part.header))
            return nil
        }
        let length = bytes.count
        while bytes.last?.isFolding == true { bytes.removeLast() }
        // An empty boundary is against the rules, and divides at lines of two hyphens.
        if bytes.isEmpty { defects.append(Located(.missingBoundary, at: part.header)) }
        guard hasRoomBelow(part) else { return nil }
        return (bytes[...], length - bytes.count, range)
    }

    private mutating func hasRoomBelow(_ part: Part) -> Bool {
        if part.depth < source.limits[.nesting] { return true }
        limitHits.append(LimitHit(.nesting, of: source.limits, unread: part.body))
        return false
    }

    // MARK: Ends

    private mutating func close(downTo level: Int, at offset: Int) {
        while open.count > level {
            let last = open.count - 1
            let part = open[last].part
            let start = parts[part].body.lowerBound
            parts[part].body = start..<max(start, offset)
            // The line end after an inner delimiter is the beginning of the outer one that follows at once. RFC 2046 §5.1.1
            if let end = parts[part].delimiters.last, end.upperBound > offset {
                parts[part].delimiters[parts[part].delimiters.count - 1] = min(end.lowerBound, offset)..<offset
            }
            if open[last].boundary != nil, !parts[part].isClosed {
                let isUsed = !parts[part].delimiters.isEmpty
                defects.append(Located(isUsed ? .unclosedMultipart : .unusedBoundary, at: open[last].boundaryRange))
            }
            if !parts[part].isClosed { forgetBoundary(at: last) }
            if open[last].isEncodedMessage { readEncodedMessage(in: part) }
            open.removeLast()
        }
    }

    /// Reads a message that stands encoded, which RFC 2046 §5.2.1 forbids and mail programs read all the same. Its parts point into
    /// a source of their own.
    private mutating func readEncodedMessage(in part: Int) {
        let outer = parts[part]
        var levels = 0
        var enclosing = source.enclosing
        while let next = enclosing { (levels, enclosing) = (levels + 1, next.source.enclosing) }
        // Each level is decoded whole.
        guard levels < source.limits[.encodedMessages] else {
            return limitHits.append(LimitHit(.encodedMessages, of: source.limits, unread: outer.body))
        }
        let decoded = outer.decoded(mapped: true)
        if let hit = decoded.limitHit { limitHits.append(hit) }
        let inner = PartTree(
            Source(decoded: decoded, of: outer.body, in: source), depth: outer.depth + 1)
        guard parts.count + inner.parts.count <= source.limits[.parts] else {
            return limitHits.append(LimitHit(.parts, of: source.limits, unread: outer.body))
        }
        let shift = parts.count
        for var inside in inner.parts {
            inside.index += shift
            inside.parent = inside.parent.map { $0 + shift } ?? part
            inside.children = inside.children.map { $0 + shift }
            parts.append(inside)
        }
        parts[part].children = [shift]
        func outside(_ range: ByteRange) -> ByteRange { inner.source.enclosing?.map.encoded(range) ?? outer.body }
        defects += inner.defects.map { Located($0.value, at: outside($0.range)) }
        limitHits += inner.limitHits.map { LimitHit($0.name, of: source.limits, unread: outside($0.unread)) }
    }

    private mutating func forgetBoundary(at level: Int) {
        guard let boundary = open[level].boundary else { return }
        boundaries[boundary]?.removeAll { $0 == level }
        if boundaries[boundary]?.isEmpty == true { boundaries[boundary] = nil }
    }
}
