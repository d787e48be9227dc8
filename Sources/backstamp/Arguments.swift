import ArgumentParser
import Glibc
package import Intake

/// What the program was started with. Arguments are bytes, of which names of files need not be UTF-8, and the parser of arguments
/// takes texts: a byte that is no part of UTF-8 passes through it as a character that is left free for private use.
enum Arguments {
    /// All but the program's own name.
    static func given() -> [String] {
        UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)).dropFirst().compactMap {
            $0.map { text(UnsafeBufferPointer(start: $0, count: strlen($0)).map(UInt8.init(bitPattern:))) }
        }
    }

    private static func text(_ argument: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        var rest = argument[...]
        while let first = rest.first {
            // A character of UTF-8 has four bytes at the most; shorter than it is, it is none.
            let scalar = (1...4).lazy.compactMap { String(validating: rest.prefix($0), as: UTF8.self) }.first?
                .unicodeScalars.first
            if let scalar, !stands(scalar) {
                text.append(scalar)
                rest = rest.dropFirst(UTF8.width(scalar))
            } else {
                text.append(Unicode.Scalar(0x10FF00 + UInt32(first)) ?? "\u{FFFD}")
                rest = rest.dropFirst()
            }
        }
        return String(text)
    }

    /// Whether a character stands for a byte from 80 on, and therefore never for itself.
    private static func stands(_ scalar: Unicode.Scalar) -> Bool { (0x10FF80...0x10FFFF).contains(scalar.value) }

    /// The bytes that the argument was.
    static func bytes(of text: String) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar -> [UInt8] in
            stands(scalar) ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
        }
    }
}

extension FilePath: ExpressibleByArgument {
    package init?(argument: String) { self.init(Arguments.bytes(of: argument)) }
}
