import Mail

/// Looks for many texts at once, in any case of letters: an automaton that takes one step a byte, however many they are.
/// A. Aho, M. Corasick: Efficient string matching, Communications of the ACM 18 (1975)
struct MarkFinder: Sendable {
    /// A mark that stands somewhere.
    struct Hit: Hashable, Sendable {
        /// Its index among the marks.
        let mark: Int
        let range: ByteRange
    }

    private let lengths: [Int]
    /// For each byte its column in `steps`: the first for all that no mark has, and one for a letter and its capital.
    private let columns: [UInt8]
    /// For each state a row, for each column in it the row of the state that follows, twice, and one more when marks end there.
    private let steps: [UInt32]
    /// For each state the marks that end there, the longest first.
    private let ends: [[Int]]
    private let width: Int

    /// - Parameter marks: in lower case; none is empty.
    init(_ marks: [StaticString]) {
        let texts = marks.map { $0.withUTF8Buffer { [UInt8]($0) } }
        var columns = [UInt8](repeating: 0, count: 256)
        var width = 1
        for byte in texts.joined() where columns[Int(byte)] == 0 {
            columns[Int(byte)] = UInt8(clamping: width)
            width += 1
        }
        for letter in UInt8(ascii: "A")...UInt8(ascii: "Z") { columns[Int(letter)] = columns[Int(letter.lowercased)] }

        // A tree of the marks; nothing leads to its root, so 0 stands for what is not there.
        var next = [Int](repeating: 0, count: width)
        var ends: [[Int]] = [[]]
        for (mark, text) in texts.enumerated() {
            var state = 0
            for byte in text {
                let slot = state * width + Int(columns[Int(byte)])
                if next[slot] == 0 {
                    next[slot] = ends.count
                    next += repeatElement(0, count: width)
                    ends.append([])
                }
                state = next[slot]
            }
            ends[state].append(mark)
        }
        // Where a mark breaks off, the longest end of what was read goes on that is the beginning of a mark.
        var shorter = [Int](repeating: 0, count: ends.count)
        var states = next[..<width].filter { $0 != 0 }
        var done = 0
        while done < states.count {
            let (row, other) = (states[done] * width, shorter[states[done]] * width)
            ends[states[done]] += ends[shorter[states[done]]]
            done += 1
            for column in 0..<width {
                let state = next[row + column]
                if state == 0 {
                    next[row + column] = next[other + column]
                } else {
                    shorter[state] = next[other + column]
                    states.append(state)
                }
            }
        }
        steps = next.map { UInt32($0 * width) << 1 | (ends[$0].isEmpty ? 0 : 1) }
        (lengths, self.columns, self.ends, self.width) = (texts.map(\.count), columns, ends, width)
    }

    /// Every range of every mark, in the order in which they end.
    func hits(in range: ByteRange, of bytes: Span<UInt8>) -> [Hit] {
        var hits: [Hit] = []
        let (steps, columns) = (steps.span, columns.span)
        var state: UInt32 = 0
        for offset in range.clamped(to: 0..<bytes.count) {
            state = steps[Int(state >> 1) + Int(columns[Int(bytes[offset])])]
            guard state & 1 != 0 else { continue }
            for mark in ends[Int(state >> 1) / width] {
                hits.append(Hit(mark: mark, range: offset + 1 - lengths[mark]..<offset + 1))
            }
        }
        return hits
    }

    /// The index among the marks of one that reads so; `nil` when there is none.
    func mark(_ text: StaticString) -> Int? {
        var state: UInt32 = 0
        for index in 0..<text.utf8CodeUnitCount {
            state = steps[Int(state >> 1) + Int(columns[Int(text.utf8Start[index])])]
        }
        return ends[Int(state >> 1) / width].first { lengths[$0] == text.utf8CodeUnitCount }
    }
}
