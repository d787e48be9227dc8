/// The texts of reports and pages in Russian.
///
/// The catalogue is text, a line each. `#id` begins a check: its title, why and remedy follow. `=text` is a text in English,
/// and `~text` after it the same in Russian; `%1`, `%2` … stand for what a message or a fact puts there;
/// `%1!` says that it is words of ours.
enum Russian {
    struct About: Sendable {
        let title: String
        let why: String
        let remedy: String
    }

    private static let catalogue = Catalogue([
        identity, trace, authentication, domain, content, syntax, labels, labelsMore, page,
    ])

    static var checks: [String: About] { catalogue.checks }
    static var texts: [String: String] { catalogue.texts }
    /// Those with places in them, in pieces.
    static var forms: [(english: [Substring], russian: String)] { catalogue.forms }

    private struct Catalogue: Sendable {
        var checks: [String: About] = [:]
        var texts: [String: String] = [:]
        var forms: [(english: [Substring], russian: String)] = []

        init(_ parts: [String]) {
            defer { forms.sort { $0.english.reduce(0) { $0 + $1.count } > $1.english.reduce(0) { $0 + $1.count } } }
            for part in parts {
                var id = ""
                var about: [String] = []
                var english = ""
                for line in part.split(separator: "\n").map(String.init) {
                    switch line.first {
                    case "#":
                        id = String(line.dropFirst())
                        about = []
                    case "=": english = String(line.dropFirst())
                    case "~": add(english, String(line.dropFirst()))
                    default:
                        about.append(line)
                        if about.count == 3 { checks[id] = About(title: about[0], why: about[1], remedy: about[2]) }
                    }
                }
            }
        }

        private mutating func add(_ english: String, _ russian: String) {
            texts[english] = russian
            guard english.contains("%1") else { return }
            // Places are numbered from left to right, so the pieces between them are enough.
            var pieces: [Substring] = []
            var rest = english[...]
            for number in 1...9 {
                guard let place = rest.firstRange(of: "%\(number)") else { break }
                pieces.append(rest[..<place.lowerBound])
                rest = rest[place.upperBound...]
            }
            pieces.append(rest)
            // A form of places alone fits everything.
            if pieces.contains(where: { $0.contains { $0.isLetter } }) { forms.append((pieces, russian)) }
        }
    }
}
