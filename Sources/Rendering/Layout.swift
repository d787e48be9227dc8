/// Text in columns.
enum Layout {
    /// How many columns of a terminal a scalar takes. UAX #11
    static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20..<0x7F: 1
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
            0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            2
        default:
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark: 0
            default: 1
            }
        }
    }

    static func width(_ text: some StringProtocol) -> Int {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// The beginning of a text that fits, with `…` when something is cut off.
    static func cut(_ text: String, to columns: Int) -> String {
        guard width(text) > columns else { return text }
        var result = String.UnicodeScalarView()
        var used = 0
        for scalar in text.unicodeScalars {
            let size = width(scalar)
            if used + size > columns - 1 { break }
            used += size
            result.append(scalar)
        }
        return String(result) + "…"
    }

    /// The end of a text that fits, with `…` when something is cut off.
    static func cutLeft(_ text: String, to columns: Int) -> String {
        guard width(text) > columns else { return text }
        var kept: [Unicode.Scalar] = []
        var used = 0
        for scalar in text.unicodeScalars.reversed() {
            let size = width(scalar)
            if used + size > columns - 1 { break }
            used += size
            kept.append(scalar)
        }
        return "…" + String(String.UnicodeScalarView(kept.reversed()))
    }

    static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - width(text)))
    }

    /// A paragraph that begins with `lead`; its other lines are indented by `indent`.
    static func paragraph(_ text: String, lead: String, indent: Int, width columns: Int) -> [String] {
        let first = max(20, columns - width(lead))
        return wrapped(text, first: first, to: max(20, columns - indent)).enumerated().map { index, line in
            (index == 0 ? lead : String(repeating: " ", count: indent)) + line
        }
    }

    /// The text in lines of at most so many columns, broken at blanks; a longer word stands alone.
    private static func wrapped(_ text: String, first: Int, to others: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        var columns: Int { lines.isEmpty ? first : others }
        for part in text.utf8.split(separator: UInt8(ascii: " ")) {
            let word = Substring(part)
            let size = width(word)
            if used > 0, used + 1 + size > columns {
                lines.append(line)
                line = ""
                used = 0
            }
            if used > 0 {
                line += " "
                used += 1
            }
            line += word
            used += size
        }
        if used > 0 || lines.isEmpty { lines.append(line) }
        return lines
    }
}
