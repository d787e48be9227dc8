import Phrases
import Testing

struct PhraseTests {
    @Test(
        arguments: [
            ("\(1) {1:place|places}", "1 place"), ("\(2) {1:place|places}", "2 places"), ("100 % of %9", "100 % of %9"),
            ("{1:a|b} {x}", "{1:a|b} {x}"), ("from \(words: "a\u{1B}[8m\nb")", "from a⟨U+001B⟩[8m b"),
            ("\(duration: 92) and \(duration: -3600)", "1 min 32 s and −1 h"), ("\(duration: 0)", "0 s"),
            ("\(size: 1) \(size: 999) \(size: 1500) \(size: 2_000_000)", "1 byte 999 bytes 1.5 kB 2 MB"),
            ("\(time: "2026-11-20T09:01:07Z")", "2026-11-20T09:01:07Z"), ("\(list: ["a", "b"])", "a, b"),
        ] as [(Phrase, String)])
    func isWritten(_ phrase: Phrase, _ text: String) { #expect(Language.english.text(phrase) == text) }

    @Test(arguments: [
        (0, "0 s"), (-1, "−1 s"), (59, "59 s"), (61, "1 min 1 s"), (3600, "1 h"), (90_061, "1 d 1 h"),
        (Int.min, "−106751991167300 d 15 h"),
    ])
    func spansAreWritten(_ seconds: Int, _ expected: String) {
        #expect(Language.english.text("\(duration: seconds)") == expected)
    }

    /// What a message says is shown as it says it, though it be a word of ours.
    @Test func wordsOfMessagesStay() {
        let language = Language("x", "plural one: n = 1; other:\n=hidden\n~X\n=%1 and %2\n~%2, %1\n")
        #expect(language.text("\(words: "hidden") and \("hidden" as Phrase)") == "X, hidden")
        #expect(language.text("\(words: "%2") and \(words: "{1:a|b}")") == "{1:a|b}, %2")
    }

    @Test func measuresFollow() {
        #expect(Language.russian.text("\(duration: 92)") == "1 мин 32 с")
        #expect(Language.russian.text("\(size: 1500)") == "1,5 КБ")
        #expect(Language.russian.text("\(time: "2026-11-20T09:01:07Z")") == "20.11.2026 09:01:07")
        #expect(
            [1, 4, 11, 21].map { Language.russian.text("\(size: $0)") } == ["1 байт", "4 байта", "11 байт", "21 байт"])
    }

    @Test(arguments: [("ru_RU.UTF-8", "ru"), ("ru", "ru"), ("en_GB", "en"), ("C", "en"), ("", "en"), ("de_DE", "en")])
    func localesAreFollowed(_ locale: String, _ id: String) { #expect(Language.of(locale: locale).id == id) }
}

extension Language {
    static let russian = of(id: "ru") ?? english
}
