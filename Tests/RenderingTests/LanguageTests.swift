import DNS
import Foundation
import Inspection
import Mail
@testable import Rendering
import Templates
import Testing

/// The catalogue of texts is complete, and translating changes no word of a message.
struct LanguageTests {
    @Test(arguments: allChecks.map(\.about.id))
    func everyCheckSpeaksRussian(_ id: String) throws {
        let about = try #require(allChecks.first { $0.about.id == id }).about
        let texts = try #require(Russian.checks[id], "no texts")
        for text in [texts.title, texts.why, texts.remedy] { #expect(Self.isRussian(text), "\(text)") }
        #expect(texts.why.hasSuffix(".") && texts.remedy.hasSuffix(".") && !texts.title.hasSuffix("."))
        #expect(Language.russian.why(about) == texts.why)
        let entry = Catalogue.entry(about, width: 80, in: .russian)
        #expect(entry.contains("Найдётся в:") && !entry.contains(about.remedy))
    }

    static func isRussian(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x0410...0x044F).contains($0.value) }
    }

    /// Every sentence that a check's own examples bring forth is there.
    @Test(arguments: allChecks.map(\.about.id))
    func everySentenceIsThere(_ id: String) async throws {
        let check = try #require(allChecks.first { $0.about.id == id })
        for example in check.about.triggers {
            let text = example.text.replacing("⟦", with: "").replacing("⟧", with: "")
            let message = Message(Source(Array(text.utf8)))
            let now = DateTime(seconds: 1_795_000_000)
            let zone = example.zone.isEmpty ? nil : try? Zone(example.zone)
            let inspection =
                if let zone {
                    await Inspection(of: message, asking: RecordedResolver(zone), at: now)
                } else {
                    Inspection(of: message, at: now)
                }
            for finding in check.findings(in: inspection) {
                #expect(Russian.texts[finding.sentence.form] != nil, "\(finding.sentence.form)")
                // Both have the same places.
                let russian = Russian.texts[finding.sentence.form] ?? ""
                for number in 1...9 where russian.contains("%\(number)") {
                    #expect(finding.sentence.form.contains("%\(number)"))
                }
            }
        }
    }

    /// What the templates say is in the catalogue.
    @Test(arguments: [Templates.Name.body, .report, .page])
    func templatesSpeakRussian(_ name: Templates.Name) {
        for piece in Templates.builtIn[name].components(separatedBy: "[[").dropFirst() {
            let text = piece.components(separatedBy: "]]").first ?? ""
            #expect(Russian.texts[text] != nil, "\(text)")
        }
    }

    /// Of a report in Russian nothing that people read first is English.
    @Test(arguments: GoldenTests.cases)
    func verdictsAreRussian(_ name: String) async throws {
        var appearance = Appearance()
        appearance.language = .russian
        let report = try await GoldenTests.report(name)
        let plain = report.written(as: .plain, appearance)
        #expect(plain.contains("Что делать") && plain.contains("Находки"))
        #expect(!plain.contains(report.verdict.sentence))
        for entry in report.entries { #expect(!plain.contains(entry.about.remedy)) }
        let html = report.written(as: .html, appearance)
        #expect(html.contains("<html lang=\"ru\">") && html.contains("<h2 id=\"findings\">Находки</h2>"))
        #expect(report.written(as: .markdown, appearance).contains("### Находки"))
        // Programs read the same whatever the language.
        #expect(report.written(as: .json, appearance) == report.written(as: .json))
    }

    /// What a message says is shown as it says it, though it be a word of ours.
    @Test func wordsOfMessagesStay() {
        let sentence: Sentence = "replies go to \("hidden"), the message says it is from \("%1")"
        #expect(Language.russian.text(sentence) == "ответы уходят в hidden, а письмо говорит, что оно от %1")
        #expect(Language.english.text(sentence) == "replies go to hidden, the message says it is from %1")
    }

    @Test func datesAndNumbersFollow() {
        let moment = DateTime(seconds: 1_795_165_267)
        #expect(Language.russian.moment(moment) == "20.11.2026 09:01:07")
        #expect(Language.english.moment(moment) == "2026-11-20T09:01:07Z")
        #expect(Language.russian.duration("+1 min 32 s") == "+1 мин 32 с")
        #expect(Language.russian.duration("a few s") == nil)
        #expect(Language.russian.size(tenths: 15, unit: 1) == "1,5 КБ")
        #expect(Language.english.size(tenths: 15, unit: 1) == "1.5 kB")
    }

    @Test(arguments: [
        ("ru_RU.UTF-8", Language.russian), ("ru", .russian), ("en_GB", .english), ("C", .english), ("", .english),
        ("de_DE", .english),
    ])
    func localesAreFollowed(_ locale: String, _ language: Language) { #expect(Language(locale: locale) == language) }
}
