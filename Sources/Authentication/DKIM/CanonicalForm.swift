package import Mail

/// A message's bytes as a signature is over them. RFC 6376 §3.4
///
/// Line ends are CRLF, whatever the message is stored with; a bare CR stays what it is.
package struct CanonicalForm {
    let source: Source

    package init(source: Source) { self.source = source }

    // MARK: Header

    /// Appends one field, its line end left out; `excluded`, the value of `b=`, is left out too.
    package func append(
        _ field: HeaderField, _ form: DKIM.Canonicalization, to target: inout [UInt8],
        without excluded: ByteRange? = nil
    ) {
        let bytes = source.bytes
        let end = field.value.upperBound
        if form == .simple {
            var offset = field.range.lowerBound
            while offset < end {
                if let excluded, offset == excluded.lowerBound {
                    offset = excluded.upperBound
                    continue
                }
                appendEnd(bytes, &offset, end, to: &target)
            }
            return
        }
        for offset in field.name { target.append(bytes[offset].lowercased) }
        target.append(UInt8(ascii: ":"))
        // Unfolded; white space becomes one blank, none at the ends.
        var hasText = false
        var owesBlank = false
        var offset = field.value.lowerBound
        while offset < end {
            if let excluded, offset == excluded.lowerBound {
                offset = excluded.upperBound
                continue
            }
            let byte = bytes[offset]
            offset += 1
            if byte == .space || byte == .tab {
                owesBlank = true
            } else if byte == .lineFeed || (byte == .carriageReturn && offset < end && bytes[offset] == .lineFeed) {
                continue
            } else {
                if owesBlank, hasText { target.append(.space) }
                (owesBlank, hasText) = (false, true)
                target.append(byte)
            }
        }
    }

    /// One byte, where a line feed without a carriage return before it becomes both.
    private func appendEnd(_ bytes: [UInt8], _ offset: inout Int, _ end: Int, to target: inout [UInt8]) {
        let byte = bytes[offset]
        if byte == .lineFeed, offset == 0 || bytes[offset - 1] != .carriageReturn { target.append(.carriageReturn) }
        target.append(byte)
        offset += 1
    }

    // MARK: Body

    /// Hands the canonical body over in pieces.
    ///
    /// - Parameter take: called with each piece and the offset in the source after what it came from.
    package func body(_ range: ByteRange, _ form: DKIM.Canonicalization, take: (ArraySlice<UInt8>, Int) -> Void) {
        let held = source.bytes
        let bytes = held.span
        var buffer: [UInt8] = []
        buffer.reserveCapacity(min(range.count + 64, 1 << 16))
        var offset = range.lowerBound
        var emptyLines = 0
        var isEmpty = true
        while offset < range.upperBound {
            let next = bytes.firstOffset(of: .lineFeed, in: offset..<range.upperBound)
            var end = next ?? range.upperBound
            if next != nil, end > offset, bytes[end - 1] == .carriageReturn { end -= 1 }
            let after = next.map { $0 + 1 } ?? range.upperBound
            let start = buffer.count
            // Empty lines count when something follows them.
            let owed = emptyLines
            for _ in 0..<owed { buffer += [.carriageReturn, .lineFeed] }
            let textStart = buffer.count
            if form == .simple {
                buffer += held[offset..<end]
            } else {
                var owesBlank = false
                for index in offset..<end {
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
            offset = after
            if buffer.count >= 1 << 15 {
                take(buffer[...], offset)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        // A body that is empty is one line end in the simple form, nothing in the relaxed one. RFC 6376 §3.4.3, §3.4.4
        if isEmpty, form == .simple { buffer += [.carriageReturn, .lineFeed] }
        take(buffer[...], range.upperBound)
    }
}
