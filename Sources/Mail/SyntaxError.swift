/// Bytes that do not follow the grammar they are read by.
public struct SyntaxError: Error, Hashable, Sendable {
    /// What the grammar wants at this place.
    public let expected: String
    public let range: ByteRange

    public init(expected: String, range: ByteRange) {
        self.expected = expected
        self.range = range
    }
}
