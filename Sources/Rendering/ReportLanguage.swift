import Checks
import Phrases

extension Verdict.Kind {
    /// The verdict's word.
    var phrase: Phrase { Phrase(form: rawValue.replacing("-", with: " ")) }
}

extension Severity {
    var phrase: Phrase { Phrase(form: rawValue) }
}

extension Language {
    /// What a check is about, in a few words.
    func title(_ about: About) -> String { check(about.id)?.title ?? about.title }
    func why(_ about: About) -> String { check(about.id)?.why ?? about.why }
    func remedy(_ about: About) -> String { check(about.id)?.remedy ?? about.remedy }

    /// A template with its texts, which stand in double brackets, in this language.
    func template(_ template: String) -> String {
        var result = ""
        for (index, piece) in template.split(separator: "[[", omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let end = piece.firstRange(of: "]]") else {
                result += index > 0 ? "[[" + piece : piece
                continue
            }
            result += form(String(piece[..<end.lowerBound])) + piece[end.upperBound...]
        }
        return result
    }
}
