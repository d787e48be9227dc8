/// What a message says, or anybody else but us: text that may hold whatever its writer wants.
///
/// It can be shown in one way only: on one line, cut to a length, every scalar that steers named instead of obeyed
/// (``Swift/String/printableLine``).
public struct Words: Hashable, Sendable, CustomStringConvertible {
    private let text: String
    private let limit: Int

    /// How many bytes are shown unless something else is said.
    public static let limit = 512

    /// - Parameter limit: how many bytes are shown at the most.
    public init(_ text: String, limit: Int = Words.limit) {
        self.text = text
        self.limit = limit
    }

    /// The text as it is shown.
    public var description: String { text.cut(to: limit * 2).printableLine.cut(to: limit) }
}

/// A value that stands in phrases as words of the message.
public protocol Worded {
    var words: Words { get }
}

extension Words: Worded {
    public var words: Words { self }
}
