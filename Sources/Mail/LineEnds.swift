/// How the lines of an input end: how often each way, and where it is first found.
public struct LineEnds: Hashable, Sendable {
    /// CR LF, as mail is sent. RFC 5322 §2.3
    public private(set) var crlf = 0
    /// LF alone, as mail is stored.
    public private(set) var lf = 0
    /// CR alone, which ends no line unless nothing else does.
    public private(set) var cr = 0
    public private(set) var firstCRLF: Int?
    public private(set) var firstLF: Int?
    public private(set) var firstCR: Int?

    /// Whether lines end in more than one way.
    public var isMixed: Bool { [crlf, lf, cr].count { $0 > 0 } > 1 }

    init(_ bytes: [UInt8]) {
        let all = 0..<bytes.count
        var position = 0
        while let offset = bytes.firstOffset(of: .lineFeed, in: position..<all.upperBound) {
            position = offset + 1
            if offset > 0, bytes[offset - 1] == .carriageReturn {
                crlf += 1
                firstCRLF = firstCRLF ?? offset - 1
            } else {
                lf += 1
                firstLF = firstLF ?? offset
            }
        }
        position = 0
        while let offset = bytes.firstOffset(of: .carriageReturn, in: position..<all.upperBound) {
            position = offset + 1
            if position < bytes.count, bytes[position] == .lineFeed { continue }
            cr += 1
            firstCR = firstCR ?? offset
        }
    }
}

extension Source {
    /// How the lines of the bytes as read end.
    public var lineEnds: LineEnds { LineEnds(bytes) }
}
