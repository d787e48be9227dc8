import CICU

/// A C library that is loaded when it is first needed, and may not be there. What it would have read is then not known, which is no
/// fault of the message.
public enum Library: String, Hashable, Sendable {
    case icu = "ICU"
    case uchardet = "libuchardet"
    case libxml2, libarchive, zlib, libpng
    case turbojpeg = "TurboJPEG"
    case zbar = "ZBar"

    /// Whether ICU was needed and is not there; nothing is loaded to find that out.
    public static var isICUMissing: Bool { backstamp_icuuc_is_missing() != 0 || backstamp_icui18n_is_missing() != 0 }
}

extension Message {
    /// The charsets that encoded words and parameters of header fields name and that could not be read, for want of ICU.
    public var unreadCharsets: Set<String> {
        guard Library.isICUMissing else { return [] }
        var names: Set<String> = []
        func note(_ source: Source, _ fields: [HeaderField]) {
            for field in fields { names.formUnion(Self.charsets(in: source.bytes[field.value])) }
        }
        note(source, fields)
        for part in parts { note(part.source, part.fields) }
        return names
    }

    /// The charsets of `=?koi8-r?` and `*=koi8-r'` that need ICU. RFC 2047 §2, RFC 2231 §4
    private static func charsets(in value: ArraySlice<UInt8>) -> Set<String> {
        var names: Set<String> = []
        var offset = value.startIndex
        while let mark = value[offset...].firstIndex(of: UInt8(ascii: "=")) {
            offset = mark + 1
            let isWord = value[offset...].first == UInt8(ascii: "?")
            let label = value[(isWord ? offset + 1 : offset)...].prefix(41)
            let end = isWord ? UInt8(ascii: "?") : UInt8(ascii: "'")
            guard let length = label.firstIndex(of: end) else { continue }
            // A language may follow the charset. RFC 2231 §5
            if let charset = Charset(label: label[..<length].prefix { $0 != UInt8(ascii: "*") }), charset.needsICU {
                names.insert(charset.name)
            }
        }
        return names
    }
}
