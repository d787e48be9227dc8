import Testing

@testable import Mail

struct RepairTests {
    private static let message = "From: <a@example.com>\nSubject: x\nDate: y\n\nbody\n"

    @Test(arguments: [
        ("\u{FEFF}" + message, [Repair.Kind.byteOrderMark]), ("\n \n" + message, [.leadingBlankLines]),
        ("From a@example.com Fri Nov 20 09:00:00 2026\n" + message, [.mboxLine]),
        ("Microsoft Mail Internet Headers Version 2.0\n" + message, [.preamble]),
        ("Original Message\nMessage ID\t<x>\nFrom:\tAnn\n\nDownload Original\n" + message, [.preamble]), (message, []),
    ])
    func leadIns(_ text: String, _ kinds: [Repair.Kind]) {
        let source = Source(Array(text.utf8))
        #expect(String(decoding: source.bytes, as: UTF8.self) == Self.message)
        #expect(source.repairs.map(\.kind) == kinds)
        #expect(source.isByteExact == kinds.isEmpty)
    }

    @Test(arguments: ["  ", "\t", "> "])
    func indentationIsTakenOff(_ lead: String) {
        let text = Self.message.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.isEmpty ? "" : lead + $0
        }
        .joined(separator: "\n")
        let source = Source(Array(text.utf8))
        #expect(String(decoding: source.bytes, as: UTF8.self) == Self.message)
        #expect(source.repairs.allSatisfy { $0.kind == .indentation })
    }

    @Test func entitiesAreDecoded() {
        let text = "From: &lt;a@example.com&gt;\nSubject: R&amp;D\n\n&quot;x&quot;\n"
        let source = Source(Array(text.utf8))
        #expect(String(decoding: source.bytes, as: UTF8.self) == "From: <a@example.com>\nSubject: R&D\n\n\"x\"\n")
    }

    /// A sender's tricks are no damage of pasting: they stay.
    @Test(arguments: [
        " From: <a@example.com>\nFrom: <b@example.com>\n\n", "From: <a@example.com>\nX: &lt;\n\n",
        "From: x\nSubject: &amp;\n\n",
        "   \n\n",
    ])
    func whatIsNotDamageStays(_ text: String) {
        #expect(Source(Array(text.utf8)).bytes == Array(text.utf8))
    }

    @Test func rangesPointIntoWhatWasGiven() {
        let text = "\n  From: &lt;a@example.com&gt;\n  Subject: x\n"
        let source = Source(Array(text.utf8))
        let read = String(decoding: source.bytes, as: UTF8.self)
        #expect(read == "From: <a@example.com>\nSubject: x\n")
        func given(_ range: ByteRange) -> String {
            String(decoding: source.given[source.inputRange(of: range)], as: UTF8.self)
        }
        #expect(given(6..<7) == "&lt;")
        #expect(given(7..<20) == "a@example.com")
        #expect(given(6..<21) == "&lt;a@example.com&gt;")
        #expect(given(0..<4) == "From")
        #expect(given(22..<29) == "Subject")
        #expect(source.inputRange(of: 22..<22).isEmpty)
    }

    /// Undoing each repair gives the input back.
    @Test(arguments: [
        message, "\u{FEFF}\n\n From: &lt;a@b&gt;\n Subject: &amp;x\n\n a\nb\n", "", "\u{FEFF}",
        "> From: x\n> To: y\n>\n> z",
    ])
    func repairsAreReversible(_ text: String) {
        let source = Source(Array(text.utf8))
        var given: [UInt8] = []
        var position = 0
        for repair in source.repairs {
            given += source.bytes[position..<repair.read.lowerBound] + source.given[repair.given]
            position = repair.read.upperBound
        }
        #expect(given + source.bytes[position...] == source.given)
    }
}
