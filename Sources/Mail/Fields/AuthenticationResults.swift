/// What a receiver says it found when it checked who sent the message. RFC 8601 §2.2
///
/// Anyone can write such a field: until its writer is known, it is a claim.
public struct AuthenticationResults: Readable {
    /// One method and what it came to: `dkim=pass header.d=example.com`.
    public struct Claim: Sendable {
        /// In lower case: `spf`, `dkim`, `dmarc`.
        public let method: String
        /// The version of the method's rules, when it is given.
        public let version: Int?
        /// In lower case: `pass`, `fail`.
        public let result: Located<String>
        public let properties: [Property]
        public let comments: [Located<String>]
        /// From the method to the last property.
        public let range: ByteRange

        /// The value of the property with this name, which is in lower case.
        public subscript(name: String) -> Located<String>? { properties.first { $0.name == name }?.value }
    }

    /// `header.d=example.com`; `reason="bad signature"` is kept as one of them.
    public struct Property: Sendable {
        /// In lower case: `header.d`, `smtp.mailfrom`.
        public let name: String
        public let value: Located<String>
    }

    /// Who says it; Outlook's servers leave it out.
    public let authority: Located<String>?
    /// The version of the field's grammar, when it is given.
    public let version: Int?
    public let claims: [Claim]
    /// Where it leaves the standard's grammar and was read all the same. A reader that keeps to the standard drops a field with one.
    public let departures: [SyntaxError]
    /// Whether it has bytes outside ASCII, which only internationalized mail may have. RFC 8601 §5
    public let isInternationalized: Bool

    init(authority: Located<String>?, claims: [Claim]) {
        (self.authority, version, self.claims) = (authority, nil, claims)
        (departures, isInternationalized) = ([], false)
    }

    /// The claim of a signature that only its signer can verify.
    public init(signedFor domain: Located<String>) {
        let claim = Claim(
            method: "x-google-dkim", version: nil, result: Located("signed", at: domain.range),
            properties: [Property(name: "header.d", value: domain)], comments: [], range: domain.range)
        self.init(authority: domain, claims: [claim])
    }

    // authres-payload = [CFWS] authserv-id [ CFWS authres-version ] ( no-result / 1*resinfo ) [CFWS]
    // no-result       = [CFWS] ";" [CFWS] "none"
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        let bytes = cursor.source.bytes[cursor.position..<cursor.end]
        isInternationalized = bytes.contains { $0 >= 0x80 }
        var reader = AuthenticationResultsReader(cursor)
        try reader.read()
        cursor.move(to: cursor.end)
        (authority, version, claims) = (reader.authority, reader.version, reader.claims)
        departures = reader.departures
    }
}

/// Reads the field as receivers write it, and notes where the standard has it otherwise.
private struct AuthenticationResultsReader {
    var cursor: Cursor
    var authority: Located<String>?
    var version: Int?
    var claims: [AuthenticationResults.Claim] = []
    var departures: [SyntaxError] = []
    private var comments: [Located<String>] = []

    init(_ cursor: Cursor) { self.cursor = cursor }

    private mutating func expected(_ what: String, _ range: ByteRange) {
        // One is enough for a strict reader; a field full of them is not worth more.
        if departures.count < 20 { departures.append(SyntaxError(expected: what, range: range)) }
    }

    mutating func read() throws(SyntaxError) {
        skipCFWS()
        guard !cursor.isAtEnd else { throw cursor.error("an authserv-id") }
        // Without an authserv-id the first thing is a method: "spf=pass (…) …".
        var first = cursor
        let word = first.take { !$0.isFolding && !Self.isDelimiter($0) && $0 != UInt8(ascii: "=") }
        if first.next == UInt8(ascii: "=") {
            expected("an authserv-id", word)
        } else {
            authority = value()
            guard authority != nil else { throw cursor.error("an authserv-id") }
            skipCFWS()
            let digits = cursor.take(while: \.isDigit)
            version = Int(cursor.text(digits))
            skipCFWS()
            let rest = cursor.take { $0 != UInt8(ascii: ";") }
            if !rest.isEmpty || cursor.isAtEnd { expected("a semicolon and a result", rest) }
            guard cursor.skip(UInt8(ascii: ";")) else { return }
        }
        repeat {
            skipCFWS()
            if cursor.isAtEnd || cursor.next == UInt8(ascii: ";") {
                expected("a method", cursor.position..<cursor.position)
            } else if !readClaim() {
                let rest = cursor.take { $0 != UInt8(ascii: ";") }
                let isNone =
                    claims.isEmpty && cursor.isAtEnd && cursor.source.bytes.hasASCII("none", at: rest.lowerBound)
                if !isNone { expected("a method and its result", rest) }
            }
        } while cursor.skip(UInt8(ascii: ";"))
    }

    // resinfo    = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
    // methodspec = [CFWS] method [CFWS] "=" [CFWS] result
    // method     = Keyword [ [CFWS] "/" [CFWS] method-version ]
    private mutating func readClaim() -> Bool {
        let start = cursor
        comments = []
        let method = keyword(allowing: UInt8(ascii: "_"))
        skipCFWS()
        var version: Int?
        if cursor.skip(UInt8(ascii: "/")) {
            skipCFWS()
            version = Int(cursor.text(cursor.take(while: \.isDigit)))
            skipCFWS()
        }
        guard !method.isEmpty, cursor.skip(UInt8(ascii: "=")) else {
            cursor = start
            return false
        }
        skipCFWS()
        let result = keyword(allowing: UInt8(ascii: "_"))
        guard !result.isEmpty else {
            cursor = start
            return false
        }
        let word = cursor.text(result).lowercased()
        let name = cursor.text(method).lowercased()
        if let known = registeredResults[name], !known.contains(word) {
            expected("a result that is registered for \(name)", result)
        }
        var properties: [AuthenticationResults.Property] = []
        var end = result.upperBound
        while true {
            skipCFWS()
            guard let next = cursor.next, next != UInt8(ascii: ";") else { break }
            guard let property = property(isFirst: properties.isEmpty) else {
                expected("a property", cursor.take { $0 != UInt8(ascii: ";") })
                break
            }
            properties.append(property)
            end = property.value.range.upperBound
        }
        claims.append(
            .init(
                method: name, version: version, result: Located(word, at: result), properties: properties,
                comments: comments, range: method.lowerBound..<end))
        return true
    }

    // propspec   = ptype [CFWS] "." [CFWS] property [CFWS] "=" pvalue
    // reasonspec = "reason" [CFWS] "=" [CFWS] value
    private mutating func property(isFirst: Bool) -> AuthenticationResults.Property? {
        let start = cursor
        let type = keyword(allowing: UInt8(ascii: "_"))
        skipCFWS()
        var name = cursor.text(type).lowercased()
        if cursor.skip(UInt8(ascii: ".")) {
            skipCFWS()
            let property = cursor.take {
                !$0.isFolding && !Self.isDelimiter($0) && $0 != UInt8(ascii: "=")
            }
            name += "." + cursor.text(property).lowercased()
            skipCFWS()
        } else if name != "reason" || !isFirst {
            expected(name == "reason" ? "the reason before the properties" : "a property's type", type)
        }
        guard !name.isEmpty, cursor.skip(UInt8(ascii: "=")) else {
            cursor = start
            return nil
        }
        skipCFWS()
        if let value = value() { return .init(name: name, value: value) }
        let empty = cursor.position..<cursor.position
        expected("a value", empty)
        return .init(name: name, value: Located("", at: empty))
    }

    // value  = token / quoted-string
    // pvalue = [CFWS] ( ( value / [ [ local-part ] "@" ] domain-name ) ) [CFWS]
    /// Reads up to a blank or a semicolon, as far as that is no comment.
    private mutating func value() -> Located<String>? {
        if cursor.next == UInt8(ascii: "\"") {
            let range = cursor.takeQuotedString()
            return Located(cursor.unquoted(range), at: range)
        }
        let start = cursor.position
        while let byte = cursor.next, !byte.isFolding, byte != UInt8(ascii: ";") {
            if byte == UInt8(ascii: "(") {
                // "x(y)" is a value and a comment; a bracket that nothing closes is part of the value.
                var ahead = cursor
                let comment = ahead.takeComment()
                if comment.upperBound < ahead.position { break }
            }
            cursor.advance()
        }
        let range = start..<cursor.position
        guard !range.isEmpty else { return nil }
        if !isValue(range) { expected("a value, or quotes around it", range) }
        return cursor.located(range)
    }

    private func isValue(_ range: ByteRange) -> Bool {
        let bytes = cursor.source.bytes
        guard let at = range.last(where: { bytes[$0] == UInt8(ascii: "@") }) else {
            // An authserv-id outside ASCII needs quotes. RFC 8601 §5
            return range.allSatisfy { bytes[$0].isToken && (bytes[$0] < 0x80 || authority != nil) }
        }
        return range.prefix { $0 < at }.allSatisfy {
            bytes[$0].isToken || bytes[$0] == UInt8(ascii: "/") || bytes[$0] == UInt8(ascii: "=")
        }
            && (at + 1..<range.upperBound).allSatisfy { bytes[$0].isToken }
    }

    // Keyword = Ldh-str
    private mutating func keyword(allowing other: UInt8) -> ByteRange {
        cursor.take { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == other }
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ";") || byte == UInt8(ascii: "(")
    }

    private mutating func skipCFWS() {
        cursor.skipFolding()
        while cursor.next == UInt8(ascii: "(") {
            let comment = cursor.takeComment()
            if comment.upperBound == cursor.position { expected("the comment's end", comment) }
            comments.append(cursor.located(comment))
            cursor.skipFolding()
        }
    }
}

/// IANA, Email Authentication Result Names; of methods that are not there any word will do.
private let registeredResults: [String: Set<String>] = [
    "arc": ["none", "pass", "fail"],
    "auth": ["none", "pass", "fail", "temperror", "permerror"],
    "bimi": ["none", "pass", "fail", "declined", "skipped", "temperror", "permerror"],
    "dkim": ["none", "pass", "fail", "policy", "neutral", "temperror", "permerror"],
    "dmarc": ["none", "pass", "fail", "temperror", "permerror"],
    "dnswl": ["none", "pass", "temperror", "permerror"],
    "domainkeys": ["none", "pass", "fail", "policy", "neutral", "temperror", "permerror"],
    "iprev": ["pass", "fail", "temperror", "permerror"],
    "rrvs": ["none", "pass", "fail", "temperror", "permerror", "unknown"],
    "sender-id": ["none", "pass", "fail", "softfail", "policy", "neutral", "temperror", "permerror"],
    "smime": ["none", "pass", "fail", "policy", "neutral", "temperror", "permerror"],
    "spf": ["none", "pass", "fail", "softfail", "policy", "neutral", "temperror", "permerror"],
]

extension Field<AuthenticationResults> {
    public static var authenticationResults: Self { Self("Authentication-Results") }
}
