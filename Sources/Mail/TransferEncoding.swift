import CBytes
import Glibc

/// How a body is written so that it survives transport. RFC 2045 §6
public enum TransferEncoding: String, Hashable, Sendable {
    case sevenBit = "7bit"
    case eightBit = "8bit"
    case binary
    case quotedPrintable = "quoted-printable"
    case base64
    case uuencode
    case yEnc = "yenc"
    /// BinHex 4.0 (RFC 1741), which is named and not decoded.
    case binHex = "binhex"
    /// A token that names none of these; the body is taken as it stands.
    case unknown

    /// Whether the body is read as it stands in the message.
    public var isIdentity: Bool {
        switch self {
        case .sevenBit, .eightBit, .binary, .binHex, .unknown: true
        case .quotedPrintable, .base64, .uuencode, .yEnc: false
        }
    }

    // mechanism = "7bit" / "8bit" / "binary" / "quoted-printable" / "base64" / ietf-token / x-token
    init(token: ArraySlice<UInt8>) {
        if token.isEmpty || token.equalsASCII("7bit") {
            self = .sevenBit
        } else if token.equalsASCII("8bit") {
            self = .eightBit
        } else if token.equalsASCII("quoted-printable") {
            self = .quotedPrintable
        } else if token.equalsASCII("base64") {
            self = .base64
        } else if token.equalsASCII("binary") {
            self = .binary
        } else if token.equalsASCII("x-uuencode") || token.equalsASCII("uuencode") || token.equalsASCII("x-uue") {
            self = .uuencode
        } else if token.equalsASCII("x-yenc") || token.equalsASCII("yenc") {
            self = .yEnc
        } else if token.equalsASCII("binhex") || token.equalsASCII("x-binhex") || token.equalsASCII("mac-binhex40") {
            self = .binHex
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
        /// yEnc data that are not as long as they say, or lack their end.
        case badYEnc
    }

    public let bytes: [UInt8]
    let notes: DecodingNotes
    public let limitHit: LimitHit?

    /// The first faults, with their ranges in the message.
    public var faults: [Located<Fault>] { notes.faults }
    public var faultCount: Int { notes.faultCount }
    /// From which bytes of the message each stretch came; empty unless asked for.
    public var map: OffsetMap { notes.map }
}

/// What a decoder has to say beside the bytes.
struct DecodingNotes: Sendable {
    private(set) var faults: [Located<DecodedBody.Fault>] = []
    private(set) var faultCount = 0
    var map = OffsetMap()
    let isMapped: Bool

    init(isMapped: Bool) { self.isMapped = isMapped }

    mutating func note(_ fault: DecodedBody.Fault, at range: ByteRange) {
        faultCount += 1
        if faults.count < 200 { faults.append(Located(fault, at: range)) }
    }

    /// A stretch begins: what is decoded after `count` bytes comes from `offset` on.
    mutating func mark(_ offset: Int, after count: Int) { if isMapped { map.note(decoded: count, encoded: offset) } }

    /// The stretch ends here; what comes up to the next one has no decoded bytes.
    mutating func unmark(_ offset: Int) { if isMapped { map.close(at: offset) } }
}

extension Source {
    /// Undoes a transfer encoding. Damage is noted and passed over, as mail programs do.
    public func decode(
        _ range: ByteRange, from encoding: TransferEncoding, mapped: Bool = false
    ) -> DecodedBody {
        let range = range.clamped(to: 0..<bytes.count)
        let read = range.prefix(limits[.decodedBody])
        var notes = DecodingNotes(isMapped: mapped)
        let decoded: [UInt8]
        if encoding.isIdentity {
            notes.mark(read.lowerBound, after: 0)
            decoded = Array(bytes[read])
        } else {
            // No encoding makes bytes out of nothing: as many come out as go in, at most.
            let capacity = encoding == .base64 ? Base64.capacity(for: read.count) : read.count
            decoded = [UInt8](capacity: capacity) { output in
                switch encoding {
                case .base64: Base64.decode(bytes, in: read, into: &output, &notes)
                case .quotedPrintable:
                    QuotedPrintable.decode(bytes, in: read, lineEnd: lineEnd, into: &output, &notes)
                case .uuencode: Uuencode.decode(bytes, in: read, lineEnd: lineEnd, into: &output, &notes)
                case .yEnc: YEnc.decode(bytes, in: read, into: &output, &notes)
                case .sevenBit, .eightBit, .binary, .binHex, .unknown: output.append(bytes, read)
                }
            }
        }
        notes.map.finish(decoded: decoded.count, encoded: read.upperBound)
        let isCut = read.count < range.count
        return DecodedBody(
            bytes: decoded, notes: notes,
            limitHit: isCut ? LimitHit(.decodedBody, of: limits, unread: read.upperBound..<range.upperBound) : nil)
    }
}

extension OutputSpan<UInt8> {
    /// Copies `range` of `bytes`; what there is no room for is left out.
    mutating func append(_ bytes: [UInt8], _ range: ByteRange) {
        let range = range.clamped(to: 0..<bytes.count).prefix(freeCapacity)
        bytes.withUnsafeBytes { source in
            withUnsafeMutableBufferPointer { target, count in
                guard !range.isEmpty, let from = source.baseAddress, let to = target.baseAddress else { return }
                memcpy(to + count, from + range.lowerBound, range.count)
                count += range.count
            }
        }
    }

    /// Copies `range` of `bytes` without line ends, if there is room for all of it.
    mutating func appendUnfolded(_ bytes: [UInt8], _ range: ByteRange) {
        let range = range.clamped(to: 0..<bytes.count)
        guard range.count <= freeCapacity else { return }
        bytes.withUnsafeBufferPointer { source in
            withUnsafeMutableBufferPointer { target, count in
                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                var kinds: UInt32 = 0
                count += backstamp_unfold(from + range.lowerBound, range.count, to + count, &kinds)
            }
        }
    }

    /// Appends a byte if there is room.
    mutating func put(_ byte: UInt8) { if !isFull { append(byte) } }
}
