/// How a body is written so that it survives transport. RFC 2045 §6
public enum TransferEncoding: String, Hashable, Sendable {
    case sevenBit = "7bit"
    case eightBit = "8bit"
    case binary
    case quotedPrintable = "quoted-printable"
    case base64
    case uuencode
    /// A token that names none of these; the body is taken as it stands.
    case unknown

    /// Whether the body stands in the message as it is.
    public var isIdentity: Bool {
        switch self {
        case .sevenBit, .eightBit, .binary, .unknown: true
        case .quotedPrintable, .base64, .uuencode: false
        }
    }

    // mechanism = "7bit" / "8bit" / "binary" / "quoted-printable" / "base64" / ietf-token / x-token
    init(token: ArraySlice<UInt8>) {
        if token.equalsASCII("7bit") || token.isEmpty {
            self = .sevenBit
        } else if token.equalsASCII("8bit") {
            self = .eightBit
        } else if token.equalsASCII("binary") {
            self = .binary
        } else if token.equalsASCII("quoted-printable") {
            self = .quotedPrintable
        } else if token.equalsASCII("base64") {
            self = .base64
        } else if token.equalsASCII("x-uuencode") || token.equalsASCII("uuencode") || token.equalsASCII("x-uue") {
            self = .uuencode
        } else {
            self = .unknown
        }
    }
}

/// The bytes of a body with its transfer encoding undone.
public struct DecodedBody: Sendable {
    /// What does not follow the encoding's rules.
    public enum Fault: String, Hashable, Sendable {
        /// A byte that base64 does not use, other than white space.
        case base64Junk
        /// More base64 after the padding that ends it.
        case base64AfterPadding
        /// The last group of base64 is short of characters.
        case base64Truncated
        /// `=` followed by neither two hexadecimal digits nor the end of the line.
        case badQuotedPrintable
        /// A uuencoded line that does not hold what its length says.
        case badUuencode
    }

    public internal(set) var bytes: [UInt8] = []
    /// The first faults, with their places in the message.
    public private(set) var faults: [Located<Fault>] = []
    public private(set) var faultCount = 0
    /// From which bytes of the message each stretch came; empty unless asked for.
    public internal(set) var map = OffsetMap()
    public internal(set) var limitHit: LimitHit?
    let isMapped: Bool

    init(isMapped: Bool) { self.isMapped = isMapped }

    mutating func note(_ fault: Fault, at range: ByteRange) {
        faultCount += 1
        if faults.count < 200 { faults.append(Located(fault, at: range)) }
    }

    /// A stretch of decoded bytes begins here.
    mutating func mark(_ place: Int) { if isMapped { map.note(decoded: bytes.count, encoded: place) } }

    /// The stretch ends here; what comes up to the next one has no decoded bytes.
    mutating func unmark(_ place: Int) { if isMapped { map.close(at: place) } }
}

extension Source {
    /// Undoes a transfer encoding. Damage is noted and passed over, as mail programs do.
    public func decode(
        _ range: ByteRange, from encoding: TransferEncoding, mapped: Bool = false
    ) -> DecodedBody {
        let range = range.clamped(to: 0..<bytes.count)
        // No encoding makes bytes out of nothing: as many come out as go in, at most.
        let read = range.prefix(limits[.decodedBody])
        var body = DecodedBody(isMapped: mapped)
        body.bytes.reserveCapacity(encoding == .base64 ? read.count / 4 * 3 + 3 : read.count)
        switch encoding {
        case .base64: Base64.decode(bytes, in: read, into: &body)
        case .quotedPrintable: QuotedPrintable.decode(bytes, in: read, into: &body)
        case .uuencode: Uuencode.decode(bytes, in: read, into: &body)
        case .sevenBit, .eightBit, .binary, .unknown:
            body.mark(read.lowerBound)
            body.bytes += bytes[read]
        }
        body.map.finish(decoded: body.bytes.count, encoded: read.upperBound)
        if read.count < range.count {
            body.limitHit = LimitHit(
                .decodedBody, of: limits, unread: read.upperBound..<range.upperBound)
        }
        return body
    }
}
