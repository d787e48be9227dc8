import Content
import Inspection
import Mail
import Phrases

/// The line of the input that a piece of evidence stands in, taken apart for carets.
struct Excerpt {
    let line: Int
    let column: Int
    let before: String
    let marked: String
    let after: String

    /// Cuts the line to so many columns around the mark.
    init(_ given: ByteRange, in source: Source, _ lines: LineMap, columns: Int) {
        let (line, column) = lines.position(of: given.lowerBound)
        self.line = line
        self.column = column
        let bytes = source.given
        var range = lines.range(ofLine: line - 1, total: bytes.count)
        while let last = range.last, bytes[last].isFolding, last > given.lowerBound { range = range.lowerBound..<last }
        let end = min(max(given.upperBound, given.lowerBound), max(range.upperBound, given.lowerBound))
        // No more is decoded than can be shown.
        func text(_ range: ByteRange) -> String { Self.shown(String(decoding: bytes[range], as: UTF8.self)) }
        let marked = text(given.lowerBound..<min(end, given.lowerBound + 4 * columns))
        let beforeStart = max(range.lowerBound, given.lowerBound - 4 * columns)
        let before = text(min(beforeStart, given.lowerBound)..<given.lowerBound)
        let after = text(end..<max(end, min(range.upperBound, end + 4 * columns)))
        let markWidth = min(Layout.width(marked), max(12, columns * 2 / 3))
        let beforeWidth = max(8, (columns - markWidth) * 2 / 3)
        self.marked = Layout.cut(marked, to: markWidth)
        self.before = Layout.cutLeft(before, to: beforeWidth)
        let used = Layout.width(self.before) + Layout.width(self.marked)
        self.after = Layout.cut(after, to: max(1, columns - used))
    }

    /// White space keeps its place; everything that steers is named, and no URL can be clicked.
    private static func shown(_ text: String) -> String {
        var result = ""
        for scalar in text.defanged.unicodeScalars {
            switch scalar {
            case "\t": result += " "
            case "\n": result += "␊"
            case "\r": result += "␍"
            case "\0": result += "␀"
            default: result += String(Character(scalar)).printable
            }
        }
        return result
    }
}
