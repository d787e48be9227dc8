import Foundation
import Mail
import Phrases

/// Beside another parser: the same tree, media types, file names and decoded bodies of every message there is.
struct Differential: Suite {
    let name: String
    let isOverAll = true
    /// Runs the peer over the paths on its standard input; it prints one line for each.
    let peer: @Sendable (_ paths: Data, _ options: Options) -> Run
    /// Whether the peer has no notion of such a file.
    let isUnknown: @Sendable (_ path: String) -> Bool

    func takes(_ folder: String) -> Bool {
        ["phish-pot", "mime-", "sa-corpus", "dsn-", "spam-"].contains { folder.hasPrefix($0) }
    }

    static let python = Differential(name: "differential-python") { paths, _ in
        Run("/usr/bin/env", ["/usr/bin/python3", "-c", script], input: paths, seconds: 900)
    } isUnknown: { _ in
        false
    }

    static let gmime = Differential(name: "differential-gmime") { paths, options in
        Run(options.gmime, ["tree"], input: paths, seconds: 900)
    } isUnknown: { path in
        // It knows no lines that end in CR alone.
        path.contains("dsn-sisimai-a/mac/")
    }

    private static let script = """
        import email, email.header, hashlib, re, sys
        def digest(body):
            body = re.sub(b'[ \\t]+\\n', b'\\n', body.replace(b'\\r\\n', b'\\n').replace(b'\\r', b'\\n'))
            return hashlib.sha256(body.rstrip(b' \\t\\n')).hexdigest()[:16]
        def name(part):
            name = part.get_filename()
            if name is None:
                return ''
            if '=?' in name:
                name = str(email.header.make_header(email.header.decode_header(name)))
            return '[' + re.sub('\\\\s', '_', name) + ']'
        def show(part):
            kind = part.get_content_type()
            if kind in ('message/rfc822', 'message/global', 'message/news'):
                return kind + '(' + (show(part.get_payload(0)) if part.is_multipart() else '') + ')'
            if kind.startswith('multipart/'):
                return kind + '(' + ' '.join(map(show, part.get_payload() if part.is_multipart() else [])) + ')'
            if part.is_multipart():
                # Blocks of fields, which Python takes for messages.
                return kind + ':fields' + name(part)
            return kind + ':' + digest(part.get_payload(decode=True) or b'') + name(part)
        for path in sys.stdin:
            try:
                with open(path.rstrip('\\n'), 'rb') as file:
                    line = show(email.message_from_binary_file(file))
            except Exception as error:
                line = 'error'
            print(line.replace('\\n', '').encode('utf-8', 'replace').decode())
        """

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        defer { Corpus.cleanUp() }
        var result = SuiteResult()
        let files = try folders.flatMap { try Corpus.messages($0) }.filter(Self.isMessage)
        let output = peer(Data(files.map { $0 + "\n" }.joined().utf8), options).output
        let lines = output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count > files.count else { throw Trouble("\(name) read \(lines.count) of \(files.count) messages") }
        for (file, line) in zip(files, lines) {
            let wanted = String(decoding: line, as: UTF8.self)
            // A few it gives up on by itself.
            guard wanted != "error", !wanted.isEmpty, !isUnknown(file),
                let given = FileManager.default.contents(atPath: file)
            else {
                continue
            }
            var found = Self.found([UInt8](given))
            // Python shows no bytes of fields in a body.
            var other = wanted
            if wanted.contains(":fields") {
                found = Self.withoutFieldBlocks(found)
                other = Self.withoutFieldBlocks(wanted)
            }
            if name == "differential-gmime", wanted.contains("message/rfc822()") || wanted.contains(Self.emptyMessage) {
                // It loses the text of a message without header fields.
                found = Self.withoutPlainMessages(found)
                other = Self.withoutPlainMessages(other)
            }
            result.total += 1
            if found == other {
                result.passed += 1
            } else {
                result.disagreements.append("\(file): \(found.cut(to: 1500)), not \(wanted.cut(to: 1500))")
            }
        }
        return result
    }

    /// Goldens and pictures beside messages are none.
    private static func isMessage(_ path: String) -> Bool {
        let other = [
            "csv", "json", "xml", "md", "html", "png", "jpg", "gif", "out", "mbox", "golden", "py", "cf", "pre", "xz",
            "js",
        ]
        return !path.contains("_decoded") && !path.contains("summary/output") && !path.contains("-summary.")
            && !path.contains(".mbox.") && !path.contains("regexes_url_samples") && !path.contains("/output/")
            && !path.contains("charset-detection") && !path.contains("/encodings/")
            && !other.contains(path.split(separator: ".").last?.lowercased() ?? "")
    }

    private static let emptyMessage = "message/rfc822(text/plain:e3b0c44298fc1c14)"

    private static func withoutPlainMessages(_ line: String) -> String {
        var result = ""
        var rest = line.replacing("message/rfc822()", with: emptyMessage)[...]
        while let range = rest.firstRange(of: "message/rfc822(text/plain:") {
            result += rest[..<range.upperBound]
            rest = rest[range.upperBound...].dropFirst(16)
        }
        return result + rest
    }

    private static func withoutFieldBlocks(_ line: String) -> String {
        var result = ""
        var rest = line[...]
        while let range = rest.firstRange(of: "message/") {
            result += rest[..<range.upperBound]
            rest = rest[range.upperBound...]
            let name = rest.prefix { $0 != ":" && $0 != "(" && $0 != " " }
            result += name
            rest = rest.dropFirst(name.count)
            guard rest.first == ":" else { continue }
            result += ":fields"
            rest = rest.dropFirst(rest.hasPrefix(":fields") ? 7 : 17)
        }
        return result + rest
    }

    private static func found(_ given: [UInt8]) -> String {
        var source = Source(exactly: given)
        // Peers take an mbox file's From line off as well.
        if let first = Source(given).repairs.first, first.kind == .mboxLine {
            source = Source(exactly: Array(given[first.given.upperBound...]))
        }
        return Tree.line(Message(source))
    }
}
