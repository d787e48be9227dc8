import CBytes
import Glibc

extension Span<UInt8> {
    /// The first offset of `byte` in `range`, found at the speed of memchr.
    package func firstOffset(of byte: UInt8, in range: ByteRange) -> Int? {
        let range = range.clamped(to: 0..<count)
        return withUnsafeBytes { buffer in
            guard !range.isEmpty, let base = buffer.baseAddress,
                let found = memchr(base + range.lowerBound, Int32(byte), range.count)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// The end of the line that starts at `start`: where its content ends, and where the next line starts.
    ///
    /// Lines end in LF, with the carriage returns before it (CR CR LF is what some gateways make of CRLF); in a text that has
    /// no LF at all, in CR.
    func line(from start: Int, to end: Int, lineEnd: UInt8 = .lineFeed) -> (content: Int, next: Int) {
        guard let offset = firstOffset(of: lineEnd, in: start..<end) else { return (end, end) }
        var content = offset
        while lineEnd == .lineFeed, content > start, self[content - 1] == .carriageReturn { content -= 1 }
        return (content, offset + 1)
    }

    /// Equality of a part without regard to ASCII case; `text` is in lower case.
    package func equalsASCII(_ text: StaticString, in range: ByteRange) -> Bool {
        range.count == text.utf8CodeUnitCount && hasASCII(text, at: range.lowerBound)
    }

    /// Whether `text`, which is lower-case ASCII, stands at `offset`, in any case.
    @inlinable package func hasASCII(_ text: StaticString, at offset: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard offset >= 0, offset <= count, length <= count - offset else { return false }
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: length)
        for index in 0..<length where self[offset + index].lowercased != wanted[index] { return false }
        return true
    }

    /// Where a word of a trace line that reaches to `offset` at least ends, or what stands in brackets begins in it.
    func wordEnd(from offset: Int, to end: Int) -> Int {
        withUnsafeBufferPointer { buffer in
            guard offset < end, end <= buffer.count, let base = buffer.baseAddress else { return end }
            return backstamp_word_end(base, offset, end, buffer.count)
        }
    }

    /// The next bracket or backslash of a comment.
    func commentMark(from offset: Int, to end: Int) -> Int {
        withUnsafeBufferPointer { buffer in
            guard offset < end, end <= buffer.count, let base = buffer.baseAddress else { return end }
            return backstamp_comment_mark(base, offset, end, buffer.count)
        }
    }

    /// The last offset of `byte` in `range`.
    package func lastOffset(of byte: UInt8, in range: ByteRange) -> Int? {
        range.reversed().first { self[$0] == byte }
    }

    /// A part as text; what is no UTF-8 is replaced.
    package func text(_ range: ByteRange) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}

extension [UInt8] {
    /// The first offset of `byte` in `range`, found at the speed of memchr.
    package func firstOffset(of byte: UInt8, in range: ByteRange) -> Int? {
        span.firstOffset(of: byte, in: range)
    }

    /// The first offset of `text` in `range`.
    package func firstOffset(of text: StaticString, in range: ByteRange) -> Int? {
        let range = range.clamped(to: 0..<count)
        return withUnsafeBufferPointer { buffer in
            guard !range.isEmpty, let base = buffer.baseAddress else { return nil }
            let found = backstamp_find(base + range.lowerBound, range.count, text.utf8Start, text.utf8CodeUnitCount)
            return found < range.count ? range.lowerBound + found : nil
        }
    }

    /// The first offset of `text`, three bytes or more in lower case, in `range`, in any case.
    package func firstOffset(ofAnyCase text: StaticString, in range: ByteRange) -> Int? {
        let range = range.clamped(to: 0..<count)
        return withUnsafeBufferPointer { buffer in
            guard !range.isEmpty, let base = buffer.baseAddress else { return nil }
            let found = backstamp_find_any_case(
                base + range.lowerBound, range.count, text.utf8Start, text.utf8CodeUnitCount)
            return found < range.count ? range.lowerBound + found : nil
        }
    }

    /// The first offset of three bytes or more in `range`.
    package func firstOffset(ofBytes wanted: [UInt8], in range: ByteRange) -> Int? {
        let range = range.clamped(to: 0..<count)
        return withUnsafeBufferPointer { buffer in
            wanted.withUnsafeBufferPointer { needle in
                guard !range.isEmpty, let base = buffer.baseAddress, let start = needle.baseAddress else { return nil }
                let found = backstamp_find(base + range.lowerBound, range.count, start, needle.count)
                return found < range.count ? range.lowerBound + found : nil
            }
        }
    }
}
