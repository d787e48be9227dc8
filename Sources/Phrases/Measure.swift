/// Durations, sizes and moments as phrases.
enum Measure {
    /// `1 s`, `2 min 5 s`, `3 h`, `5 d 2 h`: the two largest units of a number of seconds; a minus sign before negative ones.
    static func duration(_ seconds: Int) -> Phrase {
        let units: [(size: Int, form: String)] = [(86_400, "%1 d"), (3600, "%1 h"), (60, "%1 min"), (1, "%1 s")]
        var rest = Int(clamping: seconds.magnitude)
        var pieces: [Phrase] = []
        for (size, form) in units {
            let count = rest / size
            rest -= count * size
            if count > 0 {
                pieces.append(Phrase(form: form, [.count(count)]))
            } else if !pieces.isEmpty {
                break
            }
            if pieces.count == 2 { break }
        }
        if pieces.isEmpty { pieces = [Phrase(form: "%1 s", [.count(0)])] }
        let words = Phrase.joined(pieces, by: " ")
        return seconds < 0 ? "−\(words)" : words
    }

    /// `12 bytes`, `1.5 kB`, `3 MB`: units of a thousand.
    static func size(_ bytes: Int) -> Phrase {
        guard bytes >= 1000 else { return "\(bytes) {1:byte|bytes}" }
        var value = Double(bytes) / 1000
        var unit = 1
        while value >= 1000, unit < 3 {
            value /= 1000
            unit += 1
        }
        let tenths = Int((value * 10).rounded())
        let number: Phrase = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
        return switch unit {
        case 1: "\(number) kB"
        case 2: "\(number) MB"
        default: "\(number) GB"
        }
    }

    // full-date "T" partial-time "Z"
    /// The parts of a moment, so that a language can put them in another order.
    static func time(_ text: String) -> Phrase {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z") else {
            return Phrase(Words(text))
        }
        func part(_ range: Range<Int>) -> Words { Words(String(decoding: bytes[range], as: UTF8.self)) }
        return "\(part(0..<4))-\(part(5..<7))-\(part(8..<10))T\(part(11..<19))Z"
    }
}
