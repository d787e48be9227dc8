/// A message as its bytes spell it. RFC 5322 §2.1
///
/// Making one never fails: bytes that break the rules are kept, and what is irregular is in ``defects``.
public final class Message: Sendable {
    public let source: Source
    /// The message itself, then every part in it, each before what it holds.
    public let parts: [Part]
    public let defects: [Located<Defect>]
    public let limitHits: [LimitHit]
    /// The charset that raw 8-bit bytes in the header are read in when they are not UTF-8: the one that the body
    /// declares, or else the one they look like.
    public let headerCharset: Charset?
    /// The header fields of the message itself.
    public let fields: [HeaderField]
    /// The header section with the empty line that ends it.
    public let header: ByteRange
    public let body: ByteRange
    /// Where the fields of each name are: the hash of the name, and the field's index, in this order.
    private let names: [(hash: UInt64, index: Int)]

    public init(_ source: Source) {
        let tree = PartTree(source)
        self.source = source
        parts = tree.parts
        defects = tree.defects.sorted { $0.range.lowerBound < $1.range.lowerBound }
        limitHits = tree.limitHits
        headerCharset = Self.headerCharset(tree.parts)
        let root = tree.parts.first
        let fields = root?.fields ?? []
        self.fields = fields
        header = root?.header ?? 0..<0
        body = root?.body ?? 0..<0
        names = fields.indices.map { (Self.hash(source.bytes[fields[$0].name]), $0) }
            .sorted { ($0.hash, $0.index) < ($1.hash, $1.index) }
    }

    private static func headerCharset(_ parts: [Part]) -> Charset? {
        guard let root = parts.first, !root.source.bytes[root.header].isUTF8 else { return nil }
        let declared = parts.prefix(100).lazy.compactMap(\.charset).first { label, charset in
            charset != nil && charset != .utf8 && !label.value.utf8.equalsASCII("us-ascii")
        }
        return declared?.charset ?? Charset.guess(Array(root.source.bytes[root.header]))
    }

    /// Whether there is a header section and nothing after it: pasted headers, most often.
    public var isHeaderOnly: Bool { !fields.isEmpty && body.allSatisfy { source.bytes[$0].isFolding } }

    /// All fields of this name.
    public func fields(named name: HeaderField.Name) -> [HeaderField] {
        let wanted = name.description.utf8
        let hash = Self.hash(wanted)
        var (low, high) = (0, names.count)
        while low < high {
            let middle = (low + high) / 2
            if names[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        return names[low...].prefix { $0.hash == hash }.map { fields[$0.index] }.filter { field in
            // Two names may have one hash.
            let own = source.bytes[field.name]
            return own.count == wanted.count && zip(own, wanted).allSatisfy { $0.lowercased == $1.lowercased }
        }
    }

    /// FNV-1a of a name in lower case.
    private static func hash(_ name: some Sequence<UInt8>) -> UInt64 {
        name.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1.lowercased)) &* 0x0000_0100_0000_01B3 }
    }

    /// The values of every field of this kind, in the order they appear, each read or refused.
    @inlinable public subscript<Value>(field: Field<Value>) -> [Result<Value, SyntaxError>] {
        fields(named: field.name).map { source.read(Value.self, in: $0.value, charset: headerCharset) }
    }

    /// The values of every field of this kind that could be read, each with the field it stands in.
    @inlinable public func values<Value>(_ field: Field<Value>) -> [(field: HeaderField, value: Value)] {
        fields(named: field.name).compactMap { field in
            (try? source.read(Value.self, in: field.value, charset: headerCharset).get()).map { (field, $0) }
        }
    }
}

extension Message {
    /// The first Date that can be read, at its bytes without the blanks around it.
    public var date: Located<DateTime>? {
        values(.date).first.map { field, value in
            var range = field.value
            while let first = range.first, source.bytes[first].isFolding { range = first + 1..<range.upperBound }
            while let last = range.last, source.bytes[last].isFolding { range = range.lowerBound..<last }
            return Located(value, at: range)
        }
    }
}
