/// An address by the letter of the standard: what ``Mailbox`` reads tolerantly, read strictly. RFC 5322 §3.4.1, RFC 6532 §3.2
///
/// Reading one fails at the first byte that neither the current nor the obsolete grammar has there.
public struct AddrSpec: Readable {
    public let localPart: ByteRange
    public let domain: ByteRange
    /// Whether it takes the obsolete grammar (RFC 5322 §4.4): white space or comments inside, quoted strings between dots, control
    /// characters. A message may not be written so; a reader has to accept it.
    public let isObsolete: Bool

    // addr-spec = local-part "@" domain
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        var grammar = AddressGrammar(cursor: cursor)
        localPart = try grammar.localPart()
        try grammar.cursor.expect(UInt8(ascii: "@"))
        domain = try grammar.domain()
        guard grammar.cursor.isAtEnd else { throw grammar.cursor.error("the end of the address") }
        isObsolete = grammar.isObsolete
        cursor = grammar.cursor
    }
}

private struct AddressGrammar {
    var cursor: Cursor
    var isObsolete = false

    init(cursor: Cursor) { self.cursor = cursor }

    // atext = ALPHA / DIGIT / "!" / "#" / … / UTF8-non-ascii
    private static func isAtext(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte >= 0x80 || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    // obs-NO-WS-CTL = %d1-8 / %d11 / %d12 / %d14-31 / %d127
    private static func isObsoleteControl(_ byte: UInt8) -> Bool {
        switch byte {
        case 1...8, 11, 12, 14...31, 127: true
        default: false
        }
    }

    // local-part = dot-atom / quoted-string / obs-local-part ; obs-local-part = word *("." word)
    mutating func localPart() throws(SyntaxError) -> ByteRange {
        _ = try takeCFWS()
        let start = cursor.position
        var end = start
        var words = 0
        var isSpaced = false
        var hasQuoted = false
        while true {
            let atom = cursor.take(while: Self.isAtext)
            if atom.isEmpty {
                guard cursor.next == UInt8(ascii: "\"") else { throw cursor.error("a word of a local part") }
                try quotedString()
                hasQuoted = true
            }
            words += 1
            end = cursor.position
            // Beside the "@" comments are allowed, and advised against. RFC 5322 §3.4.1
            let spaceAfter = try takeCFWS()
            guard cursor.skip(UInt8(ascii: ".")) else { break }
            let spaceBeforeNext = try takeCFWS()
            isSpaced = isSpaced || spaceAfter || spaceBeforeNext
        }
        if isSpaced || (hasQuoted && words > 1) { isObsolete = true }
        return start..<end
    }

    // domain = dot-atom / domain-literal / obs-domain ; obs-domain = atom *("." atom)
    mutating func domain() throws(SyntaxError) -> ByteRange {
        _ = try takeCFWS()
        let start = cursor.position
        if cursor.next == UInt8(ascii: "[") { return try domainLiteral() }
        var end = start
        while true {
            let atom = cursor.take(while: Self.isAtext)
            let bytes = cursor.source.bytes
            guard let first = atom.first, let last = atom.last else { throw cursor.error("a label of a domain") }
            // sub-domain = Let-dig [Ldh-str] ; RFC 5321 §4.1.2
            for edge in [first, last] where bytes[edge] == UInt8(ascii: "-") {
                throw SyntaxError(expected: "a letter or digit", range: edge..<edge + 1)
            }
            end = cursor.position
            let spaceAfter = try takeCFWS()
            guard cursor.skip(UInt8(ascii: ".")) else { break }
            let spaceBeforeNext = try takeCFWS()
            if spaceAfter || spaceBeforeNext { isObsolete = true }
        }
        return start..<end
    }

    // domain-literal = [CFWS] "[" *([FWS] dtext) [FWS] "]" [CFWS]
    private mutating func domainLiteral() throws(SyntaxError) -> ByteRange {
        let start = cursor.position
        cursor.advance()
        while let byte = cursor.next, byte != UInt8(ascii: "]") {
            if byte.isFolding {
                try takeFWS()
            } else if byte == UInt8(ascii: "\\") {
                // obs-dtext = obs-NO-WS-CTL / quoted-pair
                try quotedPair()
                isObsolete = true
            } else if Self.isObsoleteControl(byte) {
                isObsolete = true
                cursor.advance()
            } else if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "[") {
                cursor.advance()
            } else {
                throw cursor.error("a byte of a domain literal")
            }
        }
        try cursor.expect(UInt8(ascii: "]"))
        let end = cursor.position
        _ = try takeCFWS()
        return start..<end
    }

    // quoted-string = DQUOTE *([FWS] qcontent) [FWS] DQUOTE
    private mutating func quotedString() throws(SyntaxError) {
        cursor.advance()
        while let byte = cursor.next, byte != UInt8(ascii: "\"") {
            if byte.isFolding {
                try takeFWS()
            } else if byte == UInt8(ascii: "\\") {
                try quotedPair()
            } else if byte == 0 {
                throw cursor.error("a byte of a quoted string")
            } else {
                if Self.isObsoleteControl(byte) { isObsolete = true }
                cursor.advance()
            }
        }
        try cursor.expect(UInt8(ascii: "\""))
    }

    // quoted-pair = ("\" (VCHAR / WSP)) / obs-qp ; obs-qp = "\" (%d0 / obs-NO-WS-CTL / LF / CR)
    private mutating func quotedPair() throws(SyntaxError) {
        cursor.advance()
        guard let byte = cursor.next else { throw cursor.error("a byte after '\\'") }
        if byte < 0x20 && byte != .tab || byte == 0x7F { isObsolete = true }
        cursor.advance()
        // Half a line end is escaped.
        if byte == .carriageReturn, cursor.next == .lineFeed { throw cursor.error("no line end after '\\'") }
    }

    // FWS = ([*WSP CRLF] 1*WSP) / obs-FWS ; obs-FWS = 1*WSP *(CRLF 1*WSP)
    private mutating func takeFWS() throws(SyntaxError) {
        var hasFold = false
        while let byte = cursor.next {
            if byte.isBlank {
                cursor.advance()
            } else if byte == .carriageReturn || byte == .lineFeed {
                if byte == .carriageReturn {
                    cursor.advance()
                    guard cursor.next == .lineFeed else { throw cursor.error("LF after CR") }
                }
                cursor.advance()
                guard cursor.next?.isBlank == true else { throw cursor.error("a blank after a line end") }
                if hasFold { isObsolete = true }
                hasFold = true
            } else {
                return
            }
        }
    }

    // CFWS = (1*([FWS] comment) [FWS]) / FWS
    /// Whether there was any.
    private mutating func takeCFWS() throws(SyntaxError) -> Bool {
        let start = cursor.position
        while let byte = cursor.next {
            if byte.isFolding {
                try takeFWS()
            } else if byte == UInt8(ascii: "(") {
                try comment()
            } else {
                break
            }
        }
        return cursor.position > start
    }

    // comment = "(" *([FWS] ccontent) [FWS] ")" ; ccontent = ctext / quoted-pair / comment
    private mutating func comment() throws(SyntaxError) {
        var depth = 0
        while let byte = cursor.next {
            switch byte {
            case UInt8(ascii: "("):
                depth += 1
                cursor.advance()
            case UInt8(ascii: ")"):
                depth -= 1
                cursor.advance()
                if depth == 0 { return }
            case UInt8(ascii: "\\"): try quotedPair()
            case _ where byte.isFolding: try takeFWS()
            case 0: throw cursor.error("a byte of a comment")
            default:
                if Self.isObsoleteControl(byte) { isObsolete = true }
                cursor.advance()
            }
        }
        throw cursor.error("')'")
    }
}
