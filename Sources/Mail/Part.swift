/// One entity of a message: the message itself, a part of a multipart, or a message inside a message. RFC 2045 §2.4
public struct Part: Sendable {
    /// The bytes that all ranges of the part point into: the message's own, unless the part is in a message that stands
    /// encoded in another; see ``messageRange(of:)``.
    public let source: Source
    /// Its index in ``Message/parts``; a part stands before what is in it.
    public internal(set) var index: Int
    public internal(set) var parent: Int?
    /// 0 for the message itself.
    public let depth: Int
    public let fields: [HeaderField]
    /// The header section with the empty line that ends it.
    public let header: ByteRange
    /// Everything after the header section; without the line end that belongs to the delimiter after it.
    public internal(set) var body: ByteRange
    /// What the part says it is, or the default of RFC 2045 §5.2 when it does not say.
    public let contentType: ContentType
    /// Whether there is a Content-Type field that can be read.
    public let declaresType: Bool
    public let encoding: TransferEncoding
    /// Indices of the parts directly in it.
    public internal(set) var children: [Int] = []
    /// Where the delimiter lines of a multipart stand.
    public internal(set) var delimiters: [ByteRange] = []
    /// Whether the multipart's end delimiter was found.
    public internal(set) var isClosed = false

    /// Whether the tree shows nothing below this part.
    public var isLeaf: Bool { children.isEmpty && !contentType.isMultipart }

    /// What stands before the first delimiter of a multipart; mail programs do not show it. RFC 2046 §5.1.1
    public var preamble: ByteRange? { delimiters.first.map { body.lowerBound..<max(body.lowerBound, $0.lowerBound) } }

    /// What stands after the end delimiter; mail programs do not show it.
    public var epilogue: ByteRange? {
        guard isClosed, let last = delimiters.last else { return nil }
        return last.upperBound..<max(last.upperBound, body.upperBound)
    }

    /// The charset the part declares: the label, and the charset if the label is known.
    public var charset: (label: Located<String>, charset: Charset?)? {
        contentType.charsetLabel.map { ($0, Charset(label: $0.value.utf8)) }
    }

    /// The values of every field of this kind, in the order they appear, each read or refused.
    public subscript<Value>(field: Field<Value>) -> [Result<Value, SyntaxError>] {
        fields.lazy.filter { $0.isNamed(field.name, in: source.bytes) }.map { source.read(Value.self, in: $0.value) }
    }

    /// The body with its transfer encoding undone.
    public func decoded(mapped: Bool = false) -> DecodedBody {
        source.decode(body, from: encoding, mapped: mapped)
    }

    /// The bytes of the message that `range` of the part's own bytes came from.
    public func messageRange(of range: ByteRange) -> ByteRange { source.outermost(range) }

    /// A value with its range in the message.
    public func outermost<Value>(_ value: Located<Value>) -> Located<Value> {
        Located(value.value, at: messageRange(of: value.range))
    }

    /// The value of a field as a reader is shown it: unfolded, encoded words decoded.
    public func text(of field: HeaderField) -> String {
        source.decodedText(field.value, charset: charset?.charset)
    }

    /// How the part is to be presented, if it says so.
    public var disposition: ContentDisposition? {
        let bytes = source.bytes
        for field in fields where field.isNamed(ascii: "content-disposition", in: bytes) {
            if case .success(let value) = source.read(ContentDisposition.self, in: field.value) { return value }
        }
        return nil
    }

    /// The file name: the disposition's, else the media type's.
    public var fileName: Located<String>? {
        disposition?.parameters["filename"] ?? contentType.parameters["name"]
    }
}
