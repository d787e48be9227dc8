import Crypto
import Foundation
import Mail

/// Beside Python's `email`: the same parts, media types, file names and decoded bodies.
struct Differential: Suite {
    let name = "differential"
    let isOverAll = true

    func takes(_ folder: String) -> Bool {
        ["phish-pot", "mime-", "sa-corpus"].contains { folder.hasPrefix($0) }
    }

    /// Prints, for each path of standard input, one line: the parts, divided by blanks.
    private static let oracle = """
        import email, email.policy, hashlib, re, sys
        def digest(body):
            body = re.sub(b'[ \\t]+\\n', b'\\n', body.replace(b'\\r', b''))
            return hashlib.sha256(body.rstrip(b' \\t\\n')).hexdigest()[:16]
        def walk(part):
            kind = part.get_content_type()
            if kind in ('message/rfc822', 'message/global', 'message/news') and part.is_multipart():
                yield kind
                yield from walk(part.get_payload(0))
            elif kind.startswith('message/'):
                # Blocks of fields, which Python takes for messages.
                yield kind
            elif kind.startswith('multipart/'):
                yield kind
                for child in part.get_payload() if part.is_multipart() else []:
                    yield from walk(child)
            else:
                yield kind + ':' + digest(part.get_payload(decode=True) or b'')
        for path in sys.stdin:
            parts = []
            try:
                with open(path.rstrip('\\n'), 'rb') as file:
                    message = email.message_from_binary_file(file)
                parts = list(walk(message))
            except Exception as error:
                parts = ['error']
            print(' '.join(parts).replace('\\n', ''))
        """

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        defer { Corpus.cleanUp() }
        var result = SuiteResult()
        let files = try folders.flatMap { try Corpus.messages($0) }.filter(Self.isMessage)
        let python = Run(
            "/usr/bin/env", ["/usr/bin/python3", "-c", Self.oracle],
            input: Data(files.map { $0 + "\n" }.joined().utf8), seconds: 900)
        let lines = python.output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count > files.count else { throw Trouble("Python read \(lines.count) of \(files.count) messages") }
        for (file, line) in zip(files, lines) {
            let wanted = String(decoding: line, as: UTF8.self)
            // Python gives up on a few by itself.
            guard wanted != "error", let given = FileManager.default.contents(atPath: file) else { continue }
            let found = Self.parts([UInt8](given))
            result.total += 1
            if found == wanted {
                result.passed += 1
            } else {
                result.disagreements.append("\(file): \(found.cut(to: 300)), not \(wanted.cut(to: 300))")
            }
        }
        return result
    }

    /// Goldens and pictures beside messages are none.
    private static func isMessage(_ path: String) -> Bool {
        let other = [
            "json", "xml", "md", "html", "png", "jpg", "gif", "out", "mbox", "golden", "py", "cf", "pre", "xz", "js",
        ]
        return !path.contains("_decoded") && !path.contains("summary")
            && !other.contains(path.split(separator: ".").last?.lowercased() ?? "")
    }

    /// Without carriage returns and blanks at line ends: quoted-printable takes them off (RFC 2045 §6.7), Python does not.
    private static func normalised(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes where byte != .carriageReturn {
            if byte == .lineFeed { while result.last == .space || result.last == .tab { result.removeLast() } }
            result.append(byte)
        }
        while let last = result.last, last == .lineFeed || last == .space || last == .tab { result.removeLast() }
        return result
    }

    private static func parts(_ given: [UInt8]) -> String {
        var source = Source(exactly: given)
        // Python takes an mbox file's From line off as well.
        if let first = Source(given).repairs.first, first.kind == .mboxLine {
            source = Source(exactly: Array(given[first.given.upperBound...]))
        }
        return Message(source).parts.map { part in
            let kind = part.contentType.mediaType
            guard part.isLeaf, part.contentType.type != "message" else { return kind }
            let hash = SHA256.hash(data: normalised(part.decoded().bytes)).prefix(8).map {
                $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16)
            }
            return kind + ":" + hash.joined()
        }.joined(separator: " ")
    }
}
