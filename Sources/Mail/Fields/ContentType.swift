/// What a body is. RFC 2045 §5.1
public struct ContentType: Readable {
    /// In lower case; both are empty when the field has none.
    public let type: String
    public let subtype: String
    public let parameters: Parameters

    /// `text/html`
    public var mediaType: String { "\(type)/\(subtype)" }
    public var isMultipart: Bool { type == "multipart" }
    public var isMessage: Bool {
        type == "message" && (subtype == "rfc822" || subtype == "global" || subtype == "news")
    }
    public var isText: Bool { type == "text" }
    public var boundary: [UInt8]? { parameters.parameter("boundary")?.raw }
    public var charsetLabel: Located<String>? { parameters["charset"] }

    /// What a part is that does not say: plain text, and in a digest a message. RFC 2045 §5.2, RFC 2046 §5.1.5
    static let plainText = ContentType("text", "plain")
    static let message = ContentType("message", "rfc822")

    private init(_ type: String, _ subtype: String) {
        self.type = type
        self.subtype = subtype
        var nothing = Cursor(Source(exactly: []), in: 0..<0)
        parameters = Parameters(from: &nothing)
    }

    // content = "Content-Type" ":" type "/" subtype *(";" parameter)
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        func lowered(_ range: ByteRange) -> String { cursor.source.lowered(range) }
        cursor.skipCFWS()
        let type = cursor.take(while: \.isToken)
        guard !type.isEmpty else { throw cursor.error("a media type") }
        cursor.skipCFWS()
        var subtype = cursor.position..<cursor.position
        if cursor.skip(UInt8(ascii: "/")) {
            cursor.skipCFWS()
            subtype = cursor.take(while: \.isToken)
        }
        // A type alone is no media type, and what has none is plain text. RFC 2045 §5.2
        guard !subtype.isEmpty || lowered(type) == "text" else { throw cursor.error("a subtype") }
        self.type = lowered(type)
        // "text" alone is what old programs wrote for text/plain.
        self.subtype = subtype.isEmpty ? (self.type == "text" ? "plain" : "") : lowered(subtype)
        cursor.take { $0 != UInt8(ascii: ";") }
        parameters = Parameters(from: &cursor)
    }
}

/// How a part is to be presented, and its file name. RFC 2183
public struct ContentDisposition: Readable {
    /// `attachment`, `inline`, in lower case.
    public let type: String
    public let parameters: Parameters

    // disposition = "Content-Disposition" ":" disposition-type *(";" disposition-parm)
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        cursor.skipCFWS()
        let token = cursor.take(while: \.isToken)
        guard !token.isEmpty else { throw cursor.error("a disposition") }
        type = String(decoding: cursor.source.bytes[token].map(\.lowercased), as: UTF8.self)
        cursor.take { $0 != UInt8(ascii: ";") }
        parameters = Parameters(from: &cursor)
    }
}

/// The encoding that the header names. RFC 2045 §6.1
struct ContentTransferEncoding: Readable {
    let encoding: TransferEncoding
    let token: ByteRange

    // encoding = "Content-Transfer-Encoding" ":" mechanism
    init(from cursor: inout Cursor) throws(SyntaxError) {
        cursor.skipCFWS()
        cursor.skip(UInt8(ascii: "\""))
        token = cursor.take { $0.isToken }
        encoding = TransferEncoding(token: cursor.source.bytes[token])
        cursor.move(to: cursor.end)
    }
}

extension Field<ContentType> {
    public static var contentType: Self { Self("Content-Type") }
}

extension Field<ContentDisposition> {
    public static var contentDisposition: Self { Self("Content-Disposition") }
}

extension Field<ContentTransferEncoding> {
    static var contentTransferEncoding: Self { Self("Content-Transfer-Encoding") }
}
