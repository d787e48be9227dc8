import Mail

/// What a file is by its first bytes, whatever its name says.
package struct FileType: Hashable, Sendable {
    package enum Kind: String, Sendable { case program, archive, document, image, media, markup, message }

    /// For people: `Windows program`.
    package let name: String
    package let kind: Kind
    /// File name extensions that fit, in lower case.
    package let extensions: [String]

    /// Recognises the signatures of the formats that mail carries; `nil` for all others, plain text among them.
    package init?(_ bytes: ArraySlice<UInt8>) {
        func at(_ offset: Int, _ signature: [UInt8]) -> Bool { bytes.dropFirst(offset).starts(with: signature) }
        func ascii(_ offset: Int, _ text: StaticString) -> Bool {
            bytes.dropFirst(offset).prefix(text.utf8CodeUnitCount).equalsASCII(text)
        }
        if let found = Self.signatures.first(where: { at($0.offset, $0.bytes) }) {
            self = found.type
            return
        }
        // Markup may begin with blanks and a byte order mark.
        let text = bytes.drop { $0.isFolding || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }.prefix(512)
        if text.prefix(14).equalsASCII("<!doctype html") || text.prefix(5).equalsASCII("<html") {
            self = FileType("HTML", .markup, ["html", "htm", "shtml", "xhtml"])
        } else if text.prefix(4).equalsASCII("<svg") {
            self = FileType("SVG", .markup, ["svg"])
        } else if ascii(257, "ustar") {
            self = FileType("tar archive", .archive, ["tar"])
        } else {
            return nil
        }
    }

    private init(_ name: String, _ kind: Kind, _ extensions: [String]) {
        self.name = name
        self.kind = kind
        self.extensions = extensions
    }

    private static let office = [
        "docx", "docm", "xlsx", "xlsm", "xlsb", "pptx", "pptm", "dotx", "potx", "odt", "ods", "odp", "jar", "apk",
        "epub", "zip", "xpi", "kmz", "pages", "numbers", "key",
    ]

    private static let signatures: [(offset: Int, bytes: [UInt8], type: FileType)] = [
        (
            0, Array("MZ".utf8),
            FileType("Windows program", .program, ["exe", "dll", "scr", "com", "sys", "cpl", "ocx", "pif"])
        ),
        (0, [0x7F] + "ELF".utf8, FileType("Linux program", .program, ["so", "elf", "bin", "o", ""])),
        (0, [0xCF, 0xFA, 0xED, 0xFE], FileType("macOS program", .program, ["dylib", "bundle", ""])),
        (0, [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0], FileType("Windows shortcut", .program, ["lnk"])),
        (0, Array("PK\u{3}\u{4}".utf8), FileType("zip archive or Office document", .archive, office)),
        (0, Array("Rar!\u{1A}\u{7}".utf8), FileType("RAR archive", .archive, ["rar", "cbr"])),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], FileType("7-Zip archive", .archive, ["7z"])),
        (0, [0x1F, 0x8B], FileType("gzip archive", .archive, ["gz", "tgz", "svgz", "emz"])),
        (0, Array("BZh".utf8), FileType("bzip2 archive", .archive, ["bz2", "tbz"])),
        (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], FileType("xz archive", .archive, ["xz", "txz"])),
        (0, Array("MSCF".utf8), FileType("cabinet archive", .archive, ["cab"])),
        (0x8001, Array("CD001".utf8), FileType("disk image", .archive, ["iso", "img"])),
        (0, Array("%PDF-".utf8), FileType("PDF document", .document, ["pdf", "ai"])),
        (
            0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            FileType(
                "OLE document", .document,
                ["doc", "xls", "ppt", "msg", "msi", "dot", "xla", "pps", "vsd", "pub", "mpp"])
        ),
        (0, Array("{\\rtf".utf8), FileType("RTF document", .document, ["rtf", "doc"])),
        (0, [0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D], FileType("OneNote document", .document, ["one"])),
        (0, [0x78, 0x9F, 0x3E, 0x22], FileType("TNEF container", .message, ["dat", "tnef"])),
        (0, [0x89] + "PNG\r\n".utf8, FileType("PNG image", .image, ["png", "apng"])),
        (0, [0xFF, 0xD8, 0xFF], FileType("JPEG image", .image, ["jpg", "jpeg", "jpe", "jfif", "pjpeg"])),
        (0, Array("GIF8".utf8), FileType("GIF image", .image, ["gif"])),
        (0, Array("BM".utf8), FileType("BMP image", .image, ["bmp", "dib"])),
        (8, Array("WEBP".utf8), FileType("WebP image", .image, ["webp"])),
        (0, Array("II*\0".utf8), FileType("TIFF image", .image, ["tif", "tiff"])),
        (0, Array("MM\0*".utf8), FileType("TIFF image", .image, ["tif", "tiff"])),
        (
            4, Array("ftyp".utf8),
            FileType("MP4 or HEIC media", .media, ["mp4", "m4a", "m4v", "mov", "heic", "heif", "avif", "3gp"])
        ),
        (0, Array("ID3".utf8), FileType("MP3 sound", .media, ["mp3"])),
        (0, Array("OggS".utf8), FileType("Ogg media", .media, ["ogg", "oga", "ogv", "opus"])),
        (8, Array("WAVE".utf8), FileType("WAV sound", .media, ["wav"])),
    ]
}

extension FileType {
    /// Every file name extension that some known format has; a mismatch with another is none.
    package static let knownExtensions: Set<String> = Set(
        signatures.flatMap(\.type.extensions) + ["html", "htm", "svg", "txt"]
    )
    .subtracting(["", "bin", "dat", "img"])
}
