import CLanguages

/// A language that reports and pages are written in: one file of `languages/`. What programs read, such as JSON, is always English.
///
/// The file is text, a line each. `name` is the language's own name for itself, `plural` its plural categories (CLDR's rules).
/// `=form` is a form in English, and `~form` after it the same in the language: `%1`, `%2` … are the values, in any order, and
/// `{1:a|b}` is the word that fits the number of the first value, one for each category. `#id` begins a check: its title, why
/// and remedy follow, a line each. `;` begins a remark.
public final class Language: Sendable, Hashable {
    /// As in `--lang` and in HTML: `ru`.
    public let id: String
    /// Its own name.
    public let name: String
    public let plurals: PluralRule
    private let forms: [String: String]
    private let checks: [String: CheckText]

    /// What is said of a check.
    public struct CheckText: Sendable {
        public let title: String
        public let why: String
        public let remedy: String
    }

    /// Those that are compiled in, English first.
    public static let all = (0..<max(1, backstamp_language_count())).map { index in
        Language(String(cString: backstamp_language_id(index)), String(cString: backstamp_language_text(index)))
    }
    public static let english = all[0]

    /// - Parameter text: a file's.
    public init(_ id: String, _ text: String) {
        self.id = id
        var (name, plurals) = (id, PluralRule(""))
        var forms: [String: String] = [:]
        var checks: [String: CheckText] = [:]
        var english = ""
        var check: (id: String, lines: [String]) = ("", [])
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let rest = String(Substring(line.dropFirst()))
            switch line.first {
            case UInt8(ascii: "="): english = rest
            case UInt8(ascii: "~"): forms[english] = rest
            case UInt8(ascii: "#"): check = (rest, [])
            case UInt8(ascii: ";"): break
            default:
                let whole = String(Substring(line))
                if whole.hasPrefix("name "), check.id.isEmpty {
                    name = String(whole.dropFirst(5))
                } else if whole.hasPrefix("plural "), check.id.isEmpty {
                    plurals = PluralRule(String(whole.dropFirst(7)))
                } else {
                    check.lines.append(whole)
                    guard check.lines.count == 3 else { continue }
                    checks[check.id] = CheckText(title: check.lines[0], why: check.lines[1], remedy: check.lines[2])
                }
            }
        }
        (self.name, self.plurals, self.forms, self.checks) = (name, plurals, forms, checks)
    }

    /// The language of a locale's name, such as `ru_RU.UTF-8`; English for those that there are no texts in.
    public static func of(locale: String) -> Language {
        all.first { locale.lowercased().hasPrefix($0.id) } ?? english
    }

    /// The language with this id.
    public static func of(id: String) -> Language? { all.first { $0.id == id } }

    public static func == (a: Language, b: Language) -> Bool { a.id == b.id }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// The form in this language; as it is where the language has none.
    public func form(_ english: String) -> String { forms[english] ?? english }
    /// Whether there is one.
    public func has(_ english: String) -> Bool { forms[english] != nil }
    public var allForms: [String] { Array(forms.keys) }
    /// What is said of a check; `nil` where the language has nothing.
    public func check(_ id: String) -> CheckText? { checks[id] }

    /// A phrase in this language.
    public func text(_ phrase: Phrase) -> String {
        var bytes: [UInt8] = []
        write(phrase, into: &bytes, depth: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Phrases are made by our own code; one in another in another … is still bounded.
    private static let maximumDepth = 32

    private func write(_ phrase: Phrase, into result: inout [UInt8], depth: Int) {
        guard depth < Self.maximumDepth else { return }
        var form = forms.isEmpty ? phrase.form : self.form(phrase.form)
        guard !phrase.arguments.isEmpty else {
            result += form.utf8
            return
        }
        form.withUTF8 { form in
            var offset = 0
            while offset < form.count {
                let byte = form[offset]
                offset += 1
                if byte == UInt8(ascii: "%"), let number = Self.number(form, &offset),
                    phrase.arguments.indices.contains(number - 1)
                {
                    write(phrase.arguments[number - 1], into: &result, depth: depth + 1)
                } else if byte == UInt8(ascii: "{"), let choice = choice(form, &offset, phrase.arguments) {
                    result += choice
                } else {
                    result.append(byte)
                }
            }
        }
    }

    private func write(_ argument: Phrase.Argument, into result: inout [UInt8], depth: Int) {
        switch argument {
        case .words(let words): result += words.description.utf8
        case .phrase(let phrase): write(phrase, into: &result, depth: depth)
        case .list(let phrases):
            for (index, phrase) in phrases.enumerated() {
                if index > 0 { result += ", ".utf8 }
                write(phrase, into: &result, depth: depth)
            }
        case .count(let count): result += String(count).utf8
        case .duration(let seconds): write(Measure.duration(seconds), into: &result, depth: depth)
        case .size(let bytes): write(Measure.size(bytes), into: &result, depth: depth)
        case .time(let text): write(Measure.time(text), into: &result, depth: depth)
        }
    }

    // place = "%" 1*2DIGIT
    /// The number of a value; leaves the offset alone where there is none.
    private static func number(_ form: UnsafeBufferPointer<UInt8>, _ offset: inout Int) -> Int? {
        var (number, end) = (0, offset)
        while end < form.count, end - offset < 2, case let digit = form[end], (0x30...0x39).contains(digit) {
            number = number * 10 + Int(digit - 0x30)
            end += 1
        }
        guard end > offset else { return nil }
        offset = end
        return number
    }

    // choice = "{" 1*2DIGIT ":" word *("|" word) "}"
    /// The word that fits a number; leaves the offset alone where there is no choice.
    private func choice(_ form: UnsafeBufferPointer<UInt8>, _ offset: inout Int, _ arguments: [Phrase.Argument])
        -> [UInt8]?
    {
        var end = offset
        guard let number = Self.number(form, &end), end < form.count, form[end] == UInt8(ascii: ":"),
            let close = form[end...].firstIndex(of: UInt8(ascii: "}")), arguments.indices.contains(number - 1),
            case .count(let count) = arguments[number - 1]
        else { return nil }
        let words = form[(end + 1)..<close].split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        guard let last = words.last else { return nil }
        offset = close + 1
        let category = plurals.category(of: count)
        return Array(words.indices.contains(category) ? words[category] : last)
    }
}
