/// What a receiver says SPF came to, in the older field of its own. RFC 7208 §9.1
public struct ReceivedSPF: Readable {
    /// The same as ``AuthenticationResults`` has it: one claim about `spf`.
    public let results: AuthenticationResults

    // header-field   = "Received-SPF:" [CFWS] result FWS [comment FWS] [ key-value-list ] CRLF
    // key-value-list = key-value-pair *( ";" [CFWS] key-value-pair ) [";"]
    // key-value-pair = key [CFWS] "=" ( dot-atom / quoted-string )
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        cursor.skipCFWS()
        let result = cursor.take { $0.isLetter || $0 == UInt8(ascii: "-") }
        guard !result.isEmpty else { throw cursor.error("the result of SPF") }
        let comments = cursor.takeCFWS().map { cursor.located($0) }
        var properties: [AuthenticationResults.Property] = []
        var end = result.upperBound
        while !cursor.isAtEnd {
            let key = cursor.take {
                !$0.isFolding && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "(")
            }
            cursor.skipCFWS()
            guard !key.isEmpty, cursor.skip(UInt8(ascii: "=")) else {
                cursor.take { $0 != UInt8(ascii: ";") }
                cursor.skip(UInt8(ascii: ";"))
                cursor.skipCFWS()
                continue
            }
            cursor.skipCFWS()
            let isQuoted = cursor.next == UInt8(ascii: "\"")
            let value =
                isQuoted
                ? cursor.takeQuotedString() : cursor.take { !$0.isFolding && $0 != UInt8(ascii: ";") }
            let text = Located(isQuoted ? cursor.unquoted(value) : cursor.text(value), at: value)
            properties.append(.init(name: cursor.text(key).lowercased(), value: text))
            end = value.upperBound
            cursor.skipCFWS()
            cursor.skip(UInt8(ascii: ";"))
            cursor.skipCFWS()
        }
        func value(_ name: String) -> Located<String>? { properties.first { $0.name == name }?.value }
        // Where no key names the receiver, the comment begins with it: "(mx.example.net: domain of a@example.com …)".
        let writer = comments.first.flatMap { comment -> Located<String>? in
            let bytes = cursor.source.bytes[comment.range]
            let name = bytes.prefix { $0 != UInt8(ascii: ":") && !$0.isFolding }
            guard name.endIndex < bytes.endIndex, bytes[name.endIndex] == UInt8(ascii: ":") else { return nil }
            return cursor.located(name.startIndex..<name.endIndex)
        }
        // The names that RFC 8601 gives to what the keys say.
        let isHello = value("identity")?.value.lowercased() == "helo"
        let named = properties.compactMap { one -> AuthenticationResults.Property? in
            switch one.name {
            case "envelope-from" where !one.value.value.isEmpty: .init(name: "smtp.mailfrom", value: one.value)
            case "helo" where isHello: .init(name: "smtp.helo", value: one.value)
            case "client-ip", "helo", "mechanism", "problem": one
            default: nil
            }
        }
        results = AuthenticationResults(
            authority: value("receiver") ?? writer,
            claims: [
                .init(
                    method: "spf", version: nil,
                    result: Located(cursor.text(result).lowercased(), at: result),
                    properties: isHello ? named.filter { $0.name != "smtp.mailfrom" } : named, comments: comments,
                    range: result.lowerBound..<end)
            ])
    }
}

/// What a forwarder found, as one of its ARC set. RFC 8617 §4.1.1
public struct SealedResults: Readable {
    /// The number of the set.
    public let instance: Int
    public let results: AuthenticationResults

    // arc-authres-header = "ARC-Authentication-Results:" [CFWS] instance [CFWS] ";" authres-payload
    // instance           = [CFWS] %s"i" [CFWS] "=" [CFWS] position
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        cursor.skipCFWS()
        guard cursor.next?.lowercased == UInt8(ascii: "i") else { throw cursor.error("the instance") }
        cursor.advance()
        cursor.skipCFWS()
        try cursor.expect(UInt8(ascii: "="))
        cursor.skipCFWS()
        guard let instance = Int(cursor.text(cursor.take(while: \.isDigit))) else { throw cursor.error("a number") }
        cursor.skipCFWS()
        try cursor.expect(UInt8(ascii: ";"))
        self.instance = instance
        results = try AuthenticationResults(from: &cursor)
    }
}

extension Field<ReceivedSPF> {
    public static var receivedSPF: Self { Self("Received-SPF") }
}

extension Field<SealedResults> {
    public static var sealedResults: Self { Self("ARC-Authentication-Results") }
}

extension Field<AuthenticationResults> {
    /// The names that gateways give to the field of a server before them.
    public static var renamedResults: [Self] {
        ["Authentication-Results-Original", "X-Original-Authentication-Results", "X-Authentication-Results"].map {
            Self(HeaderField.Name($0))
        }
    }
}

extension Field<TagList> {
    /// Google's own signature, for which it publishes keys that are nobody else's business.
    public static var googleSignature: Self { Self("X-Google-DKIM-Signature") }
}
