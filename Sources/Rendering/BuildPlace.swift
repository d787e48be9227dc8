import Checks
import Inspection
import Mail
import Phrases

/// Where a finding's evidence stands, as programs that build software want it: lines and columns from 1.
struct BuildPlace {
    let line: Int
    let column: Int
    let endLine: Int
    /// Behind the last character.
    let endColumn: Int
    /// In the input as given.
    let bytes: ByteRange
    let label: Phrase

    init(_ range: ByteRange, _ label: Phrase, _ lines: LineColumns) {
        bytes = range
        self.label = label
        (line, column) = lines.position(of: range.lowerBound)
        (endLine, endColumn) = lines.position(of: range.upperBound)
    }

    /// Those of a finding, the main one first; what is missing is missing at the end of the header.
    static func all(of finding: Finding, in report: Report, _ lines: LineColumns) -> [BuildPlace] {
        let message = report.inspection.message
        return finding.evidence.compactMap { evidence in
            switch evidence {
            case .bytes(let range, let label): return BuildPlace(message.source.inputRange(of: range), label, lines)
            case .absence(let what):
                let end = max(0, message.source.inputRange(of: message.header).upperBound - 1)
                return BuildPlace(end..<end, what, lines)
            case .answer: return nil
            }
        }
    }
}

/// Lines, and columns in code points where the whole input is UTF-8; where it is not, a column is a byte.
struct LineColumns {
    private let lines: LineMap
    private let bytes: [UInt8]
    /// How many bytes that continue a code point stand before each block of the input; empty where columns are bytes.
    private let continued: [Int]

    private static let block = 4096

    init(_ source: Source) {
        lines = LineMap(source)
        bytes = source.given
        var continued = [0]
        if String(validating: bytes, as: UTF8.self) != nil {
            for start in stride(from: 0, to: bytes.count, by: Self.block) {
                let end = min(start + Self.block, bytes.count)
                continued.append((continued.last ?? 0) + Self.continuations(bytes[start..<end]))
            }
        } else {
            continued = []
        }
        self.continued = continued
    }

    func position(of offset: Int) -> (line: Int, column: Int) {
        let (line, column) = lines.position(of: offset)
        let start = offset - (column - 1)
        return (line, column - (continuations(before: offset) - continuations(before: start)))
    }

    private func continuations(before offset: Int) -> Int {
        let block = offset / Self.block
        guard continued.indices.contains(block) else { return continued.last ?? 0 }
        return continued[block] + Self.continuations(bytes[(block * Self.block)..<min(offset, bytes.count)])
    }

    private static func continuations(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.count { $0 & 0xC0 == 0x80 }
    }
}
