/// A value that is written in a message and can be read back from its bytes.
public protocol Readable: Sendable {
    init(from cursor: inout Cursor) throws(SyntaxError)
}

/// A header field whose value the program can read: `message[.from]`.
public struct Field<Value: Readable>: Sendable {
    public let name: HeaderField.Name

    init(_ name: HeaderField.Name) { self.name = name }
}
