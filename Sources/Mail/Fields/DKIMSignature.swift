/// `tag=value` pairs. RFC 6376 §3.2
public struct TagList: Readable {
    public struct Tag: Sendable {
        public let name: String
        public let value: Located<String>
    }

    public let tags: [Tag]

    /// The value of the first tag of that name.
    public subscript(name: String) -> Located<String>? { tags.first { $0.name == name }?.value }

    // tag-list = tag-spec *( ";" tag-spec ) [ ";" ]
    // tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        var tags: [Tag] = []
        while !cursor.isAtEnd {
            cursor.skipFolding()
            if cursor.isAtEnd { break }
            let name = cursor.take { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
            cursor.skipFolding()
            guard !name.isEmpty, cursor.skip(UInt8(ascii: "=")) else { throw cursor.error("tag=value") }
            cursor.skipFolding()
            var value = cursor.take { $0 != UInt8(ascii: ";") }
            while let last = value.last, cursor.source.bytes[last].isFolding { value = value.lowerBound..<last }
            tags.append(Tag(name: cursor.text(name), value: cursor.located(value)))
            cursor.skip(UInt8(ascii: ";"))
        }
        guard !tags.isEmpty else { throw cursor.error("tag=value") }
        self.tags = tags
    }
}

/// A signature over parts of the message, by a domain that thereby takes responsibility for it. RFC 6376 §3.5
public struct DKIMSignature: Readable {
    public let tags: TagList
    /// Tag `d=`, the signing domain.
    public let domain: Located<Domain>
    /// Tag `s=`, the selector.
    public let selector: Located<String>

    public init(from cursor: inout Cursor) throws(SyntaxError) {
        tags = try TagList(from: &cursor)
        guard let domain = tags["d"], let selector = tags["s"] else { throw cursor.error("the tags d= and s=") }
        self.domain = Located(Domain(domain.value), at: domain.range)
        self.selector = selector
    }
}

extension Field<DKIMSignature> {
    public static var dkimSignature: Self { Self("DKIM-Signature") }
}
