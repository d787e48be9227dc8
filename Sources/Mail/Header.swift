/// A header section: its fields, and where it ends. RFC 5322 §2.2
struct Header {
    private(set) var fields: [HeaderField] = []
    /// From the first byte to the end of the separating empty line.
    private(set) var range: ByteRange
    private(set) var defects: [Located<Defect>] = []
    private(set) var limitHits: [LimitHit] = []

    // fields = *(field / obs-field), then CRLF
    /// Reads fields up to the first empty line, in one pass.
    ///
    /// A line that is no field is kept and passed over if fields follow it; if none does, the body starts there. The
    /// section also ends before a line that begins with "--" and of which `isDelimiter` says that it ends the part.
    init(_ source: Source, in range: ByteRange, lineEnd: UInt8, isDelimiter: (Int) -> Bool) {
        self.range = range
        let held = source.bytes
        let bytes = held.span
        let end = range.upperBound
        let fieldLimit = source.limits[.fields]
        let sizeLimit = source.limits[.fieldSize]
        let dash = UInt8(ascii: "-")
        var position = range.lowerBound
        var strayStart: Int?
        var strays: [Located<Defect>] = []
        fields.reserveCapacity(24)

        while position < end {
            let start = position
            let startsWithDashes = bytes[start] == dash && start + 1 < end && bytes[start + 1] == dash
            if startsWithDashes, isDelimiter(start) { break }
            var line = bytes.line(from: position, to: end, lineEnd: lineEnd)
            if line.content == start {
                if strayStart == nil { position = line.next }
                break
            }
            // An empty line ends the section; a line of blanks does not, it continues the field. RFC 5322 §4.2
            while line.next < end, bytes[line.next].isBlank {
                line = bytes.line(from: line.next, to: end, lineEnd: lineEnd)
            }
            position = line.next

            var colon = start
            while colon < line.content, bytes[colon].isFieldName { colon += 1 }
            let nameEnd = colon
            while colon < line.content, bytes[colon].isBlank { colon += 1 }
            guard nameEnd > start, colon < line.content, bytes[colon] == UInt8(ascii: ":") else {
                strayStart = strayStart ?? start
                let isContinuation = fields.isEmpty && bytes[start].isBlank
                strays.append(
                    Located(isContinuation ? .continuationWithoutField : .lineIsNoField, at: start..<line.content))
                // What looks like a delimiter line belongs to a body that began unannounced.
                if startsWithDashes { break }
                continue
            }
            strayStart = nil
            if fields.count >= fieldLimit {
                limitHits.append(LimitHit(.fields, of: source.limits, unread: start..<end))
                position = Self.skipToSeparator(bytes, from: start, to: end, lineEnd: lineEnd)
                break
            }
            if !strays.isEmpty {
                defects += strays
                strays = []
            }
            if nameEnd < colon { defects.append(Located(.blankBeforeColon, at: nameEnd..<colon)) }
            if line.content - colon - 1 > sizeLimit {
                let unread = colon + 1 + sizeLimit..<line.content
                limitHits.append(LimitHit(.fieldSize, of: source.limits, unread: unread))
            }
            fields.append(HeaderField(range: start..<line.next, name: start..<nameEnd, value: colon + 1..<line.content))
        }
        if let strayStart {
            // Nothing but strays to the end of the section: they are the body's first lines.
            if !fields.isEmpty { defects.append(Located(.missingSeparator, at: strayStart..<strayStart)) }
            position = strayStart
        }
        self.range = range.lowerBound..<position
    }

    /// Where the body starts when the fields are too many to be kept.
    private static func skipToSeparator(_ bytes: Span<UInt8>, from start: Int, to end: Int, lineEnd: UInt8) -> Int {
        var position = start
        while position < end {
            let line = bytes.line(from: position, to: end, lineEnd: lineEnd)
            if line.content == position { return line.next }
            position = line.next
        }
        return end
    }
}
