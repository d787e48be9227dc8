import Dispatch
import Glibc
import Mail
import Phrases
import Synchronization

/// The terminal.
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

    /// Writes all of the bytes; `false`, with `errno`, when not all could be.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
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
