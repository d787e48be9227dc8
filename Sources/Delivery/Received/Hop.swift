package import Mail
package import Phrases

/// One server's account of taking the message over, and what the chain makes of it.
package struct Hop: Sendable {
    /// What the line says. Shared, for hops are handed around a lot.
    private let account: Account

    package var field: HeaderField { account.reading.field }
    /// The line as the general grammar reads it.
    package var received: Received { account.reading.received }
    /// Who handed the message over.
    package var peer: Peer { account.reading.peer }
    /// The server that wrote this.
    package var by: Located<String>? { account.reading.by }
    /// The same, when it names a host.
    package var byDomain: Located<Domain>? { account.byDomain }
    /// What the servers spoke: `ESMTPS`.
    package var transmission: Located<String>? { account.reading.transmission }
    /// The link or mechanism: `via Frontend Transport`.
    package var via: Located<String>? { received.joined(.via) }
    package var id: Located<String>? { account.id }
    /// The recipient it was for.
    package var recipient: Located<String>? { received.value(.for) }
    /// The TLS version that the server names.
    package var tls: Located<String>? { account.mentionsTLS ? TLSMention.version(in: received) : nil }
    package var cipher: Located<String>? { account.mentionsTLS ? TLSMention.cipher(in: received) : nil }
    /// The envelope's sender, without brackets.
    package var envelopeFrom: Located<String>? { account.reading.envelopeFrom }
    /// Who logged in, or how: the message was submitted here.
    package var authenticated: Located<String>? { account.reading.authenticated }
    /// The time stamp: `nil` when there is none; a failure when it cannot be read.
    package var date: Result<Located<DateTime>, SyntaxError>? { received.date }
    /// The time stamp, when there is one that can be read.
    package var time: Located<DateTime>? { account.time }
    /// The server program that writes such lines.
    package var dialect: (any Dialect)? { account.reading.dialect }
    package internal(set) var trust = Trust.claimed
    /// Seconds since the hop before it that has a date; negative when its clock was behind.
    package internal(set) var delay: Int?
    /// The same with the one clock set right that is off; `nil` where nothing is known of a wrong clock.
    package internal(set) var correctedDelay: Int?

    init(_ reading: consuming HopReading) { account = Account(reading) }

    /// The moment that the server's own id holds.
    package var idTime: DateTime? { account.idTime }

    /// Whether the message stayed on one machine or network: a queue, a content filter.
    package var isInternal: Bool {
        guard let address = peer.address?.value else { return peer.hello?.value.lowercased() == "localhost" }
        return !address.isPublic
    }

    /// Whether a person's program handed the message in here: nobody is before that. RFC 4409, RFC 3848
    package var isSubmission: Bool {
        if authenticated != nil { return true }
        let spoken = transmission?.value.uppercased() ?? ""
        return ["ESMTPA", "ESMTPSA", "UTF8SMTPA", "UTF8SMTPSA", "ASMTP", "HTTP", "HTTPS", "HTTPU", "HTTPREST"].contains(
            spoken)
            && !(dialect?.speaksHTTPInside ?? false)
    }
}

/// Whether a hop's account can be believed.
package enum Trust: Sendable {
    /// Written by a server inside the trust boundary, for the reason given.
    case ours(Reason)
    /// Written below the boundary, where anyone can write anything.
    case claimed

    package indirect enum Reason: Sendable {
        case trustedByUser(Domain)
        case newest
        case belongs(Domain, to: Domain)
        case insideTheSystem

        package var phrase: Phrase {
            switch self {
            case .trustedByUser(let host): "\(host) is trusted by you"
            case .newest: "the newest field is written by the server that received the message"
            case .belongs(let host, let home): "\(host) belongs to \(home)"
            case .insideTheSystem: "handed on inside the receiving system"
            }
        }
    }

    package var isOurs: Bool { if case .ours = self { true } else { false } }
}

/// What stands in one line, while its dialect can still put it right.
package struct HopReading: Sendable {
    let field: HeaderField
    let received: Received
    var peer: Peer
    var by: Located<String>?
    var transmission: Located<String>?
    let envelopeFrom: Located<String>?
    var authenticated: Located<String>?
    let dialect: (any Dialect)?

    /// Reads a line by the general grammar, then as the server means it that wrote it.
    init(_ line: ReceivedLine, _ field: HeaderField, _ dialect: (any Dialect)?) {
        let received = line.received
        self.field = field
        self.received = received
        peer = Peer(received, mayNameUser: line.mayNameUser)
        by = received.value(.by).map(Self.trimmed)
        transmission = received.value(.with)
        envelopeFrom = line.envelopeFrom
        authenticated = line.authenticated
        // Nobody says HELO over HTTP.
        if authenticated != nil, line.isWord("http", .with) || line.isWord("httpu", .with) { peer.hello = nil }
        self.dialect = dialect
        dialect?.refine(&self, line)
    }

    /// "by mx.example.com, id …": the comma is the line's.
    private static func trimmed(_ text: Located<String>) -> Located<String> {
        guard let last = text.value.utf8.last, last == UInt8(ascii: ",") || last == UInt8(ascii: "."),
            last == UInt8(ascii: ",") || text.value.utf8.count > 1
        else { return text }
        return Located(String(text.value.dropLast()), at: text.range.lowerBound..<text.range.upperBound - 1)
    }
}

/// A line that is read, with what is asked of it again and again.
private final class Account: Sendable {
    let reading: HopReading
    let byDomain: Located<Domain>?
    let id: Located<String>?
    let time: Located<DateTime>?
    let mentionsTLS: Bool
    let idTime: DateTime?

    init(_ reading: consuming HopReading) {
        byDomain = reading.by.flatMap { by in
            let domain = Domain(by.value)
            return domain.isHostName ? Located(domain, at: by.range) : nil
        }
        id = reading.received.value(.id)
        time = try? reading.received.date?.get()
        idTime = id.flatMap { [time] id in reading.dialect?.time(inID: id.value, near: time?.value) }
        mentionsTLS = TLSMention.isMentioned(in: reading.received)
        self.reading = reading
    }
}

/// How a server says that the connection was encrypted.
enum TLSMention {
    /// Whether the line can name a version or a cipher: most lines of old do not.
    static func isMentioned(in received: Received) -> Bool {
        guard let first = received.items.first, let last = received.items.last else { return false }
        let line = first.range.lowerBound..<last.range.upperBound
        let bytes = received.source.bytes
        return bytes.firstOffset(ofAnyCase: "tls", in: line) != nil
            || bytes.firstOffset(ofAnyCase: "cipher", in: line) != nil
    }

    // TLS-cipher: "using TLSv1.3 with cipher X (256/256 bits)", "version=TLS1_2, cipher=X", "TLS1.2:X"
    static func version(in received: Received) -> Located<String>? {
        let source = received.source
        let bytes = source.bytes
        for comment in received.items where comment.isComment {
            var offset = comment.range.lowerBound
            while let found = bytes.firstOffset(ofAnyCase: "tls", in: offset..<comment.range.upperBound) {
                offset = found + 1
                var cursor = Cursor(source, in: found + 3..<comment.range.upperBound)
                if cursor.next?.lowercased == UInt8(ascii: "v") { cursor.advance() }
                if cursor.next == UInt8(ascii: "-") { cursor.advance() }
                let version = cursor.take { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
                guard let first = version.first, bytes[first].isDigit else { continue }
                let digits = String(decoding: bytes[version].map { $0 == 0x5F ? 0x2E : $0 }, as: UTF8.self)
                return Located("TLS \(digits)", at: comment.range)
            }
        }
        return nil
    }

    /// The cipher's name: after "cipher", after Exim's "tls", or after the version and a colon.
    static func cipher(in received: Received) -> Located<String>? {
        let source = received.source
        for comment in received.items where comment.isComment {
            if let found = source.word(after: "cipher=", in: comment.range) { return found }
            if let found = source.word(after: "cipher ", in: comment.range) { return found }
            guard source.bytes.hasASCII("tls", at: comment.range.lowerBound) else { continue }
            let parts = source.bytes[comment.range].split(separator: UInt8(ascii: ":"))
            if parts.count >= 2, parts[0].contains(where: \.isDigit) {
                return Located(String(decoding: parts[1], as: UTF8.self), at: comment.range)
            }
        }
        guard let first = received.items.first, let last = received.items.last else { return nil }
        return source.word(after: ") tls ", in: first.range.lowerBound..<last.range.upperBound)
    }
}
