import Crypto
package import Mail
import Phrases

extension Contents {
    /// A part that is saved, not read.
    package struct Attachment: Sendable {
        package let part: Int
        /// As the message names it.
        package let name: Located<String>?
        package let declaredType: String
        /// What it is by its bytes, if that is one of the known formats.
        package let type: FileType?
        /// Bytes, decoded.
        package let size: Int
        package let digests: Digests
        /// What is in it, when it is an archive.
        package let archive: ArchiveListing?
        /// What it does besides being read, when it is a document.
        package let marks: [DocumentMark]

        /// What stands after the last dot of the name, in lower case, as Windows sees it: trailing dots and blanks
        /// are no part of a name there.
        package var fileExtension: String? {
            guard let name = name?.value else { return nil }
            let scalars = name.unicodeScalars.filter { !$0.steers }
            var trimmed = String(String.UnicodeScalarView(scalars))[...]
            while let last = trimmed.last, last == "." || last == " " { trimmed.removeLast() }
            guard let dot = trimmed.lastIndex(of: ".") else { return nil }
            return trimmed[trimmed.index(after: dot)...].lowercased()
        }
    }
}

/// What files are known by, in hexadecimal.
package struct Digests: Hashable, Sendable {
    /// For looking up only: files can be made to share it, as with SHA-1.
    package let md5: String
    package let sha1: String
    package let sha256: String

    init(of bytes: [UInt8]) {
        md5 = Self.hexadecimal(Insecure.MD5.hash(data: bytes))
        sha1 = Self.hexadecimal(Insecure.SHA1.hash(data: bytes))
        sha256 = Self.hexadecimal(SHA256.hash(data: bytes))
    }

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
    }
}
