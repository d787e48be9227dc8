import Foundation
import Phrases
import Testing

/// The texts of all languages against the forms that the sources have.
struct FormsTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    static let translations = Language.all.filter { $0 != .english }.map(\.id)

    private static func files(_ folder: String, _ ending: String) throws -> [(name: String, text: String)] {
        let base = root.appending(path: folder).path()
        return try FileManager.default.subpathsOfDirectory(atPath: base).sorted().filter { $0.hasSuffix(ending) }
            .map { ($0, try String(contentsOfFile: base + "/" + $0, encoding: .utf8)) }
    }

    private static let literals = Result {
        try files("Sources", ".swift").flatMap { SourceLiteral.all(in: $0.text, file: $0.name) }
            + files("templates", ".mustache").flatMap { SourceLiteral.all(inTemplate: $0.text, file: $0.name) }
    }

    /// Names of cases, which are forms where nothing else is said, and those that are written with hyphens.
    private static let caseNames = Result {
        try files("Sources", ".swift").flatMap { file in
            file.text.components(separatedBy: "case ").dropFirst().flatMap { piece in
                piece.prefix { !$0.isNewline }.components(separatedBy: ", ").map { String($0.prefix { $0.isLetter }) }
            }
        }
    }

    // MARK: What is no phrase

    /// What is said on the command line alone is in English.
    private static let folders = ["backstamp/"]

    /// Files whose literals are tables, or what programs read.
    private static let files: Set = [
        "Content/HTML/CharacterReferences.swift", "Mail/CharsetLabels.swift", "DNS/Zone.swift",
        "Rendering/JUnitRenderer.swift",
    ]

    /// Calls whose arguments are messages, what stands under `#id`, or what is looked for.
    private static let calls: Set = [
        "Example", "DialectSample", "VendorSample", "About", "Rule", "contains", "firstOffset", "has", "hasPrefix",
        "says",
    ]

    /// All others, by the reason.
    private static let exceptions: [String: Set<String>] = [
        "what servers write, by which their lines are known": [
            "(exim 3", "(hcl domino", "(smtp gateway)", "(via http)", ") tls ", "by 10.", "by cmsmtp", "by filterdrecv",
            "by geopod-", "by recvd-", "eyou anti_spam", "ibm esmtp", "id smtpd", "id xma", "lotus domino",
            "messaging server", "ppe hosted", "via listexpand", "via smap", "via smtpd", "via tcp with", "with lmtp",
            "with local-esmtp", "with mapi id", "with microsoft smtp server", "with ngmta", "with nnfmp",
            "with qmail-scanner", "with scanned-ok", "with smtp", "with smtps (version",
        ],
        "what messages and pages hold, by which it is found": [
            "<!doctype html", "[unix socket]", "mot de passe", "new blob", "new file(", "new function(", "re :",
            "add header", "rewrite subject", "no action", "soft reject", "\n(This file must be converted with BinHex",
            "(this file",
        ],
        "declared types, as far as there are any, and roles, which programs read": [
            "%1 in %2", "%1 in a text", "in winmail.dat", "hop, claimed", "link inside a link", "in an archive",
        ],
        "terms": ["spf helo", "arc %1", "Gmail's forwarding", "standard input"],
        "records of DNS": ["\"v=spf1 -all\"", "\"v=spf1 mx -all\"", "\"%1 -all\""],
        "HTTP": [
            "attachment; filename=\"%1\"", "default-src 'none'; frame-ancestors 'none'", "; frame-ancestors 'none'",
            "default-src 'none'; style-src %1; script-src %2; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ],
        "for whoever writes templates or runs the server, or for us": [
            "there was no memory for it", "%1 %2 %3 bytes %4 ms", "%1 is no field's name",
        ],
    ]

    /// Forms that stand in no literal: parts joined by ``Phrase/joined(_:by:)``.
    private static let joined: Set = ["%1 and %2", "%1 and %2 and %3"]

    private static func isPhrase(_ literal: SourceLiteral) -> Bool {
        literal.isProse && !folders.contains { literal.file.hasPrefix($0) } && !files.contains(literal.file)
            && calls.isDisjoint(with: literal.calls) && !exceptions.values.contains { $0.contains(literal.form) }
    }

    // MARK: Tests

    @Test(arguments: translations) func everyFormHasAText(_ id: String) throws {
        let language = try #require(Language.of(id: id))
        for one in try Self.literals.get() where Self.isPhrase(one) && !language.has(one.form) {
            Issue.record("\(one.file):\(one.line): \(id) has no text of \"\(one.form)\"")
        }
    }

    @Test(arguments: translations) func noTextIsLeftOver(_ id: String) throws {
        let language = try #require(Language.of(id: id))
        let cases = try Self.caseNames.get()
        let forms = try Self.literals.get().map(\.form) + cases
        let known = Self.joined.union(forms).union(forms.map { $0.replacingOccurrences(of: "-", with: " ") })
        for form in language.allForms.sorted() where !known.contains(form) {
            Issue.record("no source has \"\(form)\", which \(id) has a text of")
        }
    }

    @Test func noExceptionIsLeftOver() throws {
        let forms = Set(try Self.literals.get().map(\.form))
        for form in Self.exceptions.values.joined().sorted() where !forms.contains(form) {
            Issue.record("no source has \"\(form)\"")
        }
    }

    @Test(arguments: translations) func noFormStandsTwice(_ id: String) throws {
        let file = try String(contentsOf: Self.root.appending(path: "languages/\(id).txt"), encoding: .utf8)
        let lines = file.components(separatedBy: "\n").filter { $0.hasPrefix("=") || $0.hasPrefix("#") }
        let counts = Dictionary(lines.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(counts.filter { $0.value > 1 }.keys.sorted() == [])
    }

    @Test(arguments: translations) func valuesAreThoseOfTheForm(_ id: String) throws {
        let language = try #require(Language.of(id: id))
        for form in language.allForms.sorted() {
            let text = language.form(form)
            #expect(Self.values(text) == Self.values(form), "\"\(form)\" in \(id)")
        }
    }

    /// A word for each plural category, and a value that is there.
    @Test func choicesAreWhole() throws {
        let sources = try Self.literals.get().filter { !$0.file.hasPrefix("Phrases/") }
        let english = sources.map { (Language.english, $0.form) }
        let others = Language.all.flatMap { language in language.allForms.map { (language, language.form($0)) } }
        for (language, text) in english + others {
            for (number, words) in Self.choices(text) {
                #expect(words == language.plurals.names.count && Self.values(text).contains(number), "\"\(text)\"")
            }
        }
    }

    @Test(arguments: translations) func everyCheckHasItsText(_ id: String) throws {
        let language = try #require(Language.of(id: id))
        var ids: [String: String] = [:]
        for literal in try Self.literals.get()
        where literal.file.hasPrefix("Checks/") && literal.calls.last == "About" && ids[literal.file] == nil {
            ids[literal.file] = literal.form
        }
        #expect(ids.count > 100)
        for check in ids.values.sorted() {
            let text = try #require(language.check(check), "\(check) in \(id)")
            #expect(!text.title.hasSuffix("."), "\(check) in \(id)")
            #expect(text.why.hasSuffix(".") && text.remedy.hasSuffix("."), "\(check) in \(id)")
        }
    }

    // MARK: Forms

    /// The numbers of the values that a form names.
    private static func values(_ form: String) -> Set<Int> {
        Set(form.components(separatedBy: "%").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) })
    }

    /// The value that each choice of a form is by, and how many words it has.
    private static func choices(_ form: String) -> [(number: Int, words: Int)] {
        form.components(separatedBy: "{").dropFirst().compactMap { piece in
            let parts = piece.components(separatedBy: "}")[0].split(separator: ":", maxSplits: 1)
            guard parts.count == 2, piece.contains("}"), let number = Int(parts[0]) else { return nil }
            return (number, parts[1].split(separator: "|", omittingEmptySubsequences: false).count)
        }
    }
}
