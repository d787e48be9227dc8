/// Where the lines of an input begin: turns byte offsets of the input as given into lines and columns.
public struct LineMap: Sendable {
    private let starts: [Int]

    public init(_ source: Source) {
        let bytes = source.given
        let mark: UInt8 =
            bytes.firstOffset(of: .lineFeed, in: 0..<bytes.count) == nil ? .carriageReturn : .lineFeed
        var starts = [0]
        // Lines of mail have 40 bytes and more.
        starts.reserveCapacity(min(bytes.count / 32, 65_536))
        var position = 0
        while let offset = bytes.firstOffset(of: mark, in: position..<bytes.count) {
            position = offset + 1
            starts.append(position)
        }
        self.starts = starts
    }

    /// The 1-based line and column, in bytes, of an offset.
    public func position(of offset: Int) -> (line: Int, column: Int) {
        let line = lineIndex(of: offset)
        return (line + 1, offset - starts[line] + 1)
    }

    /// The 0-based line that holds `offset`.
    public func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] > offset { high = middle } else { low = middle + 1 }
        }
        return max(0, low - 1)
    }

    public var count: Int { starts.count }

    /// The bytes of a 0-based line with its line end; `total` is the size of the input.
    public func range(ofLine line: Int, total: Int) -> ByteRange {
        guard starts.indices.contains(line) else { return total..<total }
        let end = line + 1 < starts.count ? starts[line + 1] : total
        return starts[line]..<max(starts[line], end)
    }
}
