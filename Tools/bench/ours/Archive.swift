/// Archives and pictures for traps, as small as they can be.
enum Archive {
    /// An archive of so many empty files. APPNOTE.TXT §4.3
    static func zip(entries: Int) -> [UInt8] {
        func little(_ value: Int, _ size: Int) -> [UInt8] {
            (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for index in 0..<entries {
            let name = Array("\(index)".utf8)
            // Version, flags, method, time and date, checksum, both sizes, the lengths of the name and of what is extra.
            let facts = little(10, 2) + little(0, 16) + little(0, 4) + little(name.count, 2) + little(0, 2)
            directory +=
                Array("PK\u{1}\u{2}".utf8) + little(10, 2) + facts + little(0, 10) + little(0, 4)
                + little(bytes.count, 4).prefix(4) + name
            bytes += Array("PK\u{3}\u{4}".utf8) + facts + name
        }
        let start = bytes.count
        let count = min(entries, 65_535)
        bytes += directory
        return bytes + Array("PK\u{5}\u{6}".utf8) + little(0, 4) + little(count, 2) + little(count, 2)
            + little(directory.count, 4)
            + little(start, 4) + little(0, 2)
    }

    /// 64 KiB of one letter, so many times.
    static func gzip(members: Int) -> [UInt8] { Array(repeatElement(member, count: members).joined()) }

    private static let member = decoded(
        "H4sIAAAAAAACA+3BgQAAAACAINb9JRapCgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGr/kSDDAAABAA=="
    )

    /// A code of 29 modules a side.
    static let picture =
        "iVBORw0KGgoAAAANSUhEUgAAAGMAAABjAQMAAAC19SzWAAAABlBMVEUAAAD///+l2Z/dAAAAAnRSTlP//8i138cAAAAJcEhZcwAACxIAAAsSAdLdfvwAAADwSURBVDiNzdSxrcQgDAZgI4p0LwsgZQ06VgoLkJcJshIdayBlgdClQPg5p1zummB0xelR8VXGvy0A3w/8Y20AdpfoQXBKmF0XbaALJ6+mIJcAtkUo5zY5TRUahHkKVOR62a2O/oKyb93eiU7ycXoleKtNKwdKPCtUVLq1GPWjoeeEuxIeFy8Tp2LWAmrUUXDaTHY6T/58WUUJ5UJFcFg4bQZEyD2eCVaUAvWHBaJltefRrL+gek7HHFBZ5EWzdZrGOyROj32R89VtRZ6izQADNsh6mjDODXIQR3NmVhNSEo9d4HTsNWbo1sTp2z/RZ/oD1Di039uBiR0AAAAASUVORK5CYII="

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for index in 0..<4 {
                text.append(index > group.count ? UInt8(ascii: "=") : alphabet[value >> (18 - 6 * index) & 63])
            }
            if start / 3 % 18 == 17 { text.append(UInt8(ascii: "\n")) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func decoded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var value = 0
        var bits = 0
        for byte in text.utf8 {
            guard let digit = alphabet.firstIndex(of: byte) else { continue }
            value = (value << 6 | digit) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: value >> bits))
            }
        }
        return bytes
    }
}
