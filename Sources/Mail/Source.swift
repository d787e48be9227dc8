import Glibc

/// The bytes of one message, exactly as given, and as they are read.
///
/// Nothing in the program rewrites them. Every parsed value points into ``bytes``; ``place(of:)`` maps such a
/// range back to the input, so any claim in a report can be shown as the bytes it rests on.
public final class Source: Sendable {
    /// The input, untouched.
    public let given: [UInt8]
    /// The input with ``repairs`` made: what is parsed.
    public let bytes: [UInt8]
    /// What pasting had done to the message and was undone, in order; of a message inside another, in what it was decoded to.
    private let undone: [Repair]
    /// Whether the message came through a text field, which rewrites line ends and characters.
    public let isPasted: Bool
    /// How many bytes of the input were left out, for there is a limit; a lower bound when the input does not tell its size.
    public let cut: Int
    /// The byte that ends lines.
    let lineEnd: UInt8
    /// How much of it is read.
    public let limits: Limits
    /// Where these bytes stand encoded, when they are those of a message inside a message.
    public let enclosing: Enclosing?

    /// The part whose body these are the bytes of, when a message inside another is looked at by itself.
    private let container: (source: Source, body: ByteRange, map: OffsetMap)?

    /// The encoded body that a source was decoded from.
    public struct Enclosing: Sendable {
        public let source: Source
        public let body: ByteRange
        let map: OffsetMap
    }

    /// Whether the bytes can be those that went over the wire. A hash that fails over other bytes proves nothing.
    public var isByteExact: Bool { undone.isEmpty && !isPasted && container?.source.isByteExact ?? true }

    /// What pasting had done to the message and was undone, in order.
    public var repairs: [Repair] {
        guard container != nil else { return undone }
        return undone.map { Repair(kind: $0.kind, given: placeInContainer($0.given), read: $0.read) }
    }

    /// Takes bytes as a person hands them over, damaged by mail programs and clipboards, and repairs them.
    public init(_ given: [UInt8], isPasted: Bool = false, cut: Int = 0, limits: Limits = Limits()) {
        self.cut = cut
        self.given = given
        self.isPasted = isPasted
        self.limits = limits
        (self.bytes, undone) = Repair.undoing(given)
        lineEnd = Self.lineEnd(of: bytes)
        enclosing = nil
        container = nil
    }

    /// Takes bytes as they are.
    public init(exactly bytes: [UInt8], limits: Limits = Limits()) {
        cut = 0
        self.given = bytes
        self.limits = limits
        self.bytes = bytes
        undone = []
        self.isPasted = false
        lineEnd = Self.lineEnd(of: bytes)
        enclosing = nil
        container = nil
    }

    /// Takes the body of a part as a message to be looked at by itself. Its places are those in the whole input.
    ///
    /// - Parameter isPasted: whether somebody has pasted it there, with other text before it.
    init(inside part: Part, isPasted: Bool) {
        cut = 0
        let decoded = part.decoded(mapped: true)
        var top = part.source
        while let outer = top.enclosing { top = outer.source }
        given = top.given
        limits = top.limits
        self.isPasted = top.isPasted || isPasted
        (bytes, undone) = isPasted ? Repair.undoing(decoded.bytes) : (decoded.bytes, [])
        lineEnd = Self.lineEnd(of: bytes)
        enclosing = nil
        container = (part.source, part.body, decoded.map)
    }

    /// Takes the bytes of a message that stands encoded in `body` of another source.
    init(decoded: DecodedBody, of body: ByteRange, in source: Source) {
        cut = 0
        given = decoded.bytes
        bytes = decoded.bytes
        undone = []
        container = nil
        isPasted = source.isPasted
        limits = source.limits
        lineEnd = Self.lineEnd(of: decoded.bytes)
        enclosing = Enclosing(source: source, body: body, map: decoded.map)
    }

    /// The bytes of the message as read that `range` of these bytes came from: itself, unless they stood encoded.
    public func outermost(_ range: ByteRange) -> ByteRange {
        var range = range
        var source = self
        while let outer = source.enclosing {
            let place = outer.map.encoded(range)
            range = place.isEmpty && !range.isEmpty ? outer.body : place
            source = outer.source
        }
        return range
    }

    /// The bytes as given that `range` of the bytes as read came from.
    public func place(of range: ByteRange) -> ByteRange {
        container == nil ? unrepaired(range) : placeInContainer(unrepaired(range))
    }

    private func placeInContainer(_ range: ByteRange) -> ByteRange {
        guard let container else { return range }
        let place = container.map.encoded(range)
        var outer = container.source
        let outermost = outer.outermost(place.isEmpty && !range.isEmpty ? container.body : place)
        while let next = outer.enclosing { outer = next.source }
        return outer.place(of: outermost)
    }

    /// The bytes before repairing that `range` of the bytes as read came from.
    private func unrepaired(_ range: ByteRange) -> ByteRange {
        guard let lastUndone = undone.last else { return range }
        // Most repairs are at the beginning, and most places behind them.
        if range.lowerBound >= lastUndone.read.upperBound {
            let shift = lastUndone.given.upperBound - lastUndone.read.upperBound
            return range.lowerBound + shift..<range.upperBound + shift
        }
        let start = givenOffset(range.lowerBound)
        guard !range.isEmpty else { return start..<start }
        let last = range.upperBound - 1
        if let repair = lastRepair(startingAtOrBefore: last), repair.read.contains(last) {
            return start..<max(start, repair.given.upperBound)
        }
        return start..<max(start, givenOffset(last) + 1)
    }

    private func givenOffset(_ offset: Int) -> Int {
        guard let repair = lastRepair(startingAtOrBefore: offset) else { return offset }
        if repair.read.contains(offset) { return repair.given.lowerBound }
        return offset + repair.given.upperBound - repair.read.upperBound
    }

    private func lastRepair(startingAtOrBefore offset: Int) -> Repair? {
        var low = 0
        var high = undone.count
        while low < high {
            let middle = (low + high) / 2
            if undone[middle].read.lowerBound > offset { high = middle } else { low = middle + 1 }
        }
        return low > 0 ? undone[low - 1] : nil
    }

    /// The bytes of `range`, which is a token, as text in lower case.
    public func lowered(_ range: ByteRange) -> String {
        String(unsafeUninitializedCapacity: range.count) { target in
            var written = 0
            for byte in bytes[range] where written < target.count {
                target[written] = byte.lowercased
                written += 1
            }
            return written
        }
    }

    /// The byte that ends lines: LF, and CR in a text without any LF.
    private static func lineEnd(of bytes: [UInt8]) -> UInt8 {
        let all = 0..<bytes.count
        return bytes.firstPlace(of: .lineFeed, in: all) == nil && bytes.firstPlace(of: .carriageReturn, in: all) != nil
            ? .carriageReturn : .lineFeed
    }

    /// Reads a value that fills `range`, as much of it as the limit of one field allows.
    @inlinable public func read<Value: Readable>(_: Value.Type, in range: ByteRange, charset: Charset? = nil)
        -> Result<Value, SyntaxError>
    {
        let read = range.lowerBound..<min(range.upperBound, range.lowerBound.addingClamped(limits[.fieldSize]))
        var cursor = Cursor(self, in: read, charset: charset)
        do { return .success(try Value(from: &cursor)) } catch { return .failure(error) }
    }
}

extension Span<UInt8> {
    /// The first place of `byte` in `range`, found at the speed of memchr.
    public func firstPlace(of byte: UInt8, in range: ByteRange) -> Int? {
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
        guard let place = firstPlace(of: lineEnd, in: start..<end) else { return (end, end) }
        var content = place
        while lineEnd == .lineFeed, content > start, self[content - 1] == .carriageReturn { content -= 1 }
        return (content, place + 1)
    }
}

extension Int {
    /// The sum, or the largest number there is.
    public func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    /// The product of two numbers that are not negative, or the largest number there is.
    public func multipliedClamped(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}

/// Where the lines of an input begin: turns byte offsets of the input as given into lines and columns.
public struct LineMap: Sendable {
    private let starts: [Int]

    public init(_ source: Source) {
        let bytes = source.given
        let mark: UInt8 =
            bytes.firstPlace(of: .lineFeed, in: 0..<bytes.count) == nil ? .carriageReturn : .lineFeed
        var starts = [0]
        // Lines of mail have 40 bytes and more.
        starts.reserveCapacity(min(bytes.count / 32, 65_536))
        var position = 0
        while let place = bytes.firstPlace(of: mark, in: position..<bytes.count) {
            position = place + 1
            starts.append(position)
        }
        self.starts = starts
    }

    /// The 1-based line and column, in bytes, of an offset.
    public func position(of offset: Int) -> (line: Int, column: Int) {
        let line = lineIndex(of: offset)
        return (line + 1, offset - starts[line] + 1)
    }

    /// The 0-based line that holds `offset`.
    public func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] > offset { high = middle } else { low = middle + 1 }
        }
        return max(0, low - 1)
    }

    public var count: Int { starts.count }

    /// The bytes of a 0-based line with its line end; `total` is the size of the input.
    public func range(ofLine line: Int, total: Int) -> ByteRange {
        guard starts.indices.contains(line) else { return total..<total }
        let end = line + 1 < starts.count ? starts[line + 1] : total
        return starts[line]..<max(starts[line], end)
    }
}
