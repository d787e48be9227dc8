import Mail
import Phrases

extension SPF {
    /// Text with macros. RFC 7208 §7
    struct MacroString {
        enum Piece {
            case literal([UInt8])
            case macro(Macro)
        }

        struct Macro {
            /// In lower case.
            let letter: UInt8
            /// A capital: what comes out is escaped as in a URL.
            let isEscaped: Bool
            /// How many labels from the right are kept.
            let count: Int?
            let isReversed: Bool
            let delimiters: [UInt8]
        }

        private(set) var pieces: [Piece] = []

        // macro-string = *( macro-expand / macro-literal )
        /// - Parameter inExplanation: whether spaces and the macros c, r and t may stand in it.
        init(_ text: ArraySlice<UInt8>, inExplanation: Bool = false) throws(Syntax) {
            var literal: [UInt8] = []
            if !text.contains(UInt8(ascii: "%")) {
                guard text.allSatisfy({ $0 > 0x20 && $0 < 0x7F || (inExplanation && $0 == .space) }) else {
                    throw Syntax("it holds a character that may not stand there")
                }
                if !text.isEmpty { pieces = [.literal(Array(text))] }
                return
            }
            var rest = text
            while let byte = rest.popFirst() {
                guard byte == UInt8(ascii: "%") else {
                    // macro-literal = %x21-24 / %x26-7E
                    guard byte > 0x20 && byte < 0x7F || (inExplanation && byte == .space) else {
                        throw Syntax("it holds a character that may not stand there")
                    }
                    literal.append(byte)
                    continue
                }
                switch rest.popFirst() {
                case UInt8(ascii: "%"): literal.append(UInt8(ascii: "%"))
                case UInt8(ascii: "_"): literal.append(.space)
                case UInt8(ascii: "-"): literal += Array("%20".utf8)
                case UInt8(ascii: "{"):
                    guard let close = rest.firstIndex(of: UInt8(ascii: "}")) else {
                        throw Syntax("a macro is not closed")
                    }
                    if !literal.isEmpty { pieces.append(.literal(literal)) }
                    literal = []
                    pieces.append(.macro(try Macro(rest[..<close], inExplanation: inExplanation)))
                    rest = rest[(close + 1)...]
                default: throw Syntax("a \"%\" begins no macro")
                }
            }
            if !literal.isEmpty { pieces.append(.literal(literal)) }
        }

        // domain-spec = macro-string domain-end ; domain-end = ( "." toplabel [ "." ] ) / macro-expand
        init(domain text: ArraySlice<UInt8>) throws(Syntax) {
            self = try MacroString(text)
            guard let last = text.last else { throw Syntax("it names no domain") }
            if last == UInt8(ascii: "}") { return }
            if text.count > 1, text[text.endIndex - 2] == UInt8(ascii: "%"), "%_-".utf8.contains(last) { return }
            let body = last == UInt8(ascii: ".") ? text.dropLast() : text
            guard let dot = body.lastIndex(of: UInt8(ascii: ".")), Self.isTopLabel(body[(dot + 1)...]) else {
                throw Syntax("it names no domain")
            }
        }

        // toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
        private static func isTopLabel(_ label: ArraySlice<UInt8>) -> Bool {
            guard let first = label.first, let last = label.last, first != UInt8(ascii: "-"), last != UInt8(ascii: "-")
            else { return false }
            return label.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
                && !label.allSatisfy(\.isDigit)
        }

        var needsValidatedName: Bool {
            pieces.contains { if case .macro(let macro) = $0 { macro.letter == UInt8(ascii: "p") } else { false } }
        }

        /// - Parameter value: what a macro letter stands for.
        /// What is longer than any name or explanation loses its beginning, so that macros do not multiply.
        func expanded(_ value: (UInt8) -> String) -> String {
            var result: [UInt8] = []
            for piece in pieces {
                if result.count > 65_536 { result.removeFirst(result.count - 4096) }
                switch piece {
                case .literal(let bytes): result += bytes
                case .macro(let macro): result += macro.expanded(Array(value(macro.letter).utf8))
                }
            }
            return String(decoding: result, as: UTF8.self)
        }
    }
}

extension SPF.MacroString.Macro {
    // macro-expand = ( "%{" macro-letter transformers *delimiter "}" )
    // transformers = *DIGIT [ "r" ] ; delimiter = "." / "-" / "+" / "," / "/" / "_" / "="
    init(_ text: ArraySlice<UInt8>, inExplanation: Bool) throws(SPF.Syntax) {
        var rest = text
        guard let letter = rest.popFirst() else { throw SPF.Syntax("a macro is empty") }
        self.letter = letter | 0x20
        isEscaped = letter < 0x60
        guard "slodiphv".utf8.contains(self.letter) || (inExplanation && "crt".utf8.contains(self.letter)) else {
            throw SPF.Syntax("there is no macro of that letter")
        }
        let digits = rest.prefix(while: \.isDigit)
        rest = rest[digits.endIndex...]
        if digits.isEmpty {
            count = nil
        } else {
            let number = digits.prefix(4).reduce(0) { $0 * 10 + Int($1 - 0x30) }
            guard number > 0 else { throw SPF.Syntax("a macro keeps no label") }
            count = number
        }
        isReversed = rest.first.map { $0 | 0x20 == UInt8(ascii: "r") } ?? false
        if isReversed { rest = rest.dropFirst() }
        guard rest.allSatisfy({ ".-+,/_=".utf8.contains($0) }) else {
            throw SPF.Syntax("a macro has no such delimiter")
        }
        delimiters = Array(rest)
    }

    func expanded(_ value: [UInt8]) -> [UInt8] {
        var result = value
        if count != nil || isReversed || !delimiters.isEmpty {
            let separators = delimiters.isEmpty ? [UInt8(ascii: ".")] : delimiters
            var parts = value.split(omittingEmptySubsequences: false) { separators.contains($0) }
            if isReversed { parts.reverse() }
            if let count { parts = parts.suffix(count) }
            result = Array(parts.joined(separator: [UInt8(ascii: ".")]))
        }
        guard isEscaped else { return result }
        // unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~" ; RFC 3986 §2.3
        return result.flatMap { byte -> [UInt8] in
            if byte.isLetter || byte.isDigit || "-._~".utf8.contains(byte) { return [byte] }
            let digits = Array("0123456789ABCDEF".utf8)
            return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
