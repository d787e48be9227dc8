import Phrases

extension Source {
    /// The bytes of `range`, at most `limit` of them, as text that is safe to print on one line.
    public func text(_ range: ByteRange, limit: Int = 256) -> String {
        let range = range.clamped(to: 0..<bytes.count)
        let shown = range.prefix(limit)
        let text = String(decoding: bytes[shown], as: UTF8.self).printableLine
        return shown.count < range.count ? text + "…" : text
    }
}
