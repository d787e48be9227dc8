/// The name that a message gives itself. RFC 5322 §3.6.4
public struct MessageID: Readable, Hashable {
    /// Without its brackets.
    public let text: Located<String>
    public let left: Located<String>
    public let right: Located<Domain>

    // msg-id = [CFWS] "<" id-left "@" id-right ">" [CFWS]
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        cursor.skipCFWS()
        try cursor.expect(UInt8(ascii: "<"))
        let start = cursor.position
        cursor.take { $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: ">") && !$0.isFolding }
        let left = start..<cursor.position
        guard !left.isEmpty else { throw cursor.error("text before '@'") }
        try cursor.expect(UInt8(ascii: "@"))
        let right = cursor.take { $0 != UInt8(ascii: ">") && !$0.isFolding }
        guard !right.isEmpty else { throw cursor.error("text after '@'") }
        text = cursor.located(start..<right.upperBound)
        self.left = cursor.located(left)
        self.right = Located(Domain(cursor.text(right)), at: right)
        try cursor.expect(UInt8(ascii: ">"))
        cursor.skipCFWS()
        guard cursor.isAtEnd else { throw cursor.error("nothing after '>'") }
    }
}

extension Field<MessageID> {
    public static var messageID: Self { Self("Message-ID") }
}
