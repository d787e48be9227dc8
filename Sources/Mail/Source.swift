/// The bytes of one message, exactly as given, and as they are read.
///
/// Nothing in the program rewrites them. Every parsed value points into ``bytes``; ``inputRange(of:)`` maps such a
/// range back to the input, so any claim in a report can be shown as the bytes it rests on.
public final class Source: Sendable {
    /// The input, untouched.
    public let given: [UInt8]
    /// The input with ``repairs`` made: what is parsed.
    public let bytes: [UInt8]
    /// Whether the message came through a text field, which rewrites line ends and characters.
    public let isPasted: Bool
    /// How many bytes of the input were left out, for there is a limit; a lower bound when the input does not tell its size.
    public let cut: Int
    /// The byte that ends lines: LF, and CR in a text without any LF.
    let lineEnd: UInt8
    /// How much of it is read.
    public let limits: Limits
    private let origin: Origin

    /// The body that a source was decoded from.
    public struct Enclosing: Sendable {
        public let source: Source
        public let body: ByteRange
        let map: OffsetMap
    }

    /// Where the bytes that are read come from.
    private enum Origin {
        /// The input, less what pasting had done to it.
        case given([Repair])
        /// A message that stands encoded in another.
        case decoded(Enclosing)
        /// A message inside another that is looked at by itself; the repairs are those of what it was decoded to.
        case inner(Enclosing, [Repair])
    }

    /// Where these bytes stand encoded, when they are those of a message inside a message.
    public var enclosing: Enclosing? {
        if case .decoded(let enclosing) = origin { enclosing } else { nil }
    }

    /// The part whose body these are the bytes of, when a message inside another is looked at by itself.
    private var container: Enclosing? {
        if case .inner(let enclosing, _) = origin { enclosing } else { nil }
    }

    /// What pasting had done to the message and was undone, in order; of a message inside another, in what it was decoded to.
    private var undone: [Repair] {
        switch origin {
        case .given(let repairs), .inner(_, let repairs): repairs
        case .decoded: []
        }
    }

    /// Whether the bytes can be those that went over the wire. A hash that fails over other bytes proves nothing.
    public var isByteExact: Bool { undone.isEmpty && !isPasted && container?.source.isByteExact ?? true }

    /// What pasting had done to the message and was undone, in order.
    public var repairs: [Repair] {
        guard container != nil else { return undone }
        return undone.map { Repair(kind: $0.kind, given: rangeOutsideContainer($0.given), read: $0.read) }
    }

    private init(
        given: [UInt8], read bytes: [UInt8], from origin: Origin, isPasted: Bool = false, cut: Int = 0, limits: Limits
    ) {
        (self.given, self.bytes, self.origin) = (given, bytes, origin)
        (self.isPasted, self.cut, self.limits) = (isPasted, cut, limits)
        let all = 0..<bytes.count
        let endsInCR =
            bytes.firstOffset(of: .lineFeed, in: all) == nil && bytes.firstOffset(of: .carriageReturn, in: all) != nil
        lineEnd = endsInCR ? .carriageReturn : .lineFeed
    }

    /// Takes bytes as a person hands them over, damaged by mail programs and clipboards, and repairs them.
    public convenience init(_ given: [UInt8], isPasted: Bool = false, cut: Int = 0, limits: Limits = Limits()) {
        let (bytes, repairs) = Repair.undoing(given)
        self.init(given: given, read: bytes, from: .given(repairs), isPasted: isPasted, cut: cut, limits: limits)
    }

    /// Takes bytes as they are.
    public convenience init(exactly bytes: [UInt8], limits: Limits = Limits()) {
        self.init(given: bytes, read: bytes, from: .given([]), limits: limits)
    }

    /// Takes the body of a part as a message to be looked at by itself. Its ranges are mapped to the whole input.
    ///
    /// - Parameter isPasted: whether somebody has pasted it there, with other text before it.
    convenience init(inside part: Part, isPasted: Bool) {
        let decoded = part.decoded(mapped: true)
        var top = part.source
        while let outer = top.enclosing { top = outer.source }
        let (bytes, repairs) = isPasted ? Repair.undoing(decoded.bytes) : (decoded.bytes, [])
        self.init(
            given: top.given, read: bytes,
            from: .inner(Enclosing(source: part.source, body: part.body, map: decoded.map), repairs),
            isPasted: top.isPasted || isPasted, limits: top.limits)
    }

    /// Takes the bytes of a message that stands encoded in `body` of another source.
    convenience init(decoded: DecodedBody, of body: ByteRange, in source: Source) {
        self.init(
            given: decoded.bytes, read: decoded.bytes,
            from: .decoded(Enclosing(source: source, body: body, map: decoded.map)), isPasted: source.isPasted,
            limits: source.limits)
    }

    /// The bytes of the message as read that `range` of these bytes came from: itself, unless they stood encoded.
    public func outermost(_ range: ByteRange) -> ByteRange {
        var range = range
        var source = self
        while let outer = source.enclosing {
            let encoded = outer.map.encoded(range)
            range = encoded.isEmpty && !range.isEmpty ? outer.body : encoded
            source = outer.source
        }
        return range
    }

    /// The bytes as given that `range` of the bytes as read came from.
    public func inputRange(of range: ByteRange) -> ByteRange {
        container == nil ? unrepaired(range) : rangeOutsideContainer(unrepaired(range))
    }

    private func rangeOutsideContainer(_ range: ByteRange) -> ByteRange {
        guard let container else { return range }
        let encoded = container.map.encoded(range)
        var outer = container.source
        let outermost = outer.outermost(encoded.isEmpty && !range.isEmpty ? container.body : encoded)
        while let next = outer.enclosing { outer = next.source }
        return outer.inputRange(of: outermost)
    }

    /// The bytes before repairing that `range` of the bytes as read came from.
    private func unrepaired(_ range: ByteRange) -> ByteRange {
        guard let lastUndone = undone.last else { return range }
        // Most repairs are at the beginning, and most ranges behind them.
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

    /// Reads a value that fills `range`, as much of it as the limit of one field allows.
    @inlinable public func read<Value: Readable>(_: Value.Type, in range: ByteRange, charset: Charset? = nil)
        -> Result<Value, SyntaxError>
    {
        let read = range.lowerBound..<min(range.upperBound, range.lowerBound.addingClamped(limits[.fieldSize]))
        var cursor = Cursor(self, in: read, charset: charset)
        do { return .success(try Value(from: &cursor)) } catch { return .failure(error) }
    }
}
