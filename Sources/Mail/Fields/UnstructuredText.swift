/// A value that is text for people: a subject, a comment. RFC 5322 §2.2.1, RFC 2047
public struct UnstructuredText: Readable {
    /// The text, unfolded and decoded.
    public let text: Located<String>

    // unstructured = (*([FWS] VCHAR) *WSP) / obs-unstruct
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        cursor.skipFolding()
        let start = cursor.position
        var end = cursor.end
        while end > start, cursor.source.bytes[end - 1].isFolding { end -= 1 }
        cursor.move(to: cursor.end)
        text = Located(EncodedWord.decoding(cursor, start..<end), at: start..<end)
    }
}

extension Field<UnstructuredText> {
    public static var subject: Self { Self("Subject") }
    public static var autoSubmitted: Self { Self("Auto-Submitted") }
    public static var precedence: Self { Self("Precedence") }
    public static var userAgent: Self { Self("User-Agent") }
    public static var xMailer: Self { Self("X-Mailer") }
}
