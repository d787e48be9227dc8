extension Unicode.Scalar {
    /// Whether the scalar steers a terminal or a reader's eye instead of showing something: controls, bidirectional
    /// and other format characters, line and paragraph separators, variation selectors, unassigned code points.
    package var steers: Bool {
        if value >= 0x20 && value < 0x7F { return false }
        if value == 0xAD { return true }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: return true
        default: return (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value)
        }
    }
}

extension String {
    /// The text with every scalar that steers a terminal or an eye named, as in `⟨U+202E⟩`, instead of obeyed.
    package var printable: String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
        var text = ""
        text.reserveCapacity(utf8.count)
        for scalar in unicodeScalars {
            if scalar.steers {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                text += "⟨U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)⟩"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The printable text on one line: runs of white space become one space.
    package var printableLine: String {
        let parts = utf8.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
        return parts.map { String(Substring($0)).printable }.joined(separator: " ")
    }

    /// The first `limit` bytes of the text, cut between scalars, with `…` when something is missing.
    package func cut(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.startIndex
        var size = 0
        for scalar in unicodeScalars {
            let width = UTF8.width(scalar)
            if size + width > limit { break }
            size += width
            utf8.formIndex(&end, offsetBy: width)
        }
        return String(self[..<end]) + "…"
    }
}
