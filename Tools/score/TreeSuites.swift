import Crypto
import Foundation
import Mail
import Phrases

/// A message's parts as one line: `multipart/mixed(text/plain:HASH message/rfc822(…) image/png:HASH[name.png])`. The hash is of the
/// decoded body with LF line ends and without the blanks at the ends of lines and of the whole.
enum Tree {
    static func line(_ message: Message, types: Bool = true) -> String {
        guard !message.parts.isEmpty else { return "" }
        return line(message, 0, types: types)
    }

    private static func line(_ message: Message, _ index: Int, types: Bool) -> String {
        let part = message.parts[index]
        let kind = types ? part.contentType.mediaType : part.contentType.isMultipart ? "multipart" : "part"
        if part.children.isEmpty {
            if part.contentType.isMultipart || (types && part.contentType.isMessage) { return "\(kind)()" }
            return "\(kind):\(digest(part.decoded().bytes))" + (types ? name(part) : "")
        }
        let inner = part.children.map { line(message, $0, types: types) }.joined(separator: " ")
        return "\(types || part.contentType.isMultipart ? kind : "message")(\(inner))"
    }

    private static func name(_ part: Part) -> String {
        guard let name = part.fileName?.value else { return "" }
        return "[\(String(name.map { $0.isWhitespace ? "_" : $0 }))]"
    }

    static func digest(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: normalised(bytes)).prefix(8).map {
            $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16)
        }.joined()
    }

    /// Quoted-printable takes blanks off line ends (RFC 2045 §6.7), peers do not.
    private static func normalised(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (index, given) in bytes.enumerated() {
            if given == .carriageReturn, index + 1 < bytes.count, bytes[index + 1] == .lineFeed { continue }
            let byte = given == .carriageReturn ? .lineFeed : given
            if byte == .lineFeed { while result.last == .space || result.last == .tab { result.removeLast() } }
            result.append(byte)
        }
        while let last = result.last, last == .lineFeed || last == .space || last == .tab { result.removeLast() }
        return result
    }
}

/// What the suites of part trees have in common: files of a folder, each with what is expected of it and what is found.
struct TreeSuite: Suite {
    let name: String
    let isOverAll = false
    let prefix: String
    /// The cases of a folder: their names, what is found, what is wanted.
    let cases: @Sendable (_ folder: String) throws -> [(name: String, found: String, wanted: String)]

    func takes(_ folder: String) -> Bool { folder.hasPrefix(prefix) }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            for (name, found, wanted) in try cases(folder) {
                result.total += 1
                if found == wanted {
                    result.passed += 1
                } else {
                    result.disagreements.append("\(name): \(found.cut(to: 400)), not \(wanted.cut(to: 400))")
                }
            }
        }
        return result
    }

    /// Runs a script of Python over a folder: each line of its output is a case, `NAME\tFILE\tWANTED`.
    static func python(_ script: String, _ folder: String) throws -> [[String]] {
        let run = Run("/usr/bin/env", ["/usr/bin/python3", "-c", script, folder])
        guard run.status == 0 else { throw Trouble("\(folder): the expectations could not be read") }
        return String(decoding: run.output, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    static func message(_ path: String) throws -> Message {
        guard let given = FileManager.default.contents(atPath: path) else { throw Trouble("\(path) is missing") }
        return Message(Source(exactly: [UInt8](given)))
    }

    static let mime4j = TreeSuite(name: "mime-mime4j", prefix: "mime-mime4j") { folder in
        let script = """
            import glob, hashlib, os, re, sys, xml.etree.ElementTree as tree
            folder = sys.argv[1]
            def digest(body):
                body = re.sub(b'[ \\t]+\\n', b'\\n', body.replace(b'\\r\\n', b'\\n').replace(b'\\r', b'\\n'))
                return hashlib.sha256(body.rstrip(b' \\t\\n')).hexdigest()[:16]
            def show(node):
                for child in node:
                    if child.tag == 'multipart':
                        return 'multipart(' + ' '.join(show(part) for part in child if part.tag == 'body-part') + ')'
                    if child.tag == 'message':
                        return 'message(' + show(child) + ')'
                    if child.tag in ('text-body', 'binary-body'):
                        return 'part:' + digest(open(os.path.join(folder, child.get('name')), 'rb').read())
                return 'part:' + digest(b'')
            for name in sorted(glob.glob(folder + '/*.msg')):
                golden = name[:-4] + '_decoded.xml'
                # These test the two settings for malformed header fields: the same input, other goldens.
                if os.path.exists(golden) and 'malformedHeader' not in name:
                    text = open(golden, encoding='latin-1').read()
                    text = re.sub('[^\\t\\n\\x20-\\x7e]', '?', re.sub('&#[^;]*;', '?', text))
                    print(os.path.basename(name), name, show(tree.fromstring(text)), sep='\\t')
            """
        return try python(script, folder).map { ($0[0], Tree.line(try message($0[1]), types: false), $0[2]) }
    }

    static let mailcore = TreeSuite(name: "mime-mailcore", prefix: "mime-mailcore") { folder in
        let script = """
            import glob, json, os, re, sys
            folder = sys.argv[1]
            def show(node):
                kind = node['partType']
                if kind == 'single':
                    return node.get('mimeType', 'text/plain').lower()
                if kind == 'message':
                    return 'message(' + show(node['mainPart']) + ')'
                return (kind if kind != 'multipart/digest' else 'multipart/mixed') + '(' + ' '.join(show(part) for part in node.get('parts', {}).get('items', [])) + ')'
            for name in sorted(glob.glob(folder + '/parser/input/**/*', recursive=True)):
                golden = name.replace('/input/', '/output/')
                if os.path.isfile(name) and os.path.exists(golden):
                    print(name[len(folder) + 1:], name, show(json.load(open(golden))['mainPart']), sep='\\t')
            for name in sorted(glob.glob(folder + '/charset-detection/**/*.txt', recursive=True)):
                print(name[len(folder) + 1:], name, 'guess ' + os.path.basename(name)[:-4], sep='\\t')
            for name in sorted(glob.glob(folder + '/summary/input/*')):
                golden = name.replace('/input/', '/output/')[:-4] + '.txt'
                if os.path.exists(golden):
                    text = open(golden, encoding='utf-8').read()
                    runs = sorted(set(re.findall('[\\u00a1-\\U0010ffff]{2,}', text)))
                    print(name[len(folder) + 1:], name, 'text ' + ' '.join(runs), sep='\\t')
            """
        return try python(script, folder).map { row in
            if row[2].hasPrefix("guess ") {
                let bytes = [UInt8](FileManager.default.contents(atPath: row[1]) ?? Data())
                return (row[0], "guess \(Charset.guess(bytes)?.name ?? "none")", row[2])
            }
            if row[2].hasPrefix("text ") {
                let text = shown(try message(row[1]))
                let runs = row[2].dropFirst(5).split(separator: " ")
                let missing = runs.filter { !text.contains($0) }
                return (row[0], "missing \(missing.joined(separator: " "))", "missing ")
            }
            return (row[0], kinds(try message(row[1]), 0), row[2])
        }
    }

    private static func kinds(_ message: Message, _ index: Int) -> String {
        let part = message.parts[index]
        let inner = part.children.map { kinds(message, $0) }.joined(separator: " ")
        // That library knows no digests.
        let type = part.contentType.subtype == "digest" ? "multipart/mixed" : part.contentType.mediaType
        if part.contentType.isMultipart { return "\(type)(\(inner))" }
        return part.children.isEmpty ? part.contentType.mediaType : "message(\(inner))"
    }

    /// What a reader sees, all in one.
    private static func shown(_ message: Message) -> String {
        var text = ""
        for part in message.parts {
            for field in part.fields {
                text += part.source.decodedText(field.value, charset: message.headerCharset) + "\n"
            }
            text += (part.fileName?.value ?? "") + "\n"
            guard part.isLeaf, part.contentType.isText else { continue }
            text += entitiesDecoded(part.decodedText().text)
        }
        return text
    }

    /// Numeric references as characters, and the few named ones that mail has.
    private static func entitiesDecoded(_ text: String) -> String {
        guard text.contains("&") else { return text }
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "&") {
            result += rest[..<mark]
            rest = rest[mark...]
            guard let end = rest.prefix(12).firstIndex(of: ";") else {
                result.append(rest.removeFirst())
                continue
            }
            let name = rest[rest.index(after: mark)..<end]
            let number = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
            if name.hasPrefix("#"), let number, let scalar = Unicode.Scalar(number) {
                result.unicodeScalars.append(scalar)
            } else {
                result += named[String(name)] ?? ""
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static let named = [
        "eacute": "é", "agrave": "à", "egrave": "è", "ccedil": "ç", "copy": "©", "raquo": "»", "laquo": "«",
        "nbsp": "\u{A0}", "euro": "€", "rsquo": "’", "hellip": "…", "ndash": "–", "mdash": "—",
    ]
}
