import Dispatch
import Mail
import Synchronization

#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The terminal, and files that reports are written to.
enum Console {
    static func exit(_ code: Exit) -> Never { Glibc.exit(code.rawValue) }

    /// Writes to standard output. A reader who has gone away ends the program quietly.
    static func write(_ text: String) { write(Array(text.utf8)) }

    /// The same for bytes of any kind.
    static func write(_ bytes: [UInt8]) {
        if !write(bytes, to: STDOUT_FILENO) { Glibc.exit(errno == EPIPE ? 0 : Exit.unreadable.rawValue) }
    }

    /// One sentence on standard error.
    static func complain(_ sentence: String) {
        let line = sentence.split { $0 == "\n" }.joined(separator: " ").printable
        _ = write(Array("backstamp: \(line)\n".utf8), to: STDERR_FILENO)
    }

    static func hint(_ sentence: String) { _ = write(Array("\(sentence.printable)\n".utf8), to: STDERR_FILENO) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer
            while let base = rest.baseAddress, !rest.isEmpty {
                let count = Glibc.write(descriptor, base, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return true
        }
    }

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var isInputTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Columns of the terminal, or 80.
    static var width: Int {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return environment("COLUMNS").flatMap(Int.init) ?? 80
    }

    /// Seconds since 1970, whole.
    static var now: Int { time(nil) }

    /// Replaces a file in one step: whoever reads it sees the old one or the new one. Links are not followed.
    static func write(_ text: String, toFile path: String) throws(Failure) {
        try write(Array(text.utf8), toFile: path)
    }

    /// The same for bytes of any kind.
    static func write(_ bytes: [UInt8], toFile path: String) throws(Failure) {
        if path == "-" || path == "/dev/stdout" { return write(bytes) }
        var status = stat()
        let isThere = stat(path, &status) == 0
        if isThere, status.st_mode & S_IFMT == S_IFDIR {
            throw Failure(.wrongUse, "\(path) is a directory; name a file to write to.")
        }
        var link = Glibc.stat()
        if lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK, !isThere || status.st_mode & S_IFMT == S_IFREG {
            throw Failure(.wrongUse, "\(path) is a symbolic link; name the file itself.")
        }
        // A device or a pipe is written to as it is.
        if isThere, status.st_mode & S_IFMT != S_IFREG {
            let descriptor = open(path, O_WRONLY | O_CLOEXEC)
            defer { if descriptor >= 0 { close(descriptor) } }
            guard descriptor >= 0, write(bytes, to: descriptor) else { throw Self.unwritable(path) }
            return
        }
        var template = Array((path + ".XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.unwritable(path) }
        let temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let mask = umask(0)
        umask(mask)
        let isWritten = write(bytes, to: descriptor) && fchmod(descriptor, 0o666 & ~mask) == 0
        guard close(descriptor) == 0, isWritten, rename(temporary, path) == 0 else {
            let failure = Self.unwritable(path)
            unlink(temporary)
            throw failure
        }
    }

    private static func unwritable(_ path: String) -> Failure {
        Failure(.wrongUse, "\(path) could not be written: \(String(cString: strerror(errno))).")
    }

    static func makeDirectory(_ path: String) throws(Failure) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw Failure(.wrongUse, "\(path) is no directory; several HTML reports need one.")
            }
        } else if mkdir(path, 0o777) != 0 {
            throw unwritable(path)
        }
    }

    /// Runs asynchronous work to its end: everything else in the program is a straight line.
    static func waiting<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
        let result = Box<Value>()
        let done = DispatchSemaphore(value: 0)
        Task {
            let value = await work()
            result.value.withLock { $0 = value }
            done.signal()
        }
        while true {
            done.wait()
            if let value = result.value.withLock({ $0 }) { return value }
        }
    }

    private final class Box<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }
}
