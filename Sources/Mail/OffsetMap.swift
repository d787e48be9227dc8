/// From which bytes each stretch of a decoded text came: stretches in order, on both sides.
public struct OffsetMap: Sendable {
    private var decodedStarts: [Int] = []
    private var encodedStarts: [Int] = []
    private var encodedEnds: [Int] = []
    private var decodedEnd = 0

    public init() {}

    /// A stretch begins: what is decoded from here on comes from `encoded` on.
    mutating func note(decoded: Int, encoded: Int) {
        if let last = decodedStarts.last, let lastEncoded = encodedStarts.last,
            decoded - last == encoded - lastEncoded, encodedEnds.count < encodedStarts.count
        {
            return
        }
        close(at: encoded)
        decodedStarts.append(decoded)
        encodedStarts.append(encoded)
    }

    /// What follows in the encoded bytes, up to the next stretch, belongs to no decoded byte.
    mutating func close(at encoded: Int) {
        if encodedEnds.count < encodedStarts.count { encodedEnds.append(encoded) }
    }

    mutating func finish(decoded: Int, encoded: Int) {
        close(at: encoded)
        decodedEnd = decoded
    }

    /// The encoded bytes that `range` of the decoded ones came from.
    public func encoded(_ range: ByteRange) -> ByteRange {
        guard !decodedStarts.isEmpty else { return 0..<0 }
        let start = encodedOffset(range.lowerBound, roundingUp: false)
        guard !range.isEmpty else { return start..<start }
        return start..<max(start, encodedOffset(range.upperBound, roundingUp: true))
    }

    /// Proportional within a stretch: exact where one byte stands for one, the right group of four in base64.
    private func encodedOffset(_ offset: Int, roundingUp: Bool) -> Int {
        // An end belongs to the stretch that holds the byte before it.
        let wanted = roundingUp ? offset - 1 : offset
        var low = 0
        var high = decodedStarts.count
        while low < high {
            let middle = (low + high) / 2
            if decodedStarts[middle] > wanted { high = middle } else { low = middle + 1 }
        }
        let index = max(0, low - 1)
        let decoded = decodedStarts[index]..<(index + 1 < decodedStarts.count ? decodedStarts[index + 1] : decodedEnd)
        let encoded = encodedStarts[index]..<encodedEnds[index]
        guard decoded.count > 0 else { return encoded.lowerBound }
        let product = max(0, offset - decoded.lowerBound) * encoded.count
        let distance = (product + (roundingUp ? decoded.count - 1 : 0)) / decoded.count
        return min(encoded.lowerBound + distance, encoded.upperBound)
    }
}
