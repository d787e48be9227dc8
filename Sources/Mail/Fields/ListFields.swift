/// The name of a mailing list. RFC 2919 §2
public struct ListID: Readable {
    /// What people are shown before it.
    public let phrase: Located<String>?
    /// Without its brackets: `list-label.list-namespace`.
    public let identifier: Located<String>

    // list-id-header = "List-ID:" [phrase] "<" list-id ">" CRLF ; list-id = list-label "." list-id-namespace
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        cursor.skipCFWS()
        let start = cursor.position
        var end = start
        while let byte = cursor.next, byte != UInt8(ascii: "<") {
            if byte == UInt8(ascii: "\"") { _ = cursor.takeQuotedString() } else { cursor.advance() }
            if !byte.isFolding { end = cursor.position }
        }
        try cursor.expect(UInt8(ascii: "<"))
        let identifier = cursor.take { $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "@") && !$0.isFolding }
        guard !identifier.isEmpty else { throw cursor.error("a list identifier") }
        try cursor.expect(UInt8(ascii: ">"))
        cursor.skipCFWS()
        phrase = end > start ? Located(EncodedWord.decoding(cursor, start..<end), at: start..<end) : nil
        self.identifier = cursor.located(identifier)
    }
}

/// Where a list can be left, asked or searched: URLs in angle brackets, the preferred first. RFC 2369 §2
public struct ListURLs: Readable {
    public let urls: [Located<String>]

    // List-Unsubscribe: <mailto:…>, <https://…>
    /// Reads every bracketed URL; comments, and what else stands between, are passed over. `NO` is a value without any.
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        var urls: [Located<String>] = []
        var isRefusal = false
        while !cursor.isAtEnd {
            cursor.skipCFWS()
            if cursor.skip(UInt8(ascii: "<")) {
                let start = cursor.position
                // White space inside the brackets is to be ignored.
                let url = cursor.take { $0 != UInt8(ascii: ">") }
                cursor.skip(UInt8(ascii: ">"))
                let text = cursor.text(url)
                urls.append(
                    Located(String(text.unicodeScalars.filter { $0 != " " && $0 != "\t" }), at: start..<url.upperBound))
            } else {
                isRefusal = isRefusal || cursor.source.bytes.hasASCII("no", at: cursor.position)
                cursor.take { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "(") }
            }
        }
        guard !urls.isEmpty || isRefusal else { throw cursor.error("a URL in angle brackets") }
        self.urls = urls
    }
}

/// The promise that leaving takes one request. RFC 8058 §3.1
public struct ListUnsubscribePost: Readable {
    // List-Unsubscribe-Post: List-Unsubscribe=One-Click
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        cursor.skipCFWS()
        let value = cursor.take { !$0.isFolding }
        guard cursor.source.bytes[value].equalsASCII("list-unsubscribe=one-click") else {
            throw SyntaxError(expected: "List-Unsubscribe=One-Click", range: value)
        }
        cursor.skipCFWS()
    }
}

/// The messages that this one answers or follows. RFC 5322 §3.6.4
public struct MessageIDList: Readable {
    /// Each with its brackets' content.
    public let identifiers: [Located<String>]

    // references = "References:" 1*msg-id CRLF ; obs-references = "References" *WSP ":" *(phrase / msg-id) CRLF
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        var identifiers: [Located<String>] = []
        while !cursor.isAtEnd {
            cursor.skipCFWS()
            if cursor.skip(UInt8(ascii: "<")) {
                let identifier = cursor.take { $0 != UInt8(ascii: ">") }
                cursor.skip(UInt8(ascii: ">"))
                identifiers.append(cursor.located(identifier))
            } else if cursor.next == UInt8(ascii: "\"") {
                _ = cursor.takeQuotedString()
            } else {
                cursor.take { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: "\"") }
            }
        }
        guard !identifiers.isEmpty else { throw cursor.error("a message identifier") }
        self.identifiers = identifiers
    }
}

extension Field<ListID> {
    public static var listID: Self { Self("List-Id") }
}

extension Field<ListURLs> {
    public static var listUnsubscribe: Self { Self("List-Unsubscribe") }
    public static var listPost: Self { Self("List-Post") }
    public static var listHelp: Self { Self("List-Help") }
    public static var listArchive: Self { Self("List-Archive") }
    public static var listSubscribe: Self { Self("List-Subscribe") }
    public static var listOwner: Self { Self("List-Owner") }
}

extension Field<ListUnsubscribePost> {
    public static var listUnsubscribePost: Self { Self("List-Unsubscribe-Post") }
}

extension Field<MessageIDList> {
    public static var references: Self { Self("References") }
    public static var inReplyTo: Self { Self("In-Reply-To") }
}
