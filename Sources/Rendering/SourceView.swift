import Content
import Checks
import Inspection
import Mail
import Phrases

/// The source with marks: the whole header section, and of the bodies the lines around evidence.
struct SourceView {
    struct Mark {
        let range: ByteRange
        /// The index in the report's entries.
        let entry: Int
        let label: Phrase
    }

    struct Piece {
        let text: String
        /// The marks that cover it, by their index in `marks`.
        let marks: [Int]
    }

    enum Row {
        case line(number: Int, pieces: [Piece])
        case gap(lines: Int)
        /// The report would become too large.
        case rest(bytes: Int)
    }

    let marks: [Mark]
    let rows: [Row]

    /// Bytes of text that a view has at most, beside the header section's own size.
    static let budget = 512 << 10
    private static let context = 2
    private static let longPiece = 600

    init(_ report: Report, _ lines: LineMap, in language: Language) {
        let source = report.inspection.message.source
        marks = report.entries.enumerated().flatMap { index, entry in
            entry.finding.evidence.compactMap { evidence -> Mark? in
                guard case .bytes(let range, let label) = evidence else { return nil }
                return Mark(range: source.inputRange(of: range), entry: index, label: label)
            }
        }
        let total = source.given.count
        let headerEnd = source.inputRange(of: report.inspection.message.header).upperBound
        let lastHeaderLine = headerEnd > 0 ? lines.lineIndex(of: headerEnd - 1) : -1
        var shown: [ClosedRange<Int>] = lastHeaderLine >= 0 ? [0...lastHeaderLine] : []
        for line in Set(marks.map { lines.lineIndex(of: $0.range.lowerBound) }).sorted() where line > lastHeaderLine {
            let around = max(0, line - Self.context)...min(lines.count - 1, line + Self.context)
            if let last = shown.last, around.lowerBound <= last.upperBound + 1 {
                shown[shown.count - 1] = last.lowerBound...max(last.upperBound, around.upperBound)
            } else {
                shown.append(around)
            }
        }
        rows = Self.rows(shown, marks, source, lines, total: total, headerSize: headerEnd, language)
    }

    private static func rows(
        _ shown: [ClosedRange<Int>], _ marks: [Mark], _ source: Source, _ lines: LineMap, total: Int, headerSize: Int,
        _ language: Language
    ) -> [Row] {
        let all = segments(of: 0..<total, marks: marks.enumerated().map { ($1.range, $0) })
        var next = 0
        var rows: [Row] = []
        var position = 0
        var used = 0
        for group in shown {
            if group.lowerBound > position { rows.append(.gap(lines: group.lowerBound - position)) }
            for line in group {
                let range = lines.range(ofLine: line, total: total)
                while next < all.count, all[next].range.upperBound <= range.lowerBound { next += 1 }
                var pieces: [Piece] = []
                var index = next
                while index < all.count, all[index].range.lowerBound < range.upperBound {
                    let part = all[index].range.clamped(to: range)
                    if !part.isEmpty { pieces.append(piece(part, all[index].marks, source, language)) }
                    index += 1
                }
                used += pieces.reduce(40) { $0 + $1.text.utf8.count + 60 * $1.marks.count }
                if used > budget + headerSize {
                    rows.append(.rest(bytes: total - range.lowerBound))
                    return rows
                }
                rows.append(.line(number: line + 1, pieces: pieces))
            }
            position = group.upperBound + 1
        }
        // An input that ends in a line end has no last line.
        let end = lines.range(ofLine: lines.count - 1, total: total).isEmpty ? lines.count - 1 : lines.count
        if position < end { rows.append(.gap(lines: end - position)) }
        return rows
    }

    private static func piece(_ range: ByteRange, _ marks: [Int], _ source: Source, _ language: Language) -> Piece {
        func text(_ range: ByteRange) -> String {
            let isEnd = range.count <= 2 && source.given[range].allSatisfy(\.isFolding)
            let raw = String(decoding: source.given[range], as: UTF8.self).defanged
            // Line ends show only where they are marked.
            let scalars = raw.unicodeScalars.filter { isEnd && !marks.isEmpty || ($0 != "\n" && $0 != "\r") }
            var result = ""
            for scalar in scalars {
                switch scalar {
                case "\t": result += "\t"
                case "\n": result += "␊"
                case "\r": result += "␍"
                default: result += String(Character(scalar)).printable
                }
            }
            return result
        }
        guard range.count > longPiece else { return Piece(text: text(range), marks: marks) }
        let half = longPiece / 2
        let head = text(range.lowerBound..<range.lowerBound + half)
        let tail = text(range.upperBound - half..<range.upperBound)
        let cut = language.text("… \(range.count - 2 * half) {1:byte|bytes} …")
        return Piece(text: "\(head) \(cut) \(tail)", marks: marks)
    }
}
