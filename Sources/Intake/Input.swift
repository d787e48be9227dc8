import Glibc
package import Phrases

/// The bytes of one message, and where they came from.
package struct Input: Sendable {
    /// A path as text, or `nil` for standard input.
    package let name: String?
    package let bytes: [UInt8]
    /// How many bytes more there are, at least.
    package let cut: Int

    /// Reads a file, or standard input for `-`, up to `limit` bytes.
    package init(path: FilePath, limit: Int = 64 << 20) throws(UnreadableInput) {
        if path == .standard {
            name = nil
            (bytes, cut) = try Self.read(STDIN_FILENO, "standard input", limit)
        } else {
            let text = path.description
            name = text
            let descriptor = open(path.cString(), O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw UnreadableInput(text, code: errno) }
            defer { close(descriptor) }
            (bytes, cut) = try Self.read(descriptor, text, limit)
        }
        if bytes.isEmpty { throw UnreadableInput(sentence: "\(words: name ?? "standard input") is empty.") }
        if let other = UnreadableInput(name ?? "standard input", holding: bytes) { throw other }
    }

    private static func read(
        _ descriptor: Int32, _ name: String, _ limit: Int
    ) throws(UnreadableInput) -> (bytes: [UInt8], cut: Int) {
        var status = stat()
        var size = 0
        if fstat(descriptor, &status) == 0 {
            if status.st_mode & S_IFMT == S_IFDIR { throw UnreadableInput(name, code: EISDIR) }
            if status.st_mode & S_IFMT == S_IFREG { size = Int(status.st_size) }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(size, limit) + 1)
        var buffer = [UInt8](repeating: 0, count: size > 0 ? min(size + 1, 1 << 20) : 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw UnreadableInput(name, code: errno) }
            if count == 0 { return (bytes, 0) }
            bytes += buffer[..<count]
            if bytes.count > limit {
                let more = max(size, bytes.count) - limit
                bytes.removeLast(bytes.count - limit)
                return (bytes, more)
            }
        }
    }
}

/// What tells a file from every other one, whatever it is called: all names and links that lead to it have the same.
package struct FileIdentity: Hashable, Sendable {
    private let device: UInt64
    private let number: UInt64

    /// `nil` where no file is, and for terminals, pipes and devices such as `/dev/null`, which keep nothing.
    package init?(path: FilePath) {
        var status = stat()
        guard stat(path.cString(), &status) == 0 else { return nil }
        self.init(status)
    }

    package init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init?(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
        // One device can have several nodes.
        case S_IFBLK: (device, number) = (UInt64.max, UInt64(status.st_rdev))
        default: return nil
        }
    }
}

/// Why an input could not be read, in one sentence.
package struct UnreadableInput: Error, Sendable {
    package let sentence: Phrase

    init(sentence: Phrase) { self.sentence = sentence }

    /// Why these bytes are no message's source, where they plainly are something else: an Outlook .msg, which is a compound
    /// file (MS-OXMSG §1.3, MS-CFB §2.2), does not keep it.
    package init?(_ name: String, holding bytes: [UInt8]) {
        guard bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) else { return nil }
        sentence =
            "\(words: name) is an Outlook .msg file, which does not hold the source: in Outlook open the message, choose File › Properties and copy the Internet headers, or download it as .eml in Outlook on the web."
    }

    init(_ name: String, code: Int32) {
        sentence =
            switch code {
            case ENOENT: "There is no file \(words: name)."
            case EISDIR: "\(words: name) is a directory; name the files in it."
            case EACCES, EPERM: "\(words: name) may not be read: permission denied."
            default: "\(words: name) could not be read: \(term: String(cString: strerror(code)))."
            }
    }
}
