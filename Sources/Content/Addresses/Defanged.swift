import Mail

extension String {
    /// The text with every URL in it made so that no program turns it into a link: `hxxps://evil[.]example`.
    package var defanged: String {
        var text = self
        return text.withUTF8 { text in
            // A dot becomes three bytes, and nothing else grows.
            String(unsafeUninitializedCapacity: text.count.multipliedClamped(3)) { result in
                guard let target = result.baseAddress else { return 0 }
                var (index, count) = (0, 0)
                var isInAuthority = false
                while index < text.count {
                    let byte = text[index]
                    switch byte {
                    case UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "f"), UInt8(ascii: "F"):
                        guard let scheme = Scheme.all.first(where: { Self.has($0.written, in: text, at: index) }) else {
                            break
                        }
                        let name = UnsafeBufferPointer(
                            start: scheme.defanged.utf8Start, count: scheme.defanged.utf8CodeUnitCount)
                        for byte in name {
                            target[count] = byte
                            count += 1
                        }
                        index += scheme.written.utf8CodeUnitCount
                        isInAuthority = true
                        continue
                    case UInt8(ascii: "w"), UInt8(ascii: "W"):
                        if !isInAuthority { isInAuthority = Self.has("www.", in: text, at: index) }
                    case UInt8(ascii: ".") where isInAuthority:
                        target[count] = UInt8(ascii: "[")
                        target[count + 1] = byte
                        target[count + 2] = UInt8(ascii: "]")
                        index += 1
                        count += 3
                        continue
                    case 0...0x20, UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "#"),
                        UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"):
                        isInAuthority = false
                    default: break
                    }
                    target[count] = byte
                    index += 1
                    count += 1
                }
                return count
            }
        }
    }

    private struct Scheme {
        /// With what follows, in lower case.
        let written: StaticString
        let defanged: StaticString

        static let all = [
            Scheme(written: "http://", defanged: "hxxp://"), Scheme(written: "https://", defanged: "hxxps://"),
            Scheme(written: "ftp://", defanged: "fxp://"),
        ]
    }

    private static func has(_ wanted: StaticString, in text: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        let length = wanted.utf8CodeUnitCount
        guard length <= text.count - offset else { return false }
        for index in 0..<length where text[offset + index].lowercased != wanted.utf8Start[index] { return false }
        return true
    }

    /// A lone host name, made unclickable: `evil[.]example`.
    package var defangedHost: String {
        split(separator: ".", omittingEmptySubsequences: false).joined(separator: "[.]")
    }
}
