/// What a receiver says it found when it checked who sent the message. RFC 8601 §2.2
///
/// Anyone can write such a field: until its writer is known, it is a claim.
public struct AuthenticationResults: Readable {
    /// One method and what it came to: `dkim=pass header.d=example.com`.
    public struct Claim: Sendable {
        /// In lower case: `spf`, `dkim`, `dmarc`.
        public let method: String
        /// In lower case: `pass`, `fail`.
        public let result: Located<String>
        public let properties: [Property]
        public let comments: [Located<String>]
        /// From the method to the last property.
        public let range: ByteRange
    }

    /// `header.d=example.com`
    public struct Property: Sendable {
        /// In lower case: `header.d`, `smtp.mailfrom`.
        public let name: String
        public let value: Located<String>
    }

    /// Who says it; Outlook's servers leave it out.
    public let authority: Located<String>?
    public let claims: [Claim]

    // authres-payload = [CFWS] authserv-id [ CFWS authres-version ] ( no-result / 1*resinfo ) [CFWS]
    // resinfo         = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        cursor.skipCFWS()
        guard !cursor.isAtEnd else { throw cursor.error("an authserv-id") }
        // Without an authserv-id the first thing is a method: "spf=pass (…) …".
        var first = cursor
        let word = first.take {
            !$0.isFolding && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "(")
        }
        if first.next == UInt8(ascii: "=") {
            authority = nil
        } else {
            guard !word.isEmpty else { throw cursor.error("an authserv-id") }
            authority = cursor.located(word)
            cursor.take { $0 != UInt8(ascii: ";") }
        }
        var claims: [Claim] = []
        while !cursor.isAtEnd {
            cursor.skipCFWS()
            if cursor.skip(UInt8(ascii: ";")) { continue }
            if let claim = Self.claim(&cursor) {
                claims.append(claim)
            } else {
                cursor.take { $0 != UInt8(ascii: ";") }
            }
        }
        self.claims = claims
    }

    // methodspec = [CFWS] method [CFWS] "=" [CFWS] result
    private static func claim(_ cursor: inout Cursor) -> Claim? {
        let method = cursor.take { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        if cursor.skip(UInt8(ascii: "/")) { cursor.take(while: \.isDigit) }
        var comments = cursor.takeCFWS()
        guard !method.isEmpty, cursor.skip(UInt8(ascii: "=")) else { return nil }
        comments += cursor.takeCFWS()
        let result = cursor.take { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
        guard !result.isEmpty else { return nil }
        var properties: [Property] = []
        var end = result.upperBound
        while true {
            comments += cursor.takeCFWS()
            guard let next = cursor.next, next != UInt8(ascii: ";"), let property = property(&cursor) else { break }
            properties.append(property)
            end = property.value.range.upperBound
        }
        return Claim(
            method: cursor.text(method).lowercased(),
            result: Located(cursor.text(result).lowercased(), at: result), properties: properties,
            comments: comments.map { cursor.located($0) }, range: method.lowerBound..<end)
    }

    // propspec = ptype [CFWS] "." [CFWS] property [CFWS] "=" pvalue
    private static func property(_ cursor: inout Cursor) -> Property? {
        let name = cursor.take {
            !$0.isFolding && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "(")
        }
        guard !name.isEmpty, cursor.skip(UInt8(ascii: "=")) else { return nil }
        cursor.skipFolding()
        let range: ByteRange
        if cursor.next == UInt8(ascii: "\"") {
            range = cursor.takeQuotedString()
        } else {
            range = cursor.take { !$0.isFolding && $0 != UInt8(ascii: ";") }
        }
        return Property(name: cursor.text(name).lowercased(), value: cursor.located(range))
    }
}

extension Field<AuthenticationResults> {
    public static var authenticationResults: Self { Self("Authentication-Results") }
}
