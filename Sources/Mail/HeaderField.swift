/// One header field: where its name and value are. RFC 5322 §2.2
///
/// Name, colon, value and line end tile ``range``.
public struct HeaderField: Hashable, Sendable {
    /// A field name; compares without regard to ASCII case.
    public struct Name: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        public let description: String
        let folded: [UInt8]

        public init(_ name: String) {
            description = name
            folded = name.utf8.map(\.lowercased)
        }

        public init(stringLiteral name: String) { self.init(name) }

        public static func == (a: Self, b: Self) -> Bool { a.folded == b.folded }
        public func hash(into hasher: inout Hasher) { hasher.combine(folded) }
    }

    /// The whole field with its line end.
    public let range: ByteRange
    /// The name, without the blanks that may stand before the colon.
    public let name: ByteRange
    /// The bytes after the colon, up to but not including the line end; still folded and encoded.
    public let value: ByteRange

    func isNamed(_ wanted: Name, in bytes: [UInt8]) -> Bool {
        guard name.count == wanted.folded.count else { return false }
        var index = name.lowerBound
        for byte in wanted.folded {
            if bytes[index].lowercased != byte { return false }
            index += 1
        }
        return true
    }
}
