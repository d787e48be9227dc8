/// One address and the name shown for it. RFC 5322 §3.4
public struct Mailbox: Hashable, Sendable {
    /// What a reader is shown, decoded: the phrase, or in old mail the comment after the address.
    public let displayName: Located<String>?
    public let localPart: Located<String>
    /// Missing from `From: root` and from an empty pair of brackets.
    public let domain: Located<Domain>?
    /// Comments before, between and after the words of the name, and after the address.
    public let comments: [Located<String>]
    /// The address as it stands: `local-part@domain`.
    public let address: ByteRange
    /// The obsolete source route, `@one,@two:`. RFC 5322 §4.4
    public let route: ByteRange?

    /// `local-part@domain`, the local part in quotes when it has to be.
    public var spec: String { domain.map { "\(quotedLocalPart)@\($0.value)" } ?? localPart.value }

    // quoted-string = DQUOTE *qcontent DQUOTE, for what is no dot-atom
    private var quotedLocalPart: String {
        let local = localPart.value
        let needsQuotes =
            local.isEmpty || local.utf8.contains { $0 <= 0x20 || $0 == 0x7F || Self.isSpecial($0) }
        guard needsQuotes else { return local }
        return "\"" + local.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    // specials = "(" / ")" / "<" / ">" / "[" / "]" / ":" / ";" / "@" / "\" / "," / "." / DQUOTE
    /// Those of them that a dot-atom cannot have: all but the dot.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "@"), UInt8(ascii: "\\"),
            UInt8(ascii: ","), UInt8(ascii: "\""):
            true
        default: false
        }
    }
}

/// The value of From, Reply-To, To and their like: mailboxes, and groups of them. RFC 5322 §3.4, RFC 6854
public struct AddressList: Readable {
    public let mailboxes: [Located<Mailbox>]
    /// Display names of groups, `undisclosed-recipients:;` among them.
    public let groups: [Located<String>]
    /// Text after an address that belongs to none: readers differ on what it makes of it.
    public let strays: [ByteRange]
    /// How many addresses there are; more than `mailboxes` when the limit was hit.
    public let count: Int
    public let limitHit: LimitHit?

    // address-list = (address *("," address)) / obs-addr-list
    // address      = mailbox / group
    // group        = display-name ":" [group-list] ";" [CFWS]
    public init(from cursor: inout Cursor) throws(SyntaxError) {
        var mailboxes: [Located<Mailbox>] = []
        var groups: [Located<String>] = []
        var strays: [ByteRange] = []
        var count = 0
        let limits = cursor.source.limits
        var hit: LimitHit?
        var isUnclosed = false
        while true {
            var item = AddressItem(isUnclosed: isUnclosed)
            item.read(&cursor)
            isUnclosed = item.isUnclosed
            if cursor.next == UInt8(ascii: ":") {
                groups.append(item.phrase(cursor) ?? Located("", at: cursor.position..<cursor.position))
                cursor.advance()
                continue
            }
            if let mailbox = item.mailbox(cursor) {
                count += 1
                if count <= limits[.addresses] {
                    mailboxes.append(mailbox)
                } else if hit == nil {
                    hit = LimitHit(.addresses, of: limits, unread: mailbox.range.lowerBound..<cursor.end)
                }
            }
            if let stray = item.stray { strays.append(stray) }
            guard !cursor.isAtEnd else { break }
            cursor.advance()
        }
        if mailboxes.isEmpty && groups.isEmpty { throw cursor.error("an address") }
        self.mailboxes = mailboxes
        self.groups = groups
        self.strays = strays
        self.count = count
        limitHit = hit
    }
}

/// What stands between two commas, taken apart.
struct AddressItem {
    private enum Word {
        case atom(ByteRange)
        case quoted(whole: ByteRange, content: ByteRange)

        var range: ByteRange {
            switch self {
            case .atom(let range): range
            case .quoted(let whole, _): whole
            }
        }
    }

    private var words: [Word] = []
    private var comments: [ByteRange] = []
    /// The content of the angle brackets.
    private var angle: ByteRange?
    private var end = 0
    private var hasAt = false
    private(set) var stray: ByteRange?
    /// Whether no '>' follows any more: a bracket that opens then reaches to the next comma or semicolon.
    private(set) var isUnclosed: Bool

    init(isUnclosed: Bool) { self.isUnclosed = isUnclosed }

    /// Takes everything up to `,`, `;` or a group's `:`.
    mutating func read(_ cursor: inout Cursor) {
        while let byte = cursor.next {
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: ";"): return
            case UInt8(ascii: ":") where angle == nil && !hasAt && !words.isEmpty: return
            case _ where byte.isFolding: cursor.advance()
            case UInt8(ascii: "("):
                comments.append(cursor.takeComment())
            case UInt8(ascii: "\""):
                let start = cursor.position
                let content = cursor.takeQuotedString()
                add(.quoted(whole: start..<cursor.position, content: content))
            case UInt8(ascii: "<"):
                let start = cursor.position
                guard let inside = takeAngle(&cursor) else {
                    // "a < <a@example.com>": the first one opens nothing.
                    cursor.advance()
                    addStray(start..<cursor.position)
                    continue
                }
                if angle == nil { angle = inside } else { addStray(start..<cursor.position) }
                end = cursor.position
            case UInt8(ascii: "=") where Self.encodedWordEnd(cursor) != nil:
                // What an encoded word holds divides nothing, even where RFC 2047 §5 (3) wants it encoded further.
                let start = cursor.position
                cursor.move(to: Self.encodedWordEnd(cursor) ?? start)
                add(.atom(start..<cursor.position))
            default:
                let atom = cursor.take {
                    !$0.isFolding && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "<")
                        && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ":")
                }
                if atom.isEmpty { cursor.advance() }
                hasAt = hasAt || cursor.source.bytes[atom].contains(UInt8(ascii: "@"))
                add(.atom(atom.isEmpty ? atom.lowerBound..<cursor.position : atom))
            }
        }
    }

    private mutating func add(_ word: Word) {
        if angle == nil { words.append(word) } else { addStray(word.range) }
        end = word.range.upperBound
    }

    private mutating func addStray(_ range: ByteRange) {
        stray = (stray?.lowerBound ?? range.lowerBound)..<range.upperBound
    }

    // angle-addr = [CFWS] "<" addr-spec ">" [CFWS] / obs-angle-addr
    /// The content of the brackets; without a closing one, up to the next comma or semicolon. `nil`, and nothing is taken, when
    /// another pair opens before there was an address.
    private mutating func takeAngle(_ cursor: inout Cursor) -> ByteRange? {
        let before = cursor
        var hasAt = false
        var separator: Int?
        cursor.advance()
        let start = cursor.position
        var end = start
        while let byte = cursor.next {
            switch byte {
            case UInt8(ascii: ">"):
                cursor.advance()
                return start..<end
            case UInt8(ascii: "\""): _ = cursor.takeQuotedString()
            case UInt8(ascii: "("): _ = cursor.takeComment()
            case UInt8(ascii: "<"):
                if hasAt { return start..<end }
                cursor = before
                return nil
            default:
                hasAt = hasAt || byte == UInt8(ascii: "@")
                if separator == nil, byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
                    separator = cursor.position
                }
                if isUnclosed, separator != nil { return start..<end }
                cursor.advance()
            }
            end = cursor.position
        }
        isUnclosed = true
        guard let separator else { return start..<end }
        cursor = before
        cursor.move(to: separator)
        return start..<separator
    }

    // encoded-word = "=?" charset "?" encoding "?" encoded-text "?="
    /// Where the encoded word at the cursor ends, if it is one and followed by what may follow one.
    private static func encodedWordEnd(_ cursor: Cursor) -> Int? {
        var cursor = cursor
        guard cursor.skip(UInt8(ascii: "=")), cursor.skip(UInt8(ascii: "?")) else { return nil }
        let limit = cursor.position + 400
        var marks = 0
        while let byte = cursor.next, !byte.isFolding, cursor.position < limit {
            cursor.advance()
            guard byte == UInt8(ascii: "?") else { continue }
            marks += 1
            if marks > 2, cursor.skip(UInt8(ascii: "=")) {
                let isEnd =
                    cursor.next.map { $0.isFolding || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "(") } ?? true
                return isEnd ? cursor.position : nil
            }
        }
        return nil
    }

    /// The words as one decoded text.
    func phrase(_ cursor: Cursor) -> Located<String>? {
        guard let first = words.first, let last = words.last else { return nil }
        let range = first.range.lowerBound..<last.range.upperBound
        if words.contains(where: { if case .quoted = $0 { true } else { false } }) {
            let texts = words.map { word in
                switch word {
                case .atom(let atom): EncodedWord.decoding(cursor, atom)
                // Encoded words inside quotes are against RFC 2047 §5 (3), and every reader decodes them.
                case .quoted(_, let content):
                    cursor.source.bytes[content].contains(UInt8(ascii: "\\"))
                        ? cursor.unquoted(content) : EncodedWord.decoding(cursor, content)
                }
            }
            return Located(texts.filter { !$0.isEmpty }.joined(separator: " "), at: range)
        }
        return Located(EncodedWord.decoding(cursor, range), at: range)
    }

    // mailbox = name-addr / addr-spec
    func mailbox(_ cursor: Cursor) -> Located<Mailbox>? {
        guard let start = [words.first?.range.lowerBound, angle.map { $0.lowerBound - 1 }].compactMap({ $0 }).min()
        else { return nil }
        let whole = start..<max(start, end)
        let comments = comments.map { Located(EncodedWord.decoding(cursor, $0), at: $0) }
        // Without brackets the address is the words around the "@"; a comment after it is the name of old mail.
        let name = angle == nil ? comments.last : phrase(cursor) ?? comments.last
        return Located(Self.mailbox(angle ?? whole, name: name, comments: comments, cursor), at: whole)
    }

    // addr-spec  = local-part "@" domain
    // obs-route  = obs-domain-list ":"
    static func mailbox(
        _ range: ByteRange, name: Located<String>?, comments: [Located<String>] = [], _ cursor: Cursor
    ) -> Mailbox {
        var inner = cursor.inside(range)
        inner.skipCFWS()
        var start = inner.position
        var route: ByteRange?
        if inner.next == UInt8(ascii: "@"),
            let colon = cursor.source.bytes.firstOffset(of: UInt8(ascii: ":"), in: start..<range.upperBound)
        {
            route = start..<colon + 1
            inner.move(to: colon + 1)
            inner.skipCFWS()
            start = inner.position
        }
        // The last "@" outside quotes and comments divides.
        var at: Int?
        var end = start
        while let byte = inner.next {
            switch byte {
            case UInt8(ascii: "\""): _ = inner.takeQuotedString()
            case UInt8(ascii: "("):
                _ = inner.takeComment()
                continue
            case UInt8(ascii: "@"):
                at = inner.position
                inner.advance()
            case _ where byte.isFolding:
                inner.advance()
                continue
            default: inner.advance()
            }
            end = inner.position
        }
        let local = start..<(at ?? end)
        return Mailbox(
            displayName: name.flatMap { $0.value.isEmpty ? nil : $0 },
            localPart: at == nil && name == nil
                ? Located(EncodedWord.decoding(cursor, local), at: local) : localPart(local, cursor),
            domain: at.flatMap { domain($0 + 1..<max($0 + 1, end), cursor) }, comments: comments,
            address: start..<end, route: route)
    }

    // local-part = dot-atom / quoted-string / obs-local-part
    private static func localPart(_ range: ByteRange, _ cursor: Cursor) -> Located<String> {
        let bytes = cursor.source.bytes[range]
        if bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\""), range.count >= 2 {
            return Located(cursor.unquoted(range.lowerBound + 1..<range.upperBound - 1), at: range)
        }
        return Located(withoutCFWS(range, cursor), at: range)
    }

    // domain = dot-atom / domain-literal / obs-domain
    private static func domain(_ range: ByteRange, _ cursor: Cursor) -> Located<Domain>? {
        var trimmed = range
        while let first = trimmed.first, cursor.source.bytes[first].isFolding {
            trimmed = first + 1..<trimmed.upperBound
        }
        let name = withoutCFWS(trimmed, cursor)
        return name.isEmpty ? nil : Located(Domain(name), at: trimmed)
    }

    /// The text of a dot-atom whose obsolete form may have comments and folds between its atoms. RFC 5322 §4.4
    private static func withoutCFWS(_ range: ByteRange, _ cursor: Cursor) -> String {
        let bytes = cursor.source.bytes[range]
        guard bytes.contains(where: { $0 == UInt8(ascii: "(") || $0.isFolding }) else { return cursor.text(range) }
        var inner = cursor.inside(range)
        var text = ""
        while !inner.isAtEnd {
            inner.skipCFWS()
            let atom = inner.text(inner.take { !$0.isFolding && $0 != UInt8(ascii: "(") })
            // A blank or a comment that stands beside no dot separates words, which no address may have: that is kept to be seen.
            let isGap = atom.isEmpty || text.isEmpty || text.hasSuffix(".") || atom.hasPrefix(".")
            text += isGap ? atom : " " + atom
        }
        return text
    }
}

extension Field<AddressList> {
    public static var from: Self { Self("From") }
    public static var sender: Self { Self("Sender") }
    public static var replyTo: Self { Self("Reply-To") }
    /// Who is told that the message was read. RFC 8098 §2.1
    public static var receiptTo: Self { Self("Disposition-Notification-To") }
    public static var to: Self { Self("To") }
    public static var cc: Self { Self("Cc") }
    public static var bcc: Self { Self("Bcc") }
}
