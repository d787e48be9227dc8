/// The name of a file as the system has it: bytes, which need not be UTF-8.
public struct FilePath: Hashable, Sendable, CustomStringConvertible {
    /// The bytes, and the zero that ends them.
    private let bytes: [CChar]

    /// Bytes from a zero on are none of a name.
    public init(_ bytes: some Sequence<UInt8>) {
        self.bytes = bytes.prefix { $0 != 0 }.map(CChar.init(bitPattern:)) + [0]
    }

    public init(_ name: String) { self.init(name.utf8) }

    /// The name as text: U+FFFD stands for what is not UTF-8.
    public var description: String { String(decoding: bytes.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) }

    /// The file of this name in the directory.
    public func appending(_ name: String) -> FilePath {
        FilePath(bytes.dropLast().map(UInt8.init(bitPattern:)) + [UInt8(ascii: "/")] + name.utf8)
    }

    /// For functions of C: the name that more is put behind, too.
    public func cString(adding ending: String = "") -> [CChar] {
        bytes.dropLast() + ending.utf8.map(CChar.init(bitPattern:)) + [0]
    }

    /// Standard input or output.
    public static let standard = FilePath("-")
}
