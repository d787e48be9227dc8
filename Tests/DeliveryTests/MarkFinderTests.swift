import Foundation
import Mail
import Testing

@testable import Delivery

/// All marks at once are found where a search for each finds it.
struct MarkFinderTests {
    private static func hits(_ marks: [StaticString], _ line: [UInt8]) -> Set<MarkFinder.Hit> {
        var hits: Set<MarkFinder.Hit> = []
        let line = line.map(\.lowercased)
        for (mark, text) in marks.enumerated() {
            let text = text.withUTF8Buffer { [UInt8]($0) }
            for start in line.indices where line[start] == text.first && line[start...].starts(with: text) {
                hits.insert(MarkFinder.Hit(mark: mark, range: start..<start + text.count))
            }
        }
        return hits
    }

    /// The same for the marks of all dialects, by a search for each.
    private static func searched(_ line: [UInt8]) -> Set<MarkFinder.Hit> {
        var hits: Set<MarkFinder.Hit> = []
        for (mark, text) in marks.enumerated() {
            var from = 0
            while let start = line.firstOffset(ofAnyCase: text, in: from..<line.count) {
                hits.insert(MarkFinder.Hit(mark: mark, range: start..<start + text.utf8CodeUnitCount))
                from = start + 1
            }
        }
        return hits
    }

    private static func found(_ finder: MarkFinder, _ line: [UInt8]) -> Set<MarkFinder.Hit> {
        let hits = finder.hits(in: 0..<line.count, of: line.span)
        #expect(Set(hits).count == hits.count)
        return Set(hits)
    }

    /// Marks that are in one another, that begin as others end, of one byte, and twice the same.
    @Test func findsMarksThatOverlap() {
        let marks: [StaticString] = ["a", "ab", "bab", "abba", "bb", "b-", "ab", "-a.b", "aaaa", ".b"]
        let finder = MarkFinder(marks)
        var random = Seeded()
        for _ in 0..<2000 {
            let line = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                Array("abAB-.x".utf8).randomElement(using: &random) ?? 0
            }
            #expect(Self.found(finder, line) == Self.hits(marks, line), "\(String(decoding: line, as: UTF8.self))")
        }
        #expect(marks.map(finder.mark) == [0, 1, 2, 3, 4, 5, 1, 7, 8, 9])
        #expect(finder.mark("abb") == nil && finder.mark("abbaa") == nil && finder.mark("x") == nil)
    }

    @Test func looksNowhereElse() {
        let line = Array("abcabcabc".utf8)
        let finder = MarkFinder(["abc"])
        #expect(finder.hits(in: 1..<8, of: line.span).map(\.range) == [3..<6])
        #expect(finder.hits(in: 7..<99, of: line.span).isEmpty)
    }

    private static let marks = allDialects.flatMap { $0.marks + $0.forms }

    /// Lines put together from marks, their pieces, and any bytes.
    @Test func findsTheMarksOfDialects() {
        let finder = MarkFinder(Self.marks)
        var random = Seeded()
        for _ in 0..<300 {
            var line: [UInt8] = []
            while line.count < 120 {
                let mark = Self.marks.randomElement(using: &random).map { $0.withUTF8Buffer { [UInt8]($0) } } ?? []
                switch Int.random(in: 0..<4, using: &random) {
                case 0: line += mark
                case 1: line += mark.prefix(Int.random(in: 0...mark.count, using: &random))
                case 2: line += mark.map { 0x61...0x7A ~= $0 ? $0 - 0x20 : $0 }
                default: line.append(UInt8.random(in: 0...255, using: &random))
                }
            }
            #expect(Self.found(finder, line) == Self.searched(line), "\(String(decoding: line, as: UTF8.self))")
        }
    }

    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/corpora/sa-corpus-a/messages.tar.xz").standardized.path

    /// The same in the lines of real messages.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: corpus)))
    func findsTheMarksInRealLines() throws {
        let tar = Process()
        let pipe = Pipe()
        tar.executableURL = URL(filePath: "/usr/bin/env")
        tar.arguments = ["tar", "-xJOf", Self.corpus]
        tar.standardOutput = pipe
        try tar.run()
        let bytes = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
        tar.waitUntilExit()
        let finder = MarkFinder(Self.marks)
        var lines: Set<[UInt8]> = []
        var current: [UInt8]?
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t") {
                current?.append(contentsOf: line)
            } else {
                if let current { lines.insert(current) }
                current = line.starts(with: "Received:".utf8) ? Array(line) : nil
            }
        }
        #expect(lines.count > 1000)
        for line in lines { #expect(Self.found(finder, line) == Self.searched(line)) }
    }
}

/// The same numbers each time. G. Marsaglia, Xorshift RNGs, 2003
private struct Seeded: RandomNumberGenerator {
    private var state: UInt64 = 88_172_645_463_325_252

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
