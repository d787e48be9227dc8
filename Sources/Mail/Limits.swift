/// How much of a message is read before the rest is kept unread.
///
/// A limit that is hit is reported as a ``LimitHit``; it never makes reading fail.
public struct Limits: Sendable {
    /// Parts within parts.
    public var nesting = 64
    /// Parts of one message, at all depths.
    public var parts = 10_000
    /// Header fields of one header section.
    public var fields = 10_000
    /// Bytes of one field that are parsed.
    public var fieldSize = 256 << 10
    /// Addresses of one field.
    public var addresses = 5_000
    /// Parameters of one field.
    public var parameters = 128
    /// Comments within comments.
    public var commentDepth = 32
    /// Bytes of one decoded body.
    public var decodedBody = 64 << 20
    /// Bytes of HTML that are read for links, in one part.
    public var html = 16 << 20
    /// Links of one message.
    public var links = 5_000

    public init() {}
}

/// A limit that was hit, and what was left unread because of it.
public struct LimitHit: Hashable, Sendable {
    public enum Name: String, Sendable {
        case nesting, parts, fields, fieldSize, addresses, parameters, decodedBody, html, links
    }

    public let name: Name
    public let limit: Int
    /// The bytes that were not read.
    public let unread: ByteRange

    public init(_ name: Name, limit: Int, unread: ByteRange) {
        self.name = name
        self.limit = limit
        self.unread = unread
    }
}
