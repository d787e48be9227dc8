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
        var result = ""
        var rest = form.utf8[...]
        while let mark = rest.firstIndex(of: UInt8(ascii: "%")) {
            result += Substring(rest[..<mark])
            let digits = rest[rest.index(after: mark)...].prefix(while: \.isDigit)
            if let number = Int(Substring(digits)), values.indices.contains(number - 1) {
                result += values[number - 1]
                rest = rest[digits.endIndex...]
            } else {
                result += "%"
                rest = rest[rest.index(after: mark)...]
            }
        }
        return result + Substring(rest)
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var form = ""
        fileprivate var values: [String] = []

        public init(literalCapacity: Int, interpolationCount: Int) { form.reserveCapacity(literalCapacity) }

        public mutating func appendLiteral(_ literal: String) { form += literal }

        public mutating func appendInterpolation<Value>(_ value: Value) { append("\(value)") }

        /// The same without asking at each value what it can do.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) { append(value.description) }

        private mutating func append(_ value: String) {
            values.append(value)
            form += "%\(values.count)"
        }
    }
}
