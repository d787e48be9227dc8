/// Spans of time in words.
public enum Duration {
    /// `1 s`, `2 min 5 s`, `3 h`, `5 d 2 h`: the two largest units of a number of seconds; a minus sign before
    /// negative ones.
    public static func words(_ seconds: Int) -> String {
        let magnitude = Int(clamping: seconds.magnitude)
        let units = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")]
        var rest = magnitude
        var words: [String] = []
        for (size, name) in units {
            let count = rest / size
            rest -= count * size
            if count > 0 { words.append("\(count) \(name)") } else if !words.isEmpty { break }
            if words.count == 2 { break }
        }
        return (seconds < 0 ? "−" : "") + (words.isEmpty ? "0 s" : words.joined(separator: " "))
    }
}
