/// A language that reports and pages are written in.
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

    /// A text of ours, which is English, in this language; texts that are not in the catalogue stay as they are.
    func text(_ english: String) -> String {
        switch self {
        case .english: english
        case .russian: Russian.texts[english] ?? english
        }
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
}
