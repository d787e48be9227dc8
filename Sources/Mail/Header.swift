/// What is irregular in how a message is built. Each comes with its place.
public enum Defect: String, Hashable, Sendable {
    /// A line among the header fields that is neither a field nor the continuation of one.
    case lineIsNoField
    /// The header section begins with a continuation line.
    case continuationWithoutField
    /// White space between a field's name and its colon, which some readers take for no field.
    case blankBeforeColon
    /// The body begins without the empty line that separates it from the header section.
    case missingSeparator
    /// A multipart entity whose end delimiter is missing.
    case unclosedMultipart
    /// A multipart type without a boundary parameter.
    case missingBoundary
    /// A boundary that never occurs as a delimiter line.
    case unusedBoundary
    /// A composite type in a transfer encoding that RFC 2045 §6.4 does not allow there.
    case encodedComposite
}

/// A header section: its fields, and where it ends. RFC 5322 §2.2
struct Header {
    var fields: [HeaderField] = []
    /// From the first byte to the end of the separating empty line.
    var range: ByteRange
    /// The empty line after the fields, if there is one.
    var separator: ByteRange?
    var defects: [Located<Defect>] = []
    var limitHits: [LimitHit] = []

    // fields = *(field / obs-field), then CRLF
    /// Reads fields up to the first empty line, in one pass.
    ///
    /// A line that is no field is kept and passed over if fields follow it; if none does, the body starts there. The
    /// section also ends before a line of which `isDelimiter` says that it ends the part.
    init(
        _ source: Source, in range: ByteRange, lineEnd: UInt8,
        isDelimiter: (Int) -> Bool = { _ in false }
    ) {
        let bytes = source.bytes
        let end = range.upperBound
        self.range = range
        var position = range.lowerBound
        var strayStart: Int?
        var strays: [Located<Defect>] = []

        func content(_ start: Int) -> (content: Int, next: Int) { source.line(from: start, to: end, lineEnd: lineEnd) }

        while position < end {
            let start = position
            if isDelimiter(start) { break }
            var line = content(position)
            if line.content == start {
                if strayStart == nil { separator = start..<line.next }
                break
            }
            // An empty line ends the section; a line of blanks does not, it continues the field. RFC 5322 §4.2
            while line.next < end, bytes[line.next].isBlank { line = content(line.next) }
            position = line.next

            let colon = bytes.firstPlace(of: UInt8(ascii: ":"), in: start..<line.content)
            var nameEnd = colon ?? start
            while nameEnd > start, bytes[nameEnd - 1].isBlank { nameEnd -= 1 }
            guard let colon, nameEnd > start, bytes[start..<nameEnd].allSatisfy(\.isFieldName) else {
                strayStart = strayStart ?? start
                let isContinuation = fields.isEmpty && bytes[start].isBlank
                // What looks like a delimiter line belongs to a body that began unannounced.
                if bytes[start] == UInt8(ascii: "-"), start + 1 < end, bytes[start + 1] == UInt8(ascii: "-") {
                    position = line.next
                    strays.append(Located(.lineIsNoField, at: start..<line.content))
                    break
                }
                strays.append(
                    Located(isContinuation ? .continuationWithoutField : .lineIsNoField, at: start..<line.content))
                continue
            }
            strayStart = nil
            if fields.count >= source.limits[.fields] {
                limitHits.append(LimitHit(.fields, of: source.limits, unread: start..<end))
                position = Self.skipToSeparator(source, from: start, to: end, lineEnd: lineEnd)
                break
            }
            defects += strays
            strays = []
            if nameEnd < colon { defects.append(Located(.blankBeforeColon, at: nameEnd..<colon)) }
            let read = min(line.content, (colon + 1).addingClamped(source.limits[.fieldSize]))
            if read < line.content {
                limitHits.append(LimitHit(.fieldSize, of: source.limits, unread: read..<line.content))
            }
            fields.append(HeaderField(range: start..<line.next, name: start..<nameEnd, value: colon + 1..<line.content))
        }
        if let strayStart {
            // Nothing but strays to the end of the section: they are the body's first lines.
            if !fields.isEmpty { defects.append(Located(.missingSeparator, at: strayStart..<strayStart)) }
            self.range = range.lowerBound..<strayStart
        } else if let separator {
            self.range = range.lowerBound..<separator.upperBound
        } else {
            self.range = range.lowerBound..<position
        }
    }

    /// Where the body starts when the fields are too many to be kept.
    private static func skipToSeparator(_ source: Source, from start: Int, to end: Int, lineEnd: UInt8) -> Int {
        var position = start
        while position < end {
            let line = source.line(from: position, to: end, lineEnd: lineEnd)
            if line.content == position { return line.next }
            position = line.next
        }
        return end
    }
}
