package import Mail

/// The other end of a connection, as the receiving server wrote it down.
package struct Peer: Sendable {
    /// What reverse DNS said when the server asked.
    package enum Name: Sendable {
        case found(Located<Domain>)
        /// The server asked and got no name that it believed.
        case missing(ByteRange)
        /// The server does not say that it asked.
        case notLookedUp

        package var domain: Located<Domain>? { if case .found(let name) = self { name } else { nil } }
    }

    /// What it called itself in HELO or EHLO. It can say anything.
    package internal(set) var hello: Located<String>?
    /// What reverse DNS called it.
    package internal(set) var name = Name.notLookedUp
    /// Where it connected from: the one thing it could not choose.
    package internal(set) var address: Located<IPAddress>?
    package internal(set) var port: Int?
    /// What the host's own ident service said of the user. RFC 1413
    package internal(set) var ident: Located<String>?
    /// Whether the server says what the host said in HELO, be it nothing.
    private var saysHello = false

    /// The HELO as a host name, if it is one.
    package var helloDomain: Located<Domain>? {
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
        let source = received.source.bytes
        let bytes = source.span
        var first: ByteRange?
        var literalIsFirst = false
        var isClaiming = false
        for index in received.clause(.from) {
            let item = received.items[index]
            switch item.kind {
            case .keyword, .remark: continue
            case .word:
                let word = item.range
                if isClaiming, bytes[word.lowerBound] == UInt8(ascii: "\"") {
                    // smtpd: from NAME(address), claiming to be "HELO"
                    setHello(word.lowerBound + 1..<max(word.lowerBound + 1, word.upperBound - 1), bytes)
                } else if bytes.equalsASCII("claiming", in: word) {
                    isClaiming = true
                } else if isClaiming || bytes.equalsASCII(",", in: word) {
                    continue
                } else if let literal = Self.bracketed(word, bytes) {
                    if address == nil { address = literal }
                    if first == nil {
                        first = word
                        literalIsFirst = true
                    }
                } else if first == nil {
                    first = word
                } else {
                    readToken(word, bytes)
                }
            case .comment:
                // "[10.0.0.1] (name [192.0.2.1])": what is in the comment was seen, the rest was said.
                let said = literalIsFirst ? address : nil
                if said != nil { address = nil }
                // Who logged in is no host.
                if !mayNameUser || source.firstOffset(of: "authenticated", in: item.range) == nil {
                    readComment(item.range, bytes)
                }
                if address == nil { address = said } else { literalIsFirst = false }
            }
        }
        guard let first else { return }
        let bare = IPAddress(bytes, in: first)
        if hello == nil, !saysHello {
            // An address alone is what the server saw, not what the host said of itself.
            if bare == nil || address != nil || bytes[first.lowerBound] == UInt8(ascii: "[") {
                hello = received.text(first)
            }
        } else if let bare {
            if address == nil { address = Located(bare, at: first) }
        } else if bytes.equalsASCII("unknown", in: first) {
            name = .missing(first)
        } else if name.domain == nil {
            name = .found(Located(Domain(received.text(first).value), at: first))
        }
        if address == nil, let bare { address = Located(bare, at: first) }
    }

    private static func separates(_ byte: UInt8) -> Bool {
        byte.isFolding || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: ",")
    }

    private mutating func readComment(_ range: ByteRange, _ bytes: Span<UInt8>) {
        var offset = range.lowerBound
        var expectsHello = false
        var isClaiming = false
        var isAccount = false
        while true {
            while offset < range.upperBound, Self.separates(bytes[offset]) { offset += 1 }
            let start = offset
            while offset < range.upperBound, !Self.separates(bytes[offset]) { offset += 1 }
            let token = start..<offset
            guard !token.isEmpty else { return }
            if isAccount {
                isAccount = false
            } else if bytes.equalsASCII("account", in: token) {
                // CommuniGate Pro: (account user@example.com HELO hello)
                isAccount = true
            } else if bytes.equalsASCII("claiming", in: token) {
                isClaiming = true
            } else if isClaiming, bytes[token.lowerBound] == UInt8(ascii: "\"") {
                setHello(token.lowerBound + 1..<max(token.lowerBound + 1, token.upperBound - 1), bytes)
            } else if bytes.hasASCII("ident=", at: token.lowerBound), token.count > 6 {
                readIdent(token.lowerBound + 6..<token.upperBound, bytes)
            } else if bytes.hasASCII("port=", at: token.lowerBound), token.count > 5 {
                port = Self.number(bytes, token.lowerBound + 5..<token.upperBound)
            } else if expectsHello {
                setHello(token, bytes)
                expectsHello = false
            } else if token.count == 4,
                bytes.hasASCII("helo", at: token.lowerBound) || bytes.hasASCII("ehlo", at: token.lowerBound)
                    || bytes.hasASCII("lhlo", at: token.lowerBound)
            {
                expectsHello = true
                saysHello = true
            } else if bytes.hasASCII("helo=", at: token.lowerBound), token.count > 5 {
                setHello(token.lowerBound + 5..<token.upperBound, bytes)
            } else {
                readToken(token, bytes)
            }
        }
    }

    /// A word of a comment: an address, a reverse name, or a word to be passed over.
    private mutating func readToken(_ token: ByteRange, _ bytes: Span<UInt8>) {
        if let open = bytes.firstOffset(of: UInt8(ascii: "["), in: token),
            let close = bytes.firstOffset(of: UInt8(ascii: "]"), in: open..<token.upperBound),
            let value = IPAddress(bytes, in: open..<close + 1)
        {
            if address == nil { address = Located(value, at: open + 1..<close) }
            // "name[address]"; before an "@" stands what ident said.
            if open > token.lowerBound, bytes[open - 1] != UInt8(ascii: "@") {
                readName(token.lowerBound..<open, bytes)
            }
            if close + 1 < token.upperBound, bytes[close + 1] == UInt8(ascii: ":") {
                port = Self.number(bytes, close + 2..<token.upperBound)
            }
            if let at = bytes.lastOffset(of: UInt8(ascii: "@"), in: token.lowerBound..<open) {
                readIdent(token.lowerBound..<at, bytes)
            }
        } else if let (value, used, found) = Self.withPort(token, bytes) {
            if address == nil { address = Located(value, at: used) }
            port = port ?? found
        } else if let value = IPAddress(bytes, in: token) {
            if address == nil { address = Located(value, at: token) }
        } else if let at = bytes.lastOffset(of: UInt8(ascii: "@"), in: token),
            let value = IPAddress(bytes, in: at + 1..<token.upperBound)
        {
            // user@192.0.2.1
            if address == nil { address = Located(value, at: at + 1..<token.upperBound) }
            readIdent(token.lowerBound..<at, bytes)
        } else if bytes.equalsASCII("unknown", in: token) || bytes.equalsASCII("softdnserr", in: token) {
            if address == nil, name.domain == nil { name = .missing(token) }
        } else if address == nil {
            readName(token, bytes)
        }
    }

    private mutating func readIdent(_ range: ByteRange, _ bytes: Span<UInt8>) {
        guard !range.isEmpty, ident == nil else { return }
        let start = bytes.hasASCII("ident:", at: range.lowerBound) ? range.lowerBound + 6 : range.lowerBound
        ident = Located(bytes.text(min(start, range.upperBound)..<range.upperBound), at: range)
    }

    /// "[192.0.2.1.63559]", "[192.0.2.1:63559]", "192.0.2.1:63559"
    private static func withPort(_ token: ByteRange, _ bytes: Span<UInt8>) -> (IPAddress, ByteRange, Int)? {
        var token = token
        guard token.count <= 24 else { return nil }
        if bytes[token.lowerBound] == UInt8(ascii: "["), bytes[token.upperBound - 1] == UInt8(ascii: "]") {
            token = token.lowerBound + 1..<max(token.lowerBound + 1, token.upperBound - 1)
        }
        var separators = 0
        var last = token.lowerBound
        for offset in token where !bytes[offset].isDigit {
            guard bytes[offset] == UInt8(ascii: ".") || bytes[offset] == UInt8(ascii: ":") else { return nil }
            separators += 1
            last = offset
        }
        guard separators == 4, let port = number(bytes, last + 1..<token.upperBound),
            let value = IPAddress(bytes, in: token.lowerBound..<last)
        else { return nil }
        return (value, token.lowerBound..<last, port)
    }

    private static func number(_ bytes: Span<UInt8>, _ digits: ByteRange) -> Int? {
        guard (1...5).contains(digits.count) else { return nil }
        var number = 0
        for offset in digits {
            guard bytes[offset].isDigit else { return nil }
            number = number * 10 + Int(bytes[offset] - 0x30)
        }
        return number < 65_536 ? number : nil
    }

    private mutating func readName(_ range: ByteRange, _ bytes: Span<UInt8>) {
        var range = range
        // sendmail puts what ident said before the name: "IDENT:user@host".
        if let at = bytes.lastOffset(of: UInt8(ascii: "@"), in: range) {
            readIdent(range.lowerBound..<at, bytes)
            range = at + 1..<range.upperBound
        }
        guard name.domain == nil, !range.isEmpty, bytes.firstOffset(of: UInt8(ascii: "="), in: range) == nil else {
            return
        }
        let domain = Domain(bytes.text(range))
        guard domain.isHostName || domain.description == "localhost" else { return }
        if bytes[range.upperBound - 1] == UInt8(ascii: ".") { range = range.lowerBound..<range.upperBound - 1 }
        name = .found(Located(domain, at: range))
    }

    /// qmail writes `?` around and inside what it will not repeat.
    private mutating func setHello(_ range: ByteRange, _ bytes: Span<UInt8>) {
        guard bytes.firstOffset(of: UInt8(ascii: "?"), in: range) != nil else {
            hello = Located(bytes.text(range), at: range)
            return
        }
        let kept = range.map { bytes[$0] }.filter { $0 != UInt8(ascii: "?") }
        hello = Located(String(decoding: kept, as: UTF8.self), at: range)
    }

    private static func bracketed(_ word: ByteRange, _ bytes: Span<UInt8>) -> Located<IPAddress>? {
        guard bytes[word.lowerBound] == UInt8(ascii: "["), bytes[word.upperBound - 1] == UInt8(ascii: "]"),
            let value = IPAddress(bytes, in: word)
        else { return nil }
        return Located(value, at: word.lowerBound + 1..<word.upperBound - 1)
    }
}
