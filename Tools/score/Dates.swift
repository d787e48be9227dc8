import Foundation
import Mail
import Phrases

/// Real Date values: every one is read, and as the moment that Python's `email.utils.parsedate_tz` reads.
struct Dates: Suite {
    let name = "date"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("date-") }

    /// Prints, for each line of standard input, the seconds since 1970 that Python reads, or nothing.
    private static let oracle = """
        import sys
        from email.utils import parsedate_tz, mktime_tz
        for line in sys.stdin.buffer:
            date = parsedate_tz(line.decode('latin-1').strip('\\r\\n'))
            try:
                print(mktime_tz(date) if date else '')
            except (ValueError, OverflowError):
                print('')
        """

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for file in try folders.flatMap({ try Corpus.messages($0) }) where file.hasSuffix(".txt") {
            guard let data = FileManager.default.contents(atPath: file) else { continue }
            let python = Run("/usr/bin/env", ["/usr/bin/python3", "-c", Self.oracle], input: data)
            let expected = python.output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            let lines = data.split(separator: UInt8(ascii: "\n"))
            for (index, line) in lines.enumerated() {
                let bytes = [UInt8](line)
                let date = try? Source(exactly: bytes).read(DateTime.self, in: 0..<bytes.count).get()
                let wanted = index < expected.count ? expected[index] : ""
                result.total += 1
                if let date, "\(date.seconds)" == wanted || wanted.isEmpty {
                    result.passed += 1
                } else {
                    let found = date.map { "\($0)" } ?? "not read"
                    let python = Int(wanted).map { "\(DateTime(seconds: $0))" } ?? "not read by Python"
                    result.disagreements.append(
                        "\(String(decoding: bytes, as: UTF8.self).printable): \(found), not \(python)")
                }
            }
        }
        return result
    }
}

/// Decoding by line against the WHATWG's decoders. Where the reference holds U+FFFD any replacement is as good that loses
/// no ASCII byte.
struct Charsets: Suite {
    let name = "charset"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("charset-") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for file in try folders.flatMap({ try Corpus.messages($0) }) where file.hasSuffix("_in.txt") {
            let label = (file.split(separator: "/").last ?? "").dropLast("_in.txt".count)
            guard let input = FileManager.default.contents(atPath: file),
                let reference = FileManager.default.contents(atPath: String(file.dropLast(4)) + "_ref.txt"),
                let charset = Charset(label: label.replacing("euc_", with: "euc-").utf8)
            else { continue }
            let lines = Self.lines(input)
            let wanted = Self.lines(reference)
            result.remarks.append("charset \(label): \(lines.count) lines")
            for (line, expected) in zip(lines, wanted) {
                let decoded = charset.decode(line[...]).text
                let isDamaged = expected.contains("\u{FFFD}")
                result.total += 1
                if isDamaged
                    ? Self.ascii(decoded) == Self.ascii(String(decoding: expected, as: UTF8.self))
                    : Array(decoded.utf8) == expected
                {
                    result.passed += 1
                } else {
                    let bytes = line.map { String($0, radix: 16) }.joined(separator: " ")
                    result.disagreements.append(
                        "\(label) \(bytes): \(decoded.printable), not \(String(decoding: expected, as: UTF8.self).printable)"
                    )
                }
            }
        }
        return result
    }

    private static func lines(_ data: Data) -> [[UInt8]] {
        data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { [UInt8]($0) }
    }

    private static func ascii(_ text: String) -> [UInt8] { text.utf8.filter { $0 < 0x80 } }
}

extension [UInt8] {
    fileprivate func contains(_ text: String) -> Bool { String(decoding: self, as: UTF8.self).contains(text) }
}
