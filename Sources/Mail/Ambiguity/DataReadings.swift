import Phrases

/// Where encoded data end for others, and what they are.
struct DataReadings {
    private(set) var ambiguities: [Ambiguity] = []

    init(_ part: Part) {
        guard part.encoding == .base64, !part.body.isEmpty else { return }
        let body = part.decoded()
        for fault in body.faults where fault.value == .base64AfterPadding { add(part, body, after: fault.range) }
        if let junk = body.faults.first(where: { $0.value == .base64Junk })?.range {
            let stopped = part.source.decode(part.body.lowerBound..<junk.lowerBound, from: .base64).bytes.count
            note(
                part, junk, "where the data end",
                [
                    .init("what is not base64 is passed over", "\(body.bytes.count) {1:byte|bytes}"),
                    .init("the data end at the first such byte", "\(stopped) {1:byte|bytes}"),
                ])
            addURLSafe(part, junk)
        }
        addDoubleEncoding(part, body)
    }

    private mutating func note(_ part: Part, _ range: ByteRange, _ subject: Phrase, _ readings: [Ambiguity.Reading]) {
        if let ambiguity = Ambiguity(.data, subject, at: part.messageRange(of: range), readings) {
            ambiguities.append(ambiguity)
        }
    }

    /// After padding that completes a group the data end; some readers decode on.
    private mutating func add(_ part: Part, _ body: DecodedBody, after range: ByteRange) {
        guard ambiguities.isEmpty else { return }
        let more = part.source.decode(range.upperBound - 1..<part.body.upperBound, from: .base64)
        let digits = "0123456789ABCDEF".map { String($0) }
        let beginning = more.bytes.prefix(8).map { digits[Int($0 >> 4)] + digits[Int($0 & 15)] }.joined(separator: " ")
        note(
            part, range, "where the data end",
            [
                .init("base64 ends at its padding", "\(body.bytes.count) {1:byte|bytes}"),
                .init(
                    "base64 goes on after it",
                    "\(body.bytes.count + more.bytes.count) {1:byte|bytes}, those after the padding beginning \(words: beginning)"
                ),
            ])
    }

    /// - and _ are the last two digits of another alphabet. RFC 4648 §5
    private mutating func addURLSafe(_ part: Part, _ junk: ByteRange) {
        let byte = part.source.bytes[junk.lowerBound]
        guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else { return }
        note(
            part, junk, "the alphabet of the data",
            [
                .init("- and _ are no digits", "bytes left out"),
                .init("they are those of base64url", "bytes of their own"),
            ])
    }

    /// Data that are base64 again: some filters decode twice, mail programs once.
    private mutating func addDoubleEncoding(_ part: Part, _ body: DecodedBody) {
        let sample = body.bytes.prefix(4096)
        guard sample.count >= 64,
            sample.allSatisfy({ $0.isLetter || $0.isDigit || $0.isFolding || "+/=".utf8.contains($0) }),
            !sample.contains(.space)
        else { return }
        let inner = Source(exactly: body.bytes).decode(0..<body.bytes.count, from: .base64)
        guard inner.faultCount == 0 else { return }
        note(
            part, part.body, "how often the data are encoded",
            [
                .init("once", "\(body.bytes.count) {1:byte|bytes} of base64"),
                .init("twice", "\(inner.bytes.count) {1:byte|bytes}"),
            ])
    }
}
