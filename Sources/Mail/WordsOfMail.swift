public import Phrases

// Names and addresses stand in phrases as words of the message.

extension Domain: Worded {
    public var words: Words { Words(name) }
    /// The name as it can be shown: what steers a terminal is named.
    public var description: String { name.printable }
}

extension IPAddress: Worded {
    public var words: Words { Words(description) }
}

extension HeaderField.Name: Worded {
    public var words: Words { Words(description) }
}

extension Phrase.StringInterpolation {
    /// A moment, in UTC.
    public mutating func appendInterpolation(_ time: DateTime) { appendInterpolation(time: time.description) }
}
