/// The name of a file as the system has it: bytes, which need not be UTF-8.
package struct FilePath: Hashable, Sendable, CustomStringConvertible {
    /// The bytes, and the zero that ends them.
    private let bytes: [CChar]

    /// Bytes from a zero on are none of a name.
    package init(_ bytes: some Sequence<UInt8>) {
        self.bytes = bytes.prefix { $0 != 0 }.map(CChar.init(bitPattern:)) + [0]
    }

    package init(_ name: String) { self.init(name.utf8) }

    /// The name as text: U+FFFD stands for what is not UTF-8.
    package var description: String { String(decoding: bytes.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) }

    /// The file of this name in the directory.
    package func appending(_ name: String) -> FilePath {
        FilePath(bytes.dropLast().map(UInt8.init(bitPattern:)) + [UInt8(ascii: "/")] + name.utf8)
    }

    /// For functions of C: the name that more is put behind, too.
    package func cString(adding ending: String = "") -> [CChar] {
        bytes.dropLast() + ending.utf8.map(CChar.init(bitPattern:)) + [0]
    }

    /// Standard input or output.
    package static let standard = FilePath("-")
}
