import Inspection
import Mail

/// A language that reports and pages are written in. What programs read, such as JSON, is always English.
public enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case russian = "ru"

    /// Its own name.
    public var name: String {
        switch self {
        case .english: "English"
        case .russian: "Русский"
        }
    }

    /// The language of a locale's name, such as `ru_RU.UTF-8`; English for those that there are no texts in.
    public init(locale: String) {
        self = Self.allCases.first { locale.lowercased().hasPrefix($0.rawValue) } ?? .english
    }

    // MARK: Texts

    /// A text of ours, which is English, in this language; what is not in the catalogue stays as it is.
    func text(_ english: String) -> String {
        guard self == .russian, !english.isEmpty else { return english }
        if let known = Russian.texts[english] { return known }
        if let duration = duration(english) { return duration }
        // An untrue form would fit by chance: those with the most words of their own are tried first.
        for form in Russian.forms {
            // Of several statements in a row each is put into the language by itself.
            if let values = Self.values(of: english, form.english), !values.contains(where: { $0.contains("; ") }),
                form.english.first?.isEmpty == false || values.first?.contains(": ") == false
            {
                return filled(form.russian, values)
            }
        }
        let pieces = english.components(dividedBy: "; ")
        if pieces.count > 1 { return pieces.map(text).joined(separator: "; ") }
        // What it is about, and what is said of it.
        guard let colon = english.firstRange(of: ": ") else { return english }
        return english[..<colon.upperBound] + text(String(english[colon.upperBound...]))
    }

    /// A sentence about a message, whose values keep their places.
    func text(_ sentence: Sentence) -> String {
        guard self == .russian, let form = Russian.texts[sentence.form] else { return text(sentence.description) }
        return filled(form, sentence.values)
    }

    /// A form with its values; those that are our own words are marked with "!" and put into this language, too. The words of
    /// a message are never touched.
    private func filled(_ form: String, _ values: [String]) -> String {
        var form = form
        var values = values
        for index in values.indices where form.contains("%\(index + 1)!") {
            form = form.replacing("%\(index + 1)!", with: "%\(index + 1)")
            values[index] = text(values[index])
        }
        return Sentence.filling(form, with: values)
    }

    /// What stands in the places of a form, if the text is of that form.
    private static func values(of text: String, _ pieces: [Substring]) -> [String]? {
        guard let first = pieces.first, text.hasPrefix(first) else { return nil }
        var values: [String] = []
        var rest = text.dropFirst(first.count)
        for (index, piece) in pieces.enumerated().dropFirst() {
            if index == pieces.count - 1 {
                guard rest.hasSuffix(piece) else { return nil }
                values.append(String(rest.dropLast(piece.count)))
                return values
            }
            guard let place = rest.firstRange(of: piece) else { return nil }
            values.append(String(rest[..<place.lowerBound]))
            rest = rest[place.upperBound...]
        }
        return nil
    }

    func title(_ about: About) -> String {
        self == .russian ? Russian.checks[about.id]?.title ?? about.title : about.title
    }
    func why(_ about: About) -> String { self == .russian ? Russian.checks[about.id]?.why ?? about.why : about.why }
    func remedy(_ about: About) -> String {
        self == .russian ? Russian.checks[about.id]?.remedy ?? about.remedy : about.remedy
    }

    /// A template with its texts, which stand in double brackets, in this language.
    func template(_ template: String) -> String {
        var result = ""
        for (index, piece) in template.split(separator: "[[", omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let end = piece.firstRange(of: "]]") else {
                result += index > 0 ? "[[" + piece : piece
                continue
            }
            result += text(String(piece[..<end.lowerBound])) + piece[end.upperBound...]
        }
        return result
    }

    // MARK: Dates and numbers

    /// A moment in UTC: `2026-11-20T09:41:07Z`, or `20.11.2026 09:41:07` with the word UTC beside it.
    func moment(_ time: DateTime) -> String {
        guard self == .russian else { return time.description }
        let text = Array(time.description)
        guard text.count == 20 else { return time.description }
        return "\(String(text[8..<10])).\(String(text[5..<7])).\(String(text[..<4])) \(String(text[11..<19]))"
    }

    /// `+1 min 32 s` with the units of the language; `nil` for a text that is no duration.
    func duration(_ text: String) -> String? {
        let units = ["d": "д", "h": "ч", "min": "мин", "s": "с"]
        var words: [String] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if let unit = units[String(word)] {
                words.append(unit)
            } else if word.contains(where: \.isNumber), word.allSatisfy({ $0.isNumber || "+−-.".contains($0) }) {
                words.append(String(word))
            } else {
                return nil
            }
        }
        return words.count >= 2 ? words.joined(separator: " ") : nil
    }

    /// `1.5 kB`, `1,5 КБ`.
    func size(tenths: Int, unit: Int) -> String {
        let units = self == .russian ? ["байт", "КБ", "МБ", "ГБ"] : ["bytes", "kB", "MB", "GB"]
        let mark = self == .russian ? "," : "."
        return "\(tenths / 10)\(tenths % 10 == 0 ? "" : "\(mark)\(tenths % 10)") \(units[min(unit, units.count - 1)])"
    }
}

extension String {
    /// The pieces between a divider that is longer than a character.
    fileprivate func components(dividedBy divider: String) -> [String] {
        split(separator: divider, omittingEmptySubsequences: false).map(String.init)
    }
}
