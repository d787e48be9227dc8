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
    /// Where the fields of a name are.
    private let names: NameTable

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
        names = NameTable(fields, source.bytes)
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
        var text = name.description
        return text.withUTF8 { wanted in
            var next = names.first(wanted)
            // Most messages have none of most names.
            if next == nil { return [] }
            let held = source.bytes
            let bytes = held.span
            var found: [HeaderField] = []
            while let index = next {
                if fields[index].isNamed(wanted, in: bytes) { found.append(fields[index]) }
                next = names.next(after: index)
            }
            return found
        }
    }

    /// Whether there may be several fields of this name: `false` is certain.
    public func mayRepeat(_ name: HeaderField.Name) -> Bool {
        var text = name.description
        return text.withUTF8 { wanted in names.first(wanted).map { names.next(after: $0) != nil } ?? false }
    }

    /// The values of every field of this kind, in the order they appear, each read or refused.
    @inlinable public subscript<Value>(field: Field<Value>) -> [Result<Value, SyntaxError>] {
        fields(named: field.name).map { source.read(Value.self, in: $0.value, charset: headerCharset) }
    }

    /// The values of every field of this kind that could be read, each with the field it stands in.
    @inlinable public func values<Value>(_ field: Field<Value>) -> [(field: HeaderField, value: Value)] {
        let fields = fields(named: field.name)
        // Most messages have none of most kinds.
        if fields.isEmpty { return [] }
        return fields.compactMap { field in
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

/// Finds fields by their names, which is asked for a hundred times a message: a hash table of linked lists. D. Knuth, The Art of
/// Computer Programming, §6.4
private struct NameTable {
    private static let slots = 64
    /// For each slot the first field of it, then for each field the next one of its slot; -1 where there is none.
    private let links: [Int]

    init(_ fields: [HeaderField], _ bytes: [UInt8]) {
        var links = [Int](repeating: -1, count: Self.slots + fields.count)
        bytes.withUnsafeBufferPointer { bytes in
            for index in fields.indices.reversed() {
                let slot = Self.slot(UnsafeBufferPointer(rebasing: bytes[fields[index].name]))
                links[Self.slots + index] = links[slot]
                links[slot] = index
            }
        }
        self.links = links
    }

    /// The first field that may have a name.
    func first(_ name: UnsafeBufferPointer<UInt8>) -> Int? { known(links[Self.slot(name)]) }

    func next(after index: Int) -> Int? { known(links[Self.slots + index]) }

    private func known(_ index: Int) -> Int? { index < 0 ? nil : index }

    /// The same in any case; names of one length that begin, end and have the same in the middle share one.
    private static func slot(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        guard let first = name.first, let last = name.last else { return 0 }
        let letters = UInt32(first) << 16 | UInt32(name[name.count / 2]) << 8 | UInt32(last)
        let mark = UInt32(truncatingIfNeeded: name.count) << 24 | letters | 0x20_2020
        return Int((mark &* 0x9E37_79B1) >> 26)
    }
}
