/// One header field: where its name and value are. RFC 5322 §2.2
///
/// Name, colon, value and line end tile ``range``.
public struct HeaderField: Hashable, Sendable {
    /// A field name; compares without regard to ASCII case.
    public struct Name: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        public let description: String

        public init(_ name: String) { description = name }
        public init(stringLiteral name: String) { self.init(name) }

        public static func == (a: Self, b: Self) -> Bool {
            a.description.utf8.lazy.map(\.lowercased).elementsEqual(b.description.utf8.lazy.map(\.lowercased))
        }
        public func hash(into hasher: inout Hasher) {
            for byte in description.utf8 { hasher.combine(byte.lowercased) }
        }
    }

    /// The whole field with its line end.
    public let range: ByteRange
    /// The name, without the blanks that may stand before the colon.
    public let name: ByteRange
    /// The bytes after the colon, up to but not including the line end; still folded and encoded.
    public let value: ByteRange

    func isNamed(_ wanted: Name, in bytes: [UInt8]) -> Bool {
        let text = wanted.description.utf8
        return name.count == text.count && zip(bytes[name], text).allSatisfy { $0.lowercased == $1.lowercased }
    }

    /// Whether the field has this name, which is in lower case.
    func isNamed(ascii wanted: StaticString, in bytes: [UInt8]) -> Bool {
        name.count == wanted.utf8CodeUnitCount && bytes.hasASCII(wanted, at: name.lowerBound)
    }
}
