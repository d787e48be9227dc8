/// The envelope's sender as the last server wrote it down: where a bounce would go. RFC 5321 §4.4
public struct ReturnPath: Readable, Hashable {
    /// `nil` for `<>`: a message that no bounce may answer.
    public let mailbox: Located<Mailbox>?

    // Return-path-line = "Return-Path:" FWS Reverse-path <CRLF>
    // Reverse-path     = Path / "<>"
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        cursor.skipCFWS()
        let start = cursor.position
        var end = cursor.end
        while end > start, cursor.source.bytes[end - 1].isFolding { end -= 1 }
        guard end > start else { throw cursor.error("a path in angle brackets") }
        var range = start..<end
        // Some servers leave the brackets out.
        if cursor.next == UInt8(ascii: "<") {
            guard let close = cursor.source.bytes[range].lastIndex(of: UInt8(ascii: ">")) else {
                throw cursor.error("'>'")
            }
            range = start + 1..<close
        }
        cursor.move(to: cursor.end)
        if cursor.source.bytes[range].allSatisfy(\.isFolding) {
            mailbox = nil
        } else {
            mailbox = Located(AddressItem.mailbox(range, name: nil, cursor), at: range)
        }
    }
}

extension Field<ReturnPath> {
    public static var returnPath: Self { Self("Return-Path") }
}
