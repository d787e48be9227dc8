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

    /// The HELO as a host name, if it is one.
    public var helloDomain: Located<Domain>? {
        guard let hello else { return nil }
        let domain = Domain(hello.value)
        return domain.isHostName ? Located(domain, at: hello.range) : nil
    }
}

extension Peer {
    // TCP-info = address-literal / ( Domain FWS address-literal )
    /// Reads a `from` clause: the first word is the HELO, unless a comment names the HELO; then it is the reverse name.
    init(_ from: Received.Clause, _ source: Source) {
        var first: Located<String>?
        for item in from.items {
            switch item {
            case .word(let word):
                if let literal = Self.bracketed(word, source) {
                    if address == nil { address = literal }
                    if first == nil { first = word }
                } else if first == nil {
                    first = word
                } else {
                    readToken(word.range, source)
                }
            case .comment(let comment): readComment(comment.range, source)
            }
        }
        guard let first else { return }
        if hello == nil {
            hello = first
        } else if let bare = IPAddress(first.value) {
            if address == nil { address = Located(bare, at: first.range) }
        } else if first.value.lowercased() == "unknown" {
            name = .missing(first.range)
        } else if name.domain == nil {
            name = .found(Located(Domain(first.value), at: first.range))
        }
        if address == nil, let bare = IPAddress(first.value) { address = Located(bare, at: first.range) }
    }

    private mutating func readComment(_ range: ByteRange, _ source: Source) {
        var cursor = Cursor(source, in: range)
        var expectsHello = false
        while !cursor.isAtEnd {
            cursor.take {
                $0.isFolding || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: ",")
            }
            let token = cursor.take {
                !$0.isFolding && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: ",")
            }
            guard !token.isEmpty else { continue }
            let bytes = source.bytes[token]
            if expectsHello {
                hello = Located(Self.withoutMarks(token, source), at: token)
                expectsHello = false
            } else if bytes.equalsASCII("helo") || bytes.equalsASCII("ehlo") || bytes.equalsASCII("lhlo") {
                expectsHello = true
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
        } else if let value = IPAddress(bytes) {
            if address == nil { address = Located(value, at: range) }
        } else if bytes.equalsASCII("unknown") {
            if address == nil, name.domain == nil { name = .missing(range) }
        } else if address == nil {
            readName(range, source)
        }
    }

    private mutating func readName(_ range: ByteRange, _ source: Source) {
        guard name.domain == nil, !source.bytes[range].contains(UInt8(ascii: "=")) else { return }
        let domain = Domain(String(decoding: source.bytes[range], as: UTF8.self))
        guard domain.isHostName else { return }
        var range = range
        if source.bytes[range].last == UInt8(ascii: ".") { range = range.lowerBound..<range.upperBound - 1 }
        name = .found(Located(domain, at: range))
    }

    /// qmail writes `?` around and inside what it will not repeat.
    private static func withoutMarks(_ range: ByteRange, _ source: Source) -> String {
        String(decoding: source.bytes[range].filter { $0 != UInt8(ascii: "?") }, as: UTF8.self)
    }

    private static func bracketed(_ word: Located<String>, _ source: Source) -> Located<IPAddress>? {
        let bytes = source.bytes[word.range]
        guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]"), let value = IPAddress(bytes) else {
            return nil
        }
        return Located(value, at: word.range.lowerBound + 1..<word.range.upperBound - 1)
    }
}
