public import Mail

/// A message's bytes as a signature is over them. RFC 6376 §3.4
///
/// Line ends are CRLF, whatever the message is stored with; a bare CR stays what it is.
public struct CanonicalForm {
    let source: Source

    public init(source: Source) { self.source = source }

    // MARK: Header

    /// Appends one field, its line end left out; `excluded`, the value of `b=`, is left out too.
    public func append(
        _ field: HeaderField, _ form: DKIM.Canonicalization, to target: inout [UInt8],
        without excluded: ByteRange? = nil
    ) {
        let bytes = source.bytes
        let end = field.value.upperBound
        if form == .simple {
            var place = field.range.lowerBound
            while place < end {
                if let excluded, place == excluded.lowerBound {
                    place = excluded.upperBound
                    continue
                }
                appendEnd(bytes, &place, end, to: &target)
            }
            return
        }
        for place in field.name { target.append(bytes[place].lowercased) }
        target.append(UInt8(ascii: ":"))
        // Unfolded; white space becomes one blank, none at the ends.
        var hasText = false
        var owesBlank = false
        var place = field.value.lowerBound
        while place < end {
            if let excluded, place == excluded.lowerBound {
                place = excluded.upperBound
                continue
            }
            let byte = bytes[place]
            place += 1
            if byte == .space || byte == .tab {
                owesBlank = true
            } else if byte == .lineFeed || (byte == .carriageReturn && place < end && bytes[place] == .lineFeed) {
                continue
            } else {
                if owesBlank, hasText { target.append(.space) }
                (owesBlank, hasText) = (false, true)
                target.append(byte)
            }
        }
    }

    /// One byte, where a line feed without a carriage return before it becomes both.
    private func appendEnd(_ bytes: [UInt8], _ place: inout Int, _ end: Int, to target: inout [UInt8]) {
        let byte = bytes[place]
        if byte == .lineFeed, place == 0 || bytes[place - 1] != .carriageReturn { target.append(.carriageReturn) }
        target.append(byte)
        place += 1
    }

    // MARK: Body

    /// Hands the canonical body over in pieces.
    ///
    /// - Parameter take: called with each piece and the place in the source after what it came from.
    public func body(_ range: ByteRange, _ form: DKIM.Canonicalization, take: (ArraySlice<UInt8>, Int) -> Void) {
        let held = source.bytes
        let bytes = held.span
        var buffer: [UInt8] = []
        buffer.reserveCapacity(min(range.count + 64, 1 << 16))
        var place = range.lowerBound
        var emptyLines = 0
        var isEmpty = true
        while place < range.upperBound {
            let next = bytes.firstPlace(of: .lineFeed, in: place..<range.upperBound)
            var end = next ?? range.upperBound
            if next != nil, end > place, bytes[end - 1] == .carriageReturn { end -= 1 }
            let after = next.map { $0 + 1 } ?? range.upperBound
            let start = buffer.count
            // Empty lines count when something follows them.
            let owed = emptyLines
            for _ in 0..<owed { buffer += [.carriageReturn, .lineFeed] }
            let textStart = buffer.count
            if form == .simple {
                buffer += held[place..<end]
            } else {
                var owesBlank = false
                for index in place..<end {
                    let byte = bytes[index]
                    if byte == .space || byte == .tab {
                        owesBlank = true
                    } else {
                        if owesBlank { buffer.append(.space) }
                        owesBlank = false
                        buffer.append(byte)
                    }
                }
            }
            if buffer.count == textStart {
                buffer.removeLast(buffer.count - start)
                emptyLines += 1
            } else {
                buffer += [.carriageReturn, .lineFeed]
                (emptyLines, isEmpty) = (0, false)
            }
            place = after
            if buffer.count >= 1 << 15 {
                take(buffer[...], place)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        // A body that is empty is one line end in the simple form, nothing in the relaxed one. RFC 6376 §3.4.3, §3.4.4
        if isEmpty, form == .simple { buffer += [.carriageReturn, .lineFeed] }
        take(buffer[...], range.upperBound)
    }
}
