import Mail
import Phrases

/// The value of a filter's field while it is read, from the front.
struct VendorText {
    let field: HeaderField
    let name: HeaderField.Name
    private let source: Source
    private let bytes: [UInt8]
    private(set) var position: Int
    let end: Int

    init(_ field: HeaderField, _ message: Message) {
        self.field = field
        source = message.source
        name = HeaderField.Name(source.text(field.name))
        bytes = source.bytes
        end = min(field.value.upperBound, bytes.count)
        position = min(max(0, field.value.lowerBound), end)
        skip(\.isFolding)
    }

    /// The byte that comes next.
    var next: UInt8? { position < end ? bytes[position] : nil }

    /// How the value begins, in small letters.
    var beginning: Phrase {
        "\(words: source.text(field.value, limit: 40).drop { $0 == " " }.lowercased(), limit: 40)"
    }

    /// The text of a range, without line ends.
    func text(_ range: ByteRange) -> String {
        String(decoding: bytes[range.clamped(to: bytes.indices)].filter { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
    }

    mutating func skip(_ isSkipped: (UInt8) -> Bool) {
        while let byte = next, isSkipped(byte) { position += 1 }
    }

    /// Whether the byte comes next, which is then read.
    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    /// What stands before the first byte of a kind, be it nothing.
    mutating func read(until isEnd: (UInt8) -> Bool) -> ByteRange {
        let start = position
        skip { !isEnd($0) }
        return start..<position
    }

    /// What stands before a byte, without blanks at the end.
    mutating func read(upTo byte: Unicode.Scalar) -> ByteRange {
        var range = read { $0 == UInt8(ascii: byte) }
        while let last = range.last, bytes[last].isFolding { range = range.lowerBound..<last }
        return range
    }

    /// Whether what comes next begins with one of the texts, which are in lower case.
    func begins(with texts: [StaticString]) -> Bool {
        texts.contains { position + $0.utf8CodeUnitCount <= end && bytes.hasASCII($0, at: position) }
    }

    // number = [ "+" / "-" ] 1*9DIGIT [ "." *9DIGIT ]
    /// A decimal number that comes next, after blanks; what is no number is left where it stands.
    mutating func number() -> Double? {
        var reading = self
        reading.skip(\.isFolding)
        let isNegative = reading.take("-")
        if !isNegative { _ = reading.take("+") }
        let whole = reading.read { !$0.isDigit }
        let fraction = reading.take(".") ? reading.read { !$0.isDigit } : whole.upperBound..<whole.upperBound
        guard (1...9).contains(whole.count), fraction.count <= 6 else { return nil }
        let (digits, scale) = (bytes[whole] + bytes[fraction]).reduce((0, 1)) { ($0.0 * 10 + Int($1 - 0x30), $0.1) }
        let size = Double(digits) / Double(fraction.reduce(scale) { power, _ in power * 10 })
        self = reading
        return isNegative ? -size : size
    }
}
