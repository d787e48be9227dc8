import Foundation
import Phrases
import Testing

/// The plural categories of the languages against ICU's, which are CLDR's.
struct PluralRuleTests {
    private static let numbers = Array(0...1000) + [1001, 1011, 1111, 9999, 10_000, 100_021, 1_000_000, 2_000_001]

    /// The category of each number, as Debian's python3-icu has it; `nil` without it.
    private static func categories(_ id: String) -> [String]? {
        let program = """
            import icu, sys
            rules = icu.PluralRules.forLocale(icu.Locale(sys.argv[1]))
            print(*[rules.select(int(number)) for number in sys.argv[2:]])
            """
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", program, id] + numbers.map { "\($0)" }
        (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
        guard (try? process.run()) != nil else { return nil }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? text.split(whereSeparator: \.isWhitespace).map(String.init) : nil
    }

    @Test(
        .enabled(if: categories("en") != nil, "skipped: python3 has no icu; scripts/install test installs it"),
        arguments: Language.all.map(\.id))
    func areCLDRs(_ id: String) throws {
        let plurals = try #require(Language.of(id: id)).plurals
        let wanted = try #require(Self.categories(id))
        #expect(wanted.count == Self.numbers.count)
        for (number, category) in zip(Self.numbers, wanted) {
            #expect(plurals.names[plurals.category(of: number)] == category, "\(number) in \(id)")
        }
    }
}
