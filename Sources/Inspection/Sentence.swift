import Mail

/// What is said of a message, with the message's own words apart from ours, so that it can be said in another language, too.
public struct Sentence: ExpressibleByStringInterpolation, Hashable, Sendable, CustomStringConvertible {
    /// Our words, with `%1`, `%2` … in the places of the others: "replies go to %1, the message says it is from %2".
    public let form: String
    /// What stands in the places.
    public let values: [String]

    public init(stringLiteral text: String) {
        form = text
        values = []
    }

    public init(stringInterpolation: StringInterpolation) {
        form = stringInterpolation.form
        values = stringInterpolation.values
    }

    /// Words that are none of ours.
    public init(verbatim text: String) {
        form = "%1"
        values = [text]
    }

    /// In English.
    public var description: String { filling(form) }

    /// The values in the places of another form.
    public func filling(_ form: String) -> String { Self.filling(form, with: values) }

    /// A form with values in its places; each is put in as it is.
    public static func filling(_ form: String, with values: [String]) -> String {
        var form = form
        return form.withUTF8 { form in
            var result: [UInt8] = []
            result.reserveCapacity(form.count + 128)
            var place = 0
            while let mark = form[place...].firstIndex(of: UInt8(ascii: "%")) {
                result += form[place..<mark]
                let digits = form[(mark + 1)...].prefix(while: \.isDigit)
                let number = digits.reduce(0) { $0.multipliedClamped(10).addingClamped(Int($1 & 0x0F)) }
                if values.indices.contains(number - 1) {
                    result += values[number - 1].utf8
                    place = digits.endIndex
                } else {
                    result.append(UInt8(ascii: "%"))
                    place = mark + 1
                }
            }
            result += form[place...]
            return String(decoding: result, as: UTF8.self)
        }
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var form = ""
        fileprivate var values: [String] = []

        public init(literalCapacity: Int, interpolationCount: Int) { form.reserveCapacity(literalCapacity) }

        public mutating func appendLiteral(_ literal: String) { form += literal }

        public mutating func appendInterpolation<Value>(_ value: Value) { append("\(value)") }

        /// The same without asking at each value what it can do.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) { append(value.description) }

        private static let marks = (0...8).map { "%\($0)" }

        private mutating func append(_ value: String) {
            values.append(value)
            form += Self.marks.indices.contains(values.count) ? Self.marks[values.count] : "%\(values.count)"
        }
    }
}
