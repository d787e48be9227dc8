public import Mail

/// The other end of a connection, as the receiving server wrote it down.
public struct Peer: Sendable {
    /// What reverse DNS said when the server asked.
    public enum Name: Sendable {
        case found(Located<Domain>)
        /// The server asked and got no name that it believed.
        case missing(ByteRange)
        /// The server does not say that it asked.
        case notLookedUp

        public var domain: Located<Domain>? { if case .found(let name) = self { name } else { nil } }
    }

    /// What it called itself in HELO or EHLO. It can say anything.
    public internal(set) var hello: Located<String>?
    /// What reverse DNS called it.
    public internal(set) var name = Name.notLookedUp
    /// Where it connected from: the one thing it could not choose.
    public internal(set) var address: Located<IPAddress>?
    public internal(set) var port: Int?
    /// What the host's own ident service said of the user. RFC 1413
    public internal(set) var ident: Located<String>?
    /// Whether the server says what the host said in HELO, be it nothing.
    private var saysHello = false

    /// The HELO as a host name, if it is one.
    public var helloDomain: Located<Domain>? {
        guard let hello else { return nil }
        let domain = Domain(hello.value)
        return domain.isHostName ? Located(domain, at: hello.range) : nil
    }
}

extension Peer {
    // TCP-info = address-literal / ( Domain FWS address-literal )
    /// Reads the `from` clause: the first word is the HELO, unless a comment names the HELO; then it is the reverse name.
    ///
    /// - Parameter mayNameUser: whether a comment can be about who logged in.
    init(_ received: Received, mayNameUser: Bool = true) {
        let source = received.source
        var first: ByteRange?
        var literalIsFirst = false
        var isClaiming = false
        for place in received.clause(.from) {
            let item = received.items[place]
            switch item.kind {
            case .keyword, .remark: continue
            case .word:
                let bytes = source.bytes[item.range]
                if isClaiming, bytes.first == UInt8(ascii: "\"") {
                    // smtpd: from NAME(address), claiming to be "HELO"
                    let value = item.range.lowerBound + 1..<max(item.range.lowerBound + 1, item.range.upperBound - 1)
                    hello = Located(Self.withoutMarks(value, source), at: value)
                } else if bytes.equalsASCII("claiming") {
                    isClaiming = true
                } else if bytes.equalsASCII(",") || isClaiming {
                    continue
                } else if let literal = Self.bracketed(item.range, source) {
                    if address == nil { address = literal }
                    if first == nil {
                        first = item.range
                        literalIsFirst = true
                    }
                } else if first == nil {
                    first = item.range
                } else {
                    readToken(item.range, source)
                }
            case .comment:
                // "[10.0.0.1] (name [192.0.2.1])": what is in the comment was seen, the rest was said.
                let said = literalIsFirst ? address : nil
                if said != nil { address = nil }
                // Who logged in is no host.
                if !mayNameUser || source.bytes.firstPlace(of: "authenticated", in: item.range) == nil {
                    readComment(item.range, source)
                }
                if address == nil { address = said } else { literalIsFirst = false }
            }
        }
        guard let first else { return }
        let bytes = source.bytes[first]
        let bare = IPAddress(bytes)
        if hello == nil, !saysHello {
            // An address alone is what the server saw, not what the host said of itself.
            if bare == nil || address != nil || bytes.first == UInt8(ascii: "[") { hello = received.text(first) }
        } else if let bare {
            if address == nil { address = Located(bare, at: first) }
        } else if bytes.equalsASCII("unknown") {
            name = .missing(first)
        } else if name.domain == nil {
            name = .found(Located(Domain(received.text(first).value), at: first))
        }
        if address == nil, let bare { address = Located(bare, at: first) }
    }

    private mutating func readComment(_ range: ByteRange, _ source: Source) {
        var cursor = Cursor(source, in: range)
        var expectsHello = false
        var isClaiming = false
        var isAccount = false
        while !cursor.isAtEnd {
            cursor.take {
                $0.isFolding || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: ",")
            }
            let token = cursor.take {
                !$0.isFolding && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: ",")
            }
            guard !token.isEmpty else { continue }
            let bytes = source.bytes[token]
            if isAccount {
                isAccount = false
            } else if bytes.equalsASCII("account") {
                // CommuniGate Pro: (account user@example.com HELO hello)
                isAccount = true
            } else if bytes.equalsASCII("claiming") {
                isClaiming = true
            } else if isClaiming, bytes.first == UInt8(ascii: "\"") {
                let value = token.lowerBound + 1..<max(token.lowerBound + 1, token.upperBound - 1)
                hello = Located(Self.withoutMarks(value, source), at: value)
            } else if source.bytes.hasASCII("ident=", at: token.lowerBound) {
                readIdent(token.lowerBound + 6..<token.upperBound, source)
            } else if source.bytes.hasASCII("port=", at: token.lowerBound) {
                port = Self.number(source.bytes[(token.lowerBound + 5)..<token.upperBound])
            } else if expectsHello {
                hello = Located(Self.withoutMarks(token, source), at: token)
                expectsHello = false
            } else if bytes.equalsASCII("helo") || bytes.equalsASCII("ehlo") || bytes.equalsASCII("lhlo") {
                expectsHello = true
                saysHello = true
            } else if source.bytes.hasASCII("helo=", at: token.lowerBound), token.count > 5 {
                let value = token.lowerBound + 5..<token.upperBound
                hello = Located(Self.withoutMarks(value, source), at: value)
            } else {
                readToken(token, source)
            }
        }
    }

    /// A word of a comment: an address, a reverse name, or a word to be passed over.
    private mutating func readToken(_ range: ByteRange, _ source: Source) {
        let bytes = source.bytes[range]
        if let open = bytes.firstIndex(of: UInt8(ascii: "[")),
            let close = bytes[open...].firstIndex(of: UInt8(ascii: "]")),
            let value = IPAddress(source.bytes[open...close])
        {
            if address == nil { address = Located(value, at: open + 1..<close) }
            // "name[address]"; before an "@" stands what ident said.
            if open > range.lowerBound, source.bytes[open - 1] != UInt8(ascii: "@") {
                readName(range.lowerBound..<open, source)
            }
            let after = source.bytes[(close + 1)..<range.upperBound]
            if after.first == UInt8(ascii: ":") { port = Self.number(after.dropFirst()) }
            if let at = source.bytes[range.lowerBound..<open].lastIndex(of: UInt8(ascii: "@")) {
                readIdent(range.lowerBound..<at, source)
            }
        } else if let (value, used, found) = Self.withPort(bytes) {
            if address == nil { address = Located(value, at: used) }
            port = port ?? found
        } else if let value = IPAddress(bytes) {
            if address == nil { address = Located(value, at: range) }
        } else if let at = bytes.lastIndex(of: UInt8(ascii: "@")), let value = IPAddress(bytes[(at + 1)...]) {
            // user@192.0.2.1
            if address == nil { address = Located(value, at: at + 1..<range.upperBound) }
            readIdent(range.lowerBound..<at, source)
        } else if bytes.equalsASCII("unknown") || bytes.equalsASCII("softdnserr") {
            if address == nil, name.domain == nil { name = .missing(range) }
        } else if address == nil {
            readName(range, source)
        }
    }

    private mutating func readIdent(_ range: ByteRange, _ source: Source) {
        guard !range.isEmpty, ident == nil else { return }
        let text = String(decoding: source.bytes[range], as: UTF8.self)
        ident = Located(text.hasPrefix("IDENT:") ? String(text.dropFirst(6)) : text, at: range)
    }

    /// "[192.0.2.1.63559]", "[192.0.2.1:63559]", "192.0.2.1:63559"
    private static func withPort(_ bytes: ArraySlice<UInt8>) -> (IPAddress, ByteRange, Int)? {
        guard bytes.count <= 24, bytes.allSatisfy({ $0.isDigit || $0 == 0x2E || $0 == 0x3A || $0 == 0x5B || $0 == 0x5D })
        else { return nil }
        var text = bytes
        if text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") { text = text.dropFirst().dropLast() }
        let parts = text.split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
        guard parts.count == 5, let port = parts.last, let fourth = parts.dropLast().last, let number = number(port),
            let value = IPAddress(text[..<fourth.endIndex])
        else { return nil }
        return (value, text.startIndex..<fourth.endIndex, number)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...5).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return number < 65_536 ? number : nil
    }

    private mutating func readName(_ range: ByteRange, _ source: Source) {
        var range = range
        // sendmail puts what ident said before the name: "IDENT:user@host".
        if let at = source.bytes[range].lastIndex(of: UInt8(ascii: "@")) {
            readIdent(range.lowerBound..<at, source)
            range = at + 1..<range.upperBound
        }
        guard name.domain == nil, !source.bytes[range].contains(UInt8(ascii: "=")) else { return }
        let domain = Domain(String(decoding: source.bytes[range], as: UTF8.self))
        guard domain.isHostName || domain.description == "localhost" else { return }
        if source.bytes[range].last == UInt8(ascii: ".") { range = range.lowerBound..<range.upperBound - 1 }
        name = .found(Located(domain, at: range))
    }

    /// qmail writes `?` around and inside what it will not repeat.
    private static func withoutMarks(_ range: ByteRange, _ source: Source) -> String {
        String(decoding: source.bytes[range].filter { $0 != UInt8(ascii: "?") }, as: UTF8.self)
    }

    private static func bracketed(_ word: ByteRange, _ source: Source) -> Located<IPAddress>? {
        let bytes = source.bytes[word]
        guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]"), let value = IPAddress(bytes) else {
            return nil
        }
        return Located(value, at: word.lowerBound + 1..<word.upperBound - 1)
    }
}
