import CPictures
package import Mail

/// A QR code that the message shows. ISO/IEC 18004
package struct PictureCode: Sendable {
    /// What the code stands in.
    package enum Carrier: String, Sendable {
        case picture
        /// Made of characters that are blocks, so that no filter sees a picture.
        case text
    }

    package let part: Int
    package let carrier: Carrier
    /// What it says; `nil` when it looks like a code and could not be read.
    package let text: String?
    package let range: ByteRange
}

/// Looks for codes in pictures, behind a limit of pixels for the whole message.
struct PictureSearch {
    enum Outcome {
        case searched([String])
        /// The picture is too large, or its format is none of those that are read.
        case tooLarge
        case unreadable
        /// A library that it takes is not there.
        case missing(Library)
    }

    /// Whether there is what reads codes.
    static var canRead: Bool { backstamp_zbar_is_there() != 0 }

    /// Pixels that may still be looked at.
    private var room: Int

    init(limits: Limits) { room = limits[.pixels] }

    /// `nil` for what is no picture.
    mutating func codes(in bytes: [UInt8], _ type: FileType?) -> Outcome? {
        guard let type, type.kind == .image else { return nil }
        let isPNG = type.extensions.first == "png"
        guard isPNG || type.extensions.first == "jpg" else { return .unreadable }
        var pixels: UnsafeMutablePointer<UInt8>?
        var (width, height): (UInt32, UInt32) = (0, 0)
        let state = bytes.withUnsafeBufferPointer { buffer in
            backstamp_picture_read(
                buffer.baseAddress, buffer.count, isPNG ? 1 : 0, UInt64(max(0, room)), &pixels, &width, &height)
        }
        defer { backstamp_picture_free(pixels) }
        switch state {
        case BACKSTAMP_PICTURE_LARGE: return .tooLarge
        case BACKSTAMP_PICTURE_READ: break
        case BACKSTAMP_PICTURE_UNREADABLE: return .missing(isPNG ? .libpng : .turbojpeg)
        default: return .unreadable
        }
        guard let pixels else { return .unreadable }
        room -= Int(width) * Int(height)
        // A code has 21 modules a side at least.
        guard width >= 21, height >= 21 else { return .searched([]) }
        return Self.codes(in: pixels, width, height).map { .searched($0) } ?? .missing(.zbar)
    }

    /// `nil` when ZBar is not there.
    private static func codes(in pixels: UnsafePointer<UInt8>, _ width: UInt32, _ height: UInt32) -> [String]? {
        final class Found { var texts: [String] = [] }
        let found = Found()
        let count = backstamp_codes_find(pixels, width, height, Unmanaged.passUnretained(found).toOpaque()) {
            context, text, length in
            guard let context, let text, length > 0 else { return }
            let bytes = UnsafeRawBufferPointer(start: text, count: min(length, 8192))
            let found = Unmanaged<Found>.fromOpaque(context).takeUnretainedValue()
            if found.texts.count < 20 { found.texts.append(String(decoding: bytes, as: UTF8.self)) }
        }
        return count < 0 ? nil : found.texts
    }

    // MARK: Codes made of text

    /// A code drawn with block characters: where it begins and ends among the bytes, and what it says.
    static func codeInText(_ utf8: [UInt8]) -> (range: ByteRange, text: String?)? {
        // Blocks are U+2580 to U+259F: E2 96 80 to E2 96 9F.
        var offset = 0
        while let lead = utf8.firstOffset(of: 0xE2, in: offset..<utf8.count), lead + 1 < utf8.count,
            utf8[lead + 1] != 0x96
        {
            offset = lead + 1
        }
        guard utf8.firstOffset(of: 0xE2, in: offset..<utf8.count) != nil else { return nil }
        var rows: [(range: ByteRange, scalars: [Unicode.Scalar])] = []
        var best: [(range: ByteRange, scalars: [Unicode.Scalar])] = []
        var start = 0
        while start < utf8.count {
            let end = utf8.firstOffset(of: .lineFeed, in: start..<utf8.count) ?? utf8.count
            let isPair = end > start && utf8[end - 1] == .carriageReturn
            let line = start..<min(isPair ? end - 1 : end, start + 1024)
            let scalars = Array(String(decoding: utf8[line], as: UTF8.self).unicodeScalars)
            if scalars.count(where: isBlock) >= 8 {
                rows.append((line, scalars))
                if rows.count > best.count { best = rows }
            } else {
                rows = []
            }
            if rows.count >= 200 { break }
            start = end + 1
        }
        guard best.count >= 10, let first = best.first, let last = best.last else { return nil }
        return (first.range.lowerBound..<last.range.upperBound, read(best.map(\.scalars)))
    }

    private static func isBlock(_ scalar: Unicode.Scalar) -> Bool { (0x2580...0x259F).contains(scalar.value) }

    /// Draws the characters, each two modules high, and reads the picture both ways round.
    private static func read(_ rows: [[Unicode.Scalar]]) -> String? {
        let columns = min(rows.map(\.count).max() ?? 0, 400)
        guard columns > 0 else { return nil }
        // Full blocks two to a module are drawn as squares; half blocks have two modules each.
        let usesHalves = rows.contains { $0.contains { $0.value == 0x2580 || $0.value == 0x2584 } }
        let (across, down) = usesHalves ? (4, 8) : (2, 4)
        let margin = 16
        let (width, height) = (columns * across + 2 * margin, rows.count * down + 2 * margin)
        for isInverse in [false, true] {
            // On a dark page blocks are the light modules.
            var pixels = [UInt8](repeating: isInverse ? 0 : 255, count: width * height)
            for (row, scalars) in rows.enumerated() {
                for (column, scalar) in scalars.prefix(columns).enumerated() {
                    let top = [0x2580, 0x2588, 0x2593].contains(scalar.value)
                    let bottom = [0x2584, 0x2588, 0x2593].contains(scalar.value)
                    for y in 0..<down where (y < down / 2 ? top : bottom) {
                        let line = (margin + row * down + y) * width + margin + column * across
                        for x in 0..<across { pixels[line + x] = isInverse ? 255 : 0 }
                    }
                }
            }
            if let text = codes(in: pixels, UInt32(width), UInt32(height))?.first { return text }
        }
        return nil
    }
}
