/// What people read: a form, which is in English, and the values that stand in its places.
///
/// A phrase is put into a language once, where it is written out, by its form alone (``Language/text(_:)``). What a message says
/// is a value of its own kind, ``Words``: no language touches it, and it is shown only in its harmless form.
///
/// ```swift
/// let phrase: Phrase = "replies go to \(replyTo), the message says it is from \(from)"
/// let rest: Phrase = "and \(count) more {1:place|places}"
/// ```
public struct Phrase: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// Our words, with `%1`, `%2` … in the places of the values. `{1:place|places}` is the word that fits the first value, which is
    /// a number: one for each plural category of the language, in the order of its file.
    public let form: String
    public let arguments: [Argument]

    /// One value of a phrase.
    public enum Argument: Hashable, Sendable {
        /// What the message, or another that is not us, says.
        case words(Words)
        case phrase(Phrase)
        /// Several in a row, with a comma and a blank between them.
        case list([Phrase])
        case count(Int)
        /// Seconds: "1 min 32 s".
        case duration(Int)
        /// Bytes: "1.5 kB".
        case size(Int)
        /// A moment in UTC as RFC 3339 writes it: `2026-11-20T09:41:07Z`.
        case time(String)
    }

    public init(stringLiteral text: String) {
        form = text
        arguments = []
    }

    public init(stringInterpolation: StringInterpolation) {
        form = stringInterpolation.form
        arguments = stringInterpolation.arguments
    }

    public init(form: String, _ arguments: [Argument] = []) {
        self.form = form
        self.arguments = arguments
    }

    /// Nothing but words that are none of ours.
    public init(_ words: Words) { self.init(form: "%1", [.words(words)]) }

    /// Nothing but one value.
    public init(_ argument: Argument) { self.init(form: "%1", [argument]) }

    /// Whether there is nothing to be read.
    public var isEmpty: Bool { form.isEmpty }

    /// In English.
    public var description: String { Language.english.text(self) }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var form = ""
        fileprivate var arguments: [Argument] = []

        public init(literalCapacity: Int, interpolationCount: Int) { form.reserveCapacity(literalCapacity) }

        public mutating func appendLiteral(_ literal: String) { form += literal }

        public mutating func appendInterpolation(_ phrase: Phrase) { append(.phrase(phrase)) }
        public mutating func appendInterpolation(_ words: Words) { append(.words(words)) }
        public mutating func appendInterpolation(_ value: some Worded) { append(.words(value.words)) }
        public mutating func appendInterpolation(words: some StringProtocol, limit: Int = Words.limit) {
            append(.words(Words(String(words), limit: limit)))
        }
        /// A name or a keyword of ours that is the same in every language, such as `SPF` or `softfail`.
        public mutating func appendInterpolation(term: String) { append(.words(Words(term))) }
        public mutating func appendInterpolation(_ count: Int) { append(.count(count)) }
        public mutating func appendInterpolation(list: [Phrase]) { append(.list(list)) }
        public mutating func appendInterpolation(duration seconds: Int) { append(.duration(seconds)) }
        public mutating func appendInterpolation(size bytes: Int) { append(.size(bytes)) }
        /// A moment in UTC as RFC 3339 writes it.
        public mutating func appendInterpolation(time text: String) { append(.time(text)) }

        private static let marks = (0...9).map { "%\($0)" }

        private mutating func append(_ argument: Argument) {
            arguments.append(argument)
            form += Self.marks.indices.contains(arguments.count) ? Self.marks[arguments.count] : "%\(arguments.count)"
        }
    }
}

extension Phrase {
    /// Several phrases one after another.
    public static func joined(_ phrases: [Phrase], by divider: String) -> Phrase {
        guard phrases.count != 1 else { return phrases[0] }
        let form = phrases.indices.map { "%\($0 + 1)" }.joined(separator: divider)
        return Phrase(form: form, phrases.map { .phrase($0) })
    }

    /// Two phrases, the second right behind the first.
    public static func + (a: Phrase, b: Phrase) -> Phrase {
        a.isEmpty ? b : b.isEmpty ? a : Phrase(form: "%1%2", [.phrase(a), .phrase(b)])
    }

    public static func += (a: inout Phrase, b: Phrase) { a = a + b }
}
