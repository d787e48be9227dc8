import Foundation

/// A string literal of the sources, as the form that it is when it is a phrase: `%1`, `%2` … stand for what is interpolated.
struct SourceLiteral {
    let form: String
    let file: String
    let line: Int
    /// The names of the calls that it stands in, outermost first.
    let calls: [String]

    /// Whether it has a blank between words, one of which is of small letters alone.
    var isProse: Bool {
        let words = form.split { $0.isWhitespace }
        return words.count > 1
            && words.contains { word in
                let bare = word.drop { $0.isPunctuation }.reversed().drop { $0.isPunctuation }
                return bare.count > 1 && bare.allSatisfy { $0.isASCII && $0.isLowercase }
            }
    }

    /// Those of a file of Swift.
    static func all(in text: String, file: String) -> [SourceLiteral] {
        var scanner = Scanner(text: Array(text.unicodeScalars), file: file)
        scanner.readCode(calls: [], untilClosed: false)
        return scanner.found
    }

    /// The texts of a template, which stand in double brackets.
    static func all(inTemplate text: String, file: String) -> [SourceLiteral] {
        text.components(separatedBy: "[[").dropFirst().map { piece in
            SourceLiteral(form: piece.components(separatedBy: "]]")[0], file: file, line: 0, calls: [])
        }
    }

    private struct Scanner {
        let text: [Unicode.Scalar]
        let file: String
        var offset = 0
        var line = 1
        var found: [SourceLiteral] = []

        private func begins(_ mark: String) -> Bool { text[offset...].starts(with: mark.unicodeScalars) }

        private mutating func skip(_ count: Int) {
            for _ in 0..<count where offset < text.count {
                if text[offset] == "\n" { line += 1 }
                offset += 1
            }
        }

        private mutating func skip(past mark: String) {
            while offset < text.count, !begins(mark) { skip(1) }
            skip(mark.unicodeScalars.count)
        }

        /// Reads to the end, or past the bracket that closes the one at the offset.
        mutating func readCode(calls: [String], untilClosed: Bool) {
            var open = calls
            var word = ""
            while offset < text.count {
                if text[offset] == "/", begins("//") {
                    while offset < text.count, text[offset] != "\n" { skip(1) }
                } else if text[offset] == "#", begins("#\"") {
                    // Raw literals hold nothing that is shown.
                    skip(2)
                    skip(past: "\"#")
                } else if text[offset] == "\"" {
                    readLiteral(calls: open)
                } else if ["(", "[", "{"].contains(text[offset]) {
                    open.append(word.split(separator: ".").last.map(String.init) ?? "")
                    skip(1)
                } else if [")", "]", "}"].contains(text[offset]) {
                    skip(1)
                    if open.count > calls.count { open.removeLast() }
                    if untilClosed, open.count == calls.count { return }
                } else {
                    switch text[offset] {
                    case "a"..."z", "A"..."Z", "0"..."9", "_", ".": word.unicodeScalars.append(text[offset])
                    default: word = ""
                    }
                    skip(1)
                    continue
                }
                word = ""
            }
        }

        private mutating func readLiteral(calls: [String]) {
            let start = line
            let quotes = begins("\"\"\"") ? "\"\"\"" : "\""
            skip(quotes.count)
            var (form, values) = ("", 0)
            while offset < text.count, !begins(quotes) {
                guard text[offset] == "\\" else {
                    form.unicodeScalars.append(text[offset])
                    skip(1)
                    continue
                }
                skip(1)
                switch text[offset] {
                case "(":
                    values += 1
                    form += "%\(values)"
                    readCode(calls: calls + ["\\("], untilClosed: true)
                case "\n":
                    skip(1)
                    while text[offset] == " " { skip(1) }
                case "u":
                    skip(2)
                    let digits = text[offset...].prefix { $0 != "}" }
                    if let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16),
                        let scalar = Unicode.Scalar(value)
                    {
                        form.unicodeScalars.append(scalar)
                    }
                    skip(digits.count + 1)
                case let escape:
                    let controls: [Unicode.Scalar: Unicode.Scalar] = ["n": "\n", "r": "\r", "t": "\t", "0": "\0"]
                    form.unicodeScalars.append(controls[escape] ?? escape)
                    skip(1)
                }
            }
            skip(quotes.count)
            if quotes.count > 1 {
                form = form.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                    .joined(separator: "\n").trimmingCharacters(in: .newlines)
            }
            found.append(SourceLiteral(form: form, file: file, line: start, calls: calls))
        }
    }
}
