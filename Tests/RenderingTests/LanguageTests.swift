import Checks
import DNS
import Foundation
import Inspection
import Mail
import Phrases
import Templates
import Testing

@testable import Rendering

/// Reports in another language say everything in it, and change no word of a message.
struct LanguageTests {
    static let formats: [Format] = [.plain, .html, .markdown]

    /// A language that nobody speaks: each form is marked, so that what was not put into it shows.
    private static let invented: Language = {
        var text = "name Invented\nplural other:\n"
        for form in Language.russian.allForms.sorted() { text += "=\(form)\n~⟪\(form)⟫\n" }
        for about in allChecks.map(\.about) {
            text += "#\(about.id)\n⟪\(about.title)⟫\n⟪\(about.why)⟫\n⟪\(about.remedy)⟫\n"
        }
        return Language("xx", text)
    }()

    /// A third language is a file and a line in a list: nothing else knows of languages.
    @Test(arguments: GoldenTests.cases)
    func everythingIsPutIntoALanguage(_ name: String) async throws {
        var appearance = Appearance()
        appearance.language = Self.invented
        appearance.width = 400
        appearance.isVerbose = true
        let report = try await GoldenTests.report(name)
        for format in Self.formats {
            let text = report.written(as: format, appearance)
            #expect(text.contains("⟪") && Self.isBalanced(text), "\(format)")
            guard format != .html else { continue }
            // Outside of the marks stand the message's own words, names and numbers: no sentence of ours.
            let own = String(decoding: report.inspection.message.source.given, as: UTF8.self)
            for line in Self.unmarked(text).split(separator: "\n") where !line.contains(" | ") {
                for word in Self.functionWords where line.contains(word) { #expect(own.contains(word), "\(line)") }
            }
        }
    }

    /// Words that English sentences have, and names and protocols have not.
    private static let functionWords = [
        " the ", " is ", " are ", " was ", " of ", " and ", " not ", " by ", " with ", " no ", " that ", " its ",
        " has ",
    ]

    private static func unmarked(_ text: String) -> String {
        var depth = 0
        return String(
            text.filter { character in
                if character == "⟪" { depth += 1 }
                defer { if character == "⟫" { depth -= 1 } }
                return depth == 0
            })
    }

    private static func isBalanced(_ text: String) -> Bool {
        var depth = 0
        for character in text {
            if character == "⟪" { depth += 1 }
            if character == "⟫" { depth -= 1 }
            if depth < 0 { return false }
        }
        return depth == 0
    }

    /// Of a report in Russian no sentence is English: words of Latin letters stand in quoted bytes, names and links alone.
    @Test(arguments: GoldenTests.cases)
    func sentencesAreRussian(_ name: String) async throws {
        var appearance = Appearance()
        appearance.language = .russian
        appearance.width = 400
        let report = try await GoldenTests.report(name)
        let plain = report.written(as: .plain, appearance)
        #expect(plain.contains("Что делать") && plain.contains("Находки"))
        for entry in report.entries { #expect(!plain.contains(entry.about.remedy)) }
        let own = String(decoding: report.inspection.message.source.given, as: UTF8.self)
        for line in plain.split(separator: "\n") where !line.contains(" | ") && !line.contains("= см.:") {
            for word in Self.functionWords where line.contains(word) { #expect(own.contains(word), "\(line)") }
        }
        #expect(report.written(as: .html, appearance).contains("<html lang=\"ru\">"))
        // Programs read the same whatever the language.
        #expect(report.written(as: .json, appearance) == report.written(as: .json))
    }

    @Test(arguments: allChecks.map(\.about.id))
    func everyCheckSpeaksRussian(_ id: String) throws {
        let about = try #require(allChecks.first { $0.about.id == id }).about
        #expect(Language.russian.why(about) != about.why && Language.russian.title(about) != about.title)
        let entry = Catalogue.entry(about, width: 80, in: .russian)
        #expect(entry.contains("Найдётся в:") && !entry.contains(about.remedy))
    }

    /// What the templates say is in every language.
    @Test(arguments: [Templates.Name.body, .report, .page, .domain])
    func templatesHaveTexts(_ name: Templates.Name) {
        for piece in Templates.builtIn[name].components(separatedBy: "[[").dropFirst() {
            let text = piece.components(separatedBy: "]]").first ?? ""
            for language in Language.all where language != .english { #expect(language.has(text), "\(text)") }
        }
    }

    /// A message whose words are words of ours keeps them.
    @Test func wordsOfMessagesStay() {
        let text =
            "Resent-From: 5 h; forged\r\nReceived: by a.example; Fri, 20 Nov 2026 09:00:00 +0000\r\nFrom: note <a@example.com>\r\nSubject: warning\r\n\r\n"
        let report = Report(Inspection(of: Message(Source(Array(text.utf8))), at: Example.time))
        var appearance = Appearance()
        appearance.language = .russian
        let plain = report.written(as: .plain, appearance)
        #expect(plain.contains("Resent-From: 5 h; forged") && plain.contains("Subject     warning"))
        #expect(plain.contains("note <a@example.com>"))
    }
}

extension Language {
    static let russian = of(id: "ru") ?? english
}
