import Foundation
import Inspection
import Mail

/// The public suffix list's own tests: the registered domain of a name, through libpsl and the list that it holds.
struct PublicSuffixes: Suite {
    let name = "psl"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder == "psl" || folder.hasPrefix("psl-") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for folder in folders {
            guard let data = FileManager.default.contents(atPath: folder + "/tests/test_psl.txt") else { continue }
            // checkPublicSuffix('www.example.com', 'example.com'); null stands for none.
            for line in String(decoding: data, as: UTF8.self).split(separator: "\n")
            where line.hasPrefix("checkPublicSuffix(") {
                let parts = line.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
                guard parts.count >= 3 else { continue }
                let input = Domain(parts[1])
                let found = input.organisational
                let isSame = parts.count >= 5 ? found == Domain(parts[3]) : found == input
                result.total += 1
                if isSame { result.passed += 1 } else { result.disagreements.append("\(line): \(found)") }
            }
        }
        return result
    }
}

/// UTS 46's conformance test, through ICU: the name in A-labels, or none where the standard wants an error.
struct InternationalNames: Suite {
    let name = "idna"
    let isOverAll = false

    func takes(_ folder: String) -> Bool { folder.hasPrefix("idna-") }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        var result = SuiteResult()
        for file in try folders.flatMap({ try Corpus.messages($0) }) where file.hasSuffix(".txt") {
            guard let data = FileManager.default.contents(atPath: file) else { continue }
            // Some cases hold half a surrogate pair, which is no text.
            for line in String(decoding: data, as: UTF8.self).split(separator: "\n")
            where !line.hasPrefix("#") && !line.contains("\\uD8") {
                let columns = line.split(separator: "#", maxSplits: 1)[0].split(
                    separator: ";", omittingEmptySubsequences: false
                ).map {
                    Self.unescaped($0.trimmingCharacters(in: .whitespaces))
                }
                guard columns.count >= 5, !columns[0].isEmpty else { continue }
                let unicode = columns[1].isEmpty ? columns[0] : columns[1]
                let expected = columns[3].isEmpty ? unicode : columns[3]
                let status = columns[4].isEmpty ? columns[2] : columns[4]
                let isError = !(status.isEmpty || status == "[]")
                let domain = Domain(columns[0])
                let found = domain.isValidIDN && Self.isHost(domain) ? domain.ascii : nil
                result.total += 1
                let wanted = expected.hasSuffix(".") ? String(expected.dropLast()) : expected
                if isError ? found == nil : found == wanted {
                    result.passed += 1
                } else {
                    result.disagreements.append("\(line.prefix(80)): \(found ?? "an error")")
                }
            }
        }
        return result
    }

    /// Whether each label is one that a host can have; a name in ASCII is converted to itself, whatever it is.
    private static func isHost(_ domain: Domain) -> Bool {
        guard let ascii = domain.ascii, ascii.utf8.count <= 253 else { return false }
        return ascii.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
            Domain("\($0).example").isHostName
        }
    }

    private static func unescaped(_ text: String) -> String {
        if text == "\"\"" { return "" }
        guard text.contains("\\") else { return text }
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let kind = rest.popFirst() else {
                result.append(scalar)
                continue
            }
            var digits = rest.prefix(kind == "u" ? 4 : 0)
            rest = rest.dropFirst(digits.count)
            if kind == "x", rest.first == "{" {
                digits = rest.dropFirst().prefix { $0 != "}" }
                rest = rest.dropFirst(digits.count + 2)
            }
            if let code = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(code) { result.append(scalar) }
        }
        return String(result)
    }
}
