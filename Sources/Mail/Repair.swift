/// A stretch of the input that was read as something else, because pasting had damaged it.
public struct Repair: Hashable, Sendable {
    public enum Kind: String, Sendable {
        /// A UTF-8 byte order mark before the message.
        case byteOrderMark = "byte-order-mark"
        /// Empty lines before the header section.
        case leadingBlankLines = "leading-blank-lines"
        /// Lines that a web page or a mail program shows above the source.
        case preamble
        /// The `From ` line with which mbox files separate messages. RFC 4155
        case mboxLine = "mbox-line"
        /// White space or `>` before every line.
        case indentation
        /// `&lt;` for `<`: text copied out of a page's source.
        case entity
    }

    public let kind: Kind
    /// What stands in the input.
    public let given: ByteRange
    /// Where its replacement stands in the bytes that are read; empty if it was left out.
    public let read: ByteRange

    /// The input repaired, and every repair in order. An undamaged input comes back as it is.
    static func undoing(_ given: [UInt8]) -> (bytes: [UInt8], repairs: [Repair]) {
        var damage = Damage(given)
        damage.findStart()
        damage.findIndentation()
        damage.findEntities()
        return damage.repaired()
    }
}

/// What is wrong with an input, before it is undone.
private struct Damage {
    let bytes: [UInt8]
    /// Where the header section starts, and the stretches before it that are left out.
    var start = 0
    var leadIn: [(kind: Repair.Kind, range: ByteRange)] = []
    /// What stands before every line.
    var indentation: [UInt8] = []
    /// Up to where HTML entities are decoded.
    var entitiesEnd = 0

    /// How far into an input its header section may start.
    static let leadInLimit = 16 << 10
    static let linesLookedAt = 200

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private func line(from start: Int) -> (content: ByteRange, next: Int) {
        let newline = bytes.firstOffset(of: .lineFeed, in: start..<bytes.count)
        var end = newline ?? bytes.count
        if newline != nil, end > start, bytes[end - 1] == .carriageReturn { end -= 1 }
        return (start..<end, newline.map { $0 + 1 } ?? bytes.count)
    }

    private func isBlank(_ line: ByteRange) -> Bool { bytes[line].allSatisfy(\.isFolding) }

    /// Whether a line starts like a header field, once `indentation` is taken off.
    private func fieldName(_ line: ByteRange) -> ArraySlice<UInt8>? {
        let line = bytes[line].drop { $0.isBlank || $0 == UInt8(ascii: ">") }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = line[..<colon]
        return !name.isEmpty && name.allSatisfy(\.isFieldName) ? name : nil
    }

    mutating func findStart() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            leadIn.append((.byteOrderMark, 0..<3))
            start = 3
        }
        skipBlankLines()
        skipMboxLine()
        if start < bytes.count, fieldName(line(from: start).content) == nil, let header = headerAfterPreamble() {
            leadIn.append((.preamble, start..<header))
            start = header
            skipMboxLine()
        }
    }

    private mutating func skipBlankLines() {
        var position = start
        var after = start
        while position < bytes.count {
            let line = line(from: position)
            guard isBlank(line.content) else { break }
            position = line.next
            after = line.next
        }
        // Nothing but white space is kept as it is.
        guard after > start, after < bytes.count else { return }
        leadIn.append((.leadingBlankLines, start..<after))
        start = after
    }

    private mutating func skipMboxLine() {
        let first = line(from: start)
        let content = bytes[first.content].drop { $0 == UInt8(ascii: ">") }
        guard content.starts(with: "From ".utf8), first.next < bytes.count,
            fieldName(line(from: first.next).content) != nil
        else { return }
        leadIn.append((.mboxLine, start..<first.next))
        start = first.next
    }

    /// Where the header section starts when it is not at the top: the longest run of fields nearby, if it has fields
    /// that every message has.
    private func headerAfterPreamble() -> Int? {
        var best: (start: Int, fields: Int)?
        var run: (start: Int, fields: Int, known: Int)?
        var position = start
        var lines = 0
        let limit = min(bytes.count, start + Self.leadInLimit)
        func close() {
            if let run, run.fields >= 2, run.known >= 1, run.fields > best?.fields ?? 0 {
                best = (run.start, run.fields)
            }
        }
        while position < bytes.count {
            let line = line(from: position)
            if let name = fieldName(line.content) {
                let known = Self.anchors.contains { name.equalsASCII($0) } ? 1 : 0
                run = (run?.start ?? position, (run?.fields ?? 0) + 1, (run?.known ?? 0) + known)
            } else if run == nil || line.content.isEmpty || !bytes[line.content.lowerBound].isBlank {
                close()
                run = nil
                // A run that begins nearby is followed to its end; none is begun far from the top.
                if line.next > limit || lines > Self.linesLookedAt { break }
            }
            position = line.next
            lines += 1
        }
        close()
        return best?.start
    }

    /// Fields of which a real header section has at least one.
    private static let anchors: [StaticString] = [
        "received", "return-path", "delivered-to", "from", "date", "message-id", "mime-version", "dkim-signature",
    ]

    /// A message is indented when all lines of its header section are, in the same way.
    mutating func findIndentation() {
        let first = line(from: start)
        let lead = bytes[first.content].prefix { $0.isBlank || $0 == UInt8(ascii: ">") }
        guard !lead.isEmpty, fieldName(first.content) != nil else { return }
        var position = first.next
        var lines = 1
        while position < bytes.count, lines < Self.linesLookedAt {
            let line = line(from: position)
            if isBlank(line.content) || bytes[line.content].elementsEqual(trimmedEnd(lead)) { break }
            guard bytes[line.content].starts(with: lead) else { return }
            position = line.next
            lines += 1
        }
        if lines > 1 { indentation = Array(lead) }
    }

    private func trimmedEnd(_ lead: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        lead.last?.isBlank == true ? lead.dropLast() : lead
    }

    /// `&lt;` stands for `<` in a header section that has no `<`; in the body too if it has none either.
    mutating func findEntities() {
        var header = start
        var sawEntity = false
        while header < bytes.count, header < start + (1 << 20) {
            let line = line(from: header)
            if isBlank(line.content) { break }
            if bytes[line.content].contains(UInt8(ascii: "<")) { return }
            sawEntity = sawEntity || contains("&lt;", in: line.content)
            header = line.next
        }
        guard sawEntity else { return }
        entitiesEnd =
            bytes.firstOffset(of: UInt8(ascii: "<"), in: header..<bytes.count) == nil ? bytes.count : header
    }

    private func contains(_ text: StaticString, in line: ByteRange) -> Bool {
        var position = line.lowerBound
        while let offset = bytes.firstOffset(of: UInt8(ascii: "&"), in: position..<line.upperBound) {
            if bytes.hasASCII(text, at: offset) { return true }
            position = offset + 1
        }
        return false
    }

    func repaired() -> (bytes: [UInt8], repairs: [Repair]) {
        if leadIn.isEmpty, indentation.isEmpty, entitiesEnd == 0 { return (bytes, []) }
        var repairs = leadIn.map { Repair(kind: $0.kind, given: $0.range, read: 0..<0) }
        if indentation.isEmpty, entitiesEnd == 0 { return (Array(bytes[start...]), repairs) }
        var read: [UInt8] = []
        read.reserveCapacity(bytes.count)
        var position = start
        var isIndented = !indentation.isEmpty
        while position < bytes.count {
            let line = line(from: position)
            if isIndented {
                let lead =
                    bytes[line.content].starts(with: indentation)
                    ? indentation.count : isBlank(line.content) || isOnlyLead(line.content) ? line.content.count : nil
                if let lead {
                    if lead > 0 {
                        repairs.append(
                            Repair(
                                kind: .indentation, given: position..<position + lead, read: read.count..<read.count))
                    }
                    position += lead
                } else {
                    isIndented = false
                }
            }
            appendLine(position..<line.next, to: &read, &repairs)
            position = line.next
        }
        return (read, repairs)
    }

    private func isOnlyLead(_ line: ByteRange) -> Bool { bytes[line].elementsEqual(trimmedEnd(indentation[...])) }

    private func appendLine(_ line: ByteRange, to read: inout [UInt8], _ repairs: inout [Repair]) {
        var position = line.lowerBound
        let end = min(line.upperBound, entitiesEnd)
        while let offset = bytes.firstOffset(of: UInt8(ascii: "&"), in: position..<max(position, end)) {
            read += bytes[position..<offset]
            if let entity = Self.entities.first(where: { bytes.hasASCII($0.text, at: offset) }) {
                let given = offset..<offset + entity.text.utf8CodeUnitCount
                repairs.append(Repair(kind: .entity, given: given, read: read.count..<read.count + 1))
                read.append(entity.byte)
                position = given.upperBound
            } else {
                read.append(bytes[offset])
                position = offset + 1
            }
        }
        read += bytes[position..<line.upperBound]
    }

    private static let entities: [(text: StaticString, byte: UInt8)] = [
        ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")), ("&amp;", UInt8(ascii: "&")),
        ("&quot;", UInt8(ascii: "\"")), ("&#39;", UInt8(ascii: "'")), ("&apos;", UInt8(ascii: "'")),
        ("&nbsp;", UInt8(ascii: " ")),
    ]
}
