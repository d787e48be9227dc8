import DNS
import Foundation
import Checks
import Inspection
import Mail
import Phrases
import Testing

@testable import Rendering

struct RenderingTests {
    private func report(_ bytes: [UInt8]) async -> Report {
        Report(Inspection(of: Message(Source(bytes)), at: Example.time))
    }

    /// What is written is read back by another reader of JSON, wherever in a block an escape stands.
    @Test func jsonIsReadBack() throws {
        let numbers = [0, -1, 9, 10, 99, 100, 999, 1000, -9999, 10_000, 99_999, 100_000, Int.max, Int.min]
        let marks = [
            "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{7F}", "<", ">", "&", "\u{E9}", "\u{202E}", "\u{1F600}",
            "\u{E0100}",
        ]
        var strings = [""]
        for length in 0...40 { strings += marks.map { String(repeating: "x", count: length) + $0 + "y" } }
        for before in 0...20 {
            let start = String(repeating: "x", count: before) + "<"
            for after in 0...20 { strings.append(start + String(repeating: "y", count: after)) }
        }
        for isCompact in [true, false] {
            var out = JSONWriter(isCompact: isCompact)
            out.object { out in
                out.put("numbers", numbers) { out, number in out.write(number) }
                out.put("strings", strings)
                out.put("bytes", Array("xab\u{E9}\"".utf8) + [0xFF, 0x78], in: 1..<7)
                out.put("plain", Array("abc".utf8), in: 1..<3)
                out.put("nothing", [], in: 0..<0)
                out.put("empty") { _ in }
                out.put("none", nil as String?)
                out.put("value", json: ["a": [1, true, nil], "b\"": "c"])
            }
            let text = out.text()
            #expect(text.unicodeScalars.allSatisfy { !$0.steers || $0 == "\n" })
            #expect(text.hasSuffix("}\n") && text.contains("\n  ") == !isCompact)
            let read = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            #expect(read["numbers"] as? [Int] == numbers)
            #expect(read["strings"] as? [String] == strings)
            #expect(read["bytes"] as? String == "ab\u{E9}\"\u{FFFD}" && read["plain"] as? String == "bc")
            #expect(read["nothing"] as? String == "")
            #expect((read["empty"] as? [String: Any])?.isEmpty == true && read["none"] is NSNull)
            #expect(((read["value"] as? [String: Any])?["a"] as? [Any])?.count == 3)
        }
    }

    @Test func overlappingMarksAreCutApart() {
        #expect(
            segments(of: 0..<10, marks: [(2..<6, 0), (4..<8, 1), (3..<3, 2)]) == [
                Segment(range: 0..<2, marks: []), Segment(range: 2..<4, marks: [0]),
                Segment(range: 4..<6, marks: [0, 1]),
                Segment(range: 6..<8, marks: [1]), Segment(range: 8..<10, marks: []),
            ])
    }

    /// What a sender writes is text in every format, whatever it says.
    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=1>", "{{version}}{{{style}}}", "%n%s{{7*7}}",
        "\u{1B}[31m\u{1B}]0;x\u{7}",
        "\u{202E}evil\u{200B}", "</title></style></pre>", "\\u003cb\\u003e", "'; DROP TABLE--", "\u{9B}31m",
    ])
    func hostileTextIsHarmless(_ hostile: String) async throws {
        let encoded = "=?utf-8?B?\(Data(hostile.utf8).base64EncodedString())?="
        let text =
            "From: \(encoded) <a@example.com>\r\nSubject: \(encoded)\r\nX-\(hostile): \(hostile)\r\nMessage-ID: \(hostile)\r\n"
            + "Content-Type: text/html; charset=utf-8; name=\"\(hostile)\"\r\n\r\n<a href=\"http://x.example/\(hostile)\">\(hostile)</a>\r\n"
        let report = await report(Array(text.utf8))
        for format in Format.allCases {
            let written = report.written(as: format)
            for scalar in written.unicodeScalars where scalar.steers {
                #expect(
                    scalar == "\n" || (scalar == "\t" && format == .html),
                    "U+\(String(scalar.value, radix: 16)) in \(format)")
            }
            let isText = format == .plain || format == .ioc || format == .github
            let isRaw = format == .json || format == .stix
            if format == .markdown {
                #expect(!written.replacing("\\<", with: "").contains("<") && !written.contains("]("))
            } else if !isText {
                #expect(!written.contains("<script>alert") && !written.contains("<img src=x"))
            }
            if !isRaw { #expect(!written.contains("http://x.example")) }
        }
        let html = report.written(as: .html)
        #expect(html.components(separatedBy: "</title>").count == 2)
        #expect(html.contains("default-src 'none'"))
        #expect(!html.contains("{{7*7}}") || hostile.contains("{{7*7}}"))
        let json = try JSONSerialization.jsonObject(with: Data(report.written(as: .json).utf8)) as? [String: Any]
        let subject = (json?["identities"] as? [String: Any])?["subject"] as? [String: Any]
        #expect(subject?["value"] as? String == hostile)
    }

    @Test func controlsInJSONAreEscaped() {
        let value: JSON = ["a\"\\": .string("\u{0}\n\u{1F600}\u{202E}<"), "n": 1, "l": [true, nil], "e": []]
        #expect(
            value.written(isCompact: true)
                == "{\"a\\\"\\\\\":\"\\u0000\\n😀\\u202e\\u003c\",\"n\":1,\"l\":[true,null],\"e\":[]}\n")
    }

    /// At most 2 MiB and twice the header section, however a message is made to blow its report up.
    @Test(arguments: [
        String(repeating: "a:\n", count: 100_000), String(repeating: "\u{1}x: y\n", count: 50_000),
        String(repeating: "Received: from <b> (\u{1B} [10.1.2.3]) by mx.example.net; x\n", count: 20_000),
        "Content-Type: multipart/mixed; boundary=b\n\n"
            + String(repeating: "--b\nContent-Type: application/x; name=\"<<<<\u{202E}.exe\"\n\nx\n", count: 9_000),
        "Content-Type: text/html\n\n"
            + String(repeating: "<a href='http://\u{1}@evil.example/<<<<'>https://www.example.com</a>", count: 20_000),
        "From: x\n\n" + String(repeating: "\u{0}\r<&\u{1B}", count: 200_000) + "\r\nx\n",
        "From: " + String(repeating: "\u{1B}<a@b.example>,", count: 20_000) + "\n\n",
    ])
    func reportsAreBounded(_ text: String) async {
        let report = await report(Array(text.utf8))
        let limit = (2 << 20) + 2 * report.inspection.message.header.count
        for format in Format.allCases { #expect(report.written(as: format).utf8.count <= limit, "\(format)") }
    }

    /// No URL of a message can be clicked in what people read, evidence and source included.
    @Test(arguments: GoldenTests.cases)
    func noLinkIsLive(_ name: String) async throws {
        var verbose = Appearance()
        verbose.isVerbose = true
        let report = try await GoldenTests.report(name)
        let ours = Set(allChecks.flatMap(\.about.references).map(\.url))
        for format in [Format.plain, .html] {
            for piece in report.written(as: format, verbose).components(separatedBy: "http").dropFirst()
            where piece.hasPrefix("://") || piece.hasPrefix("s://") {
                let url = "http" + piece.prefix { !"\"<> \n".contains($0) }
                #expect(format == .html && ours.contains(url.replacing("&amp;", with: "&")), "\(url)")
            }
        }
    }

    @Test func caretsStandUnderTheEvidence() async {
        let written = await report(
            Array(
                "From: <a@example.com>\nReply-To: <b@example.net>\nMessage-ID: <1@example.com>\nDate: Fri, 20 Nov 2026 09:00:00 +0000\n\nx\n"
                    .utf8)
        ).written(as: .plain)
        #expect(
            written.contains("    2 | Reply-To: <b@example.net>\n      |              ^^^^^^^^^^^ replies go here\n"))
    }

    @Test func colourIsOursAlone() async {
        var appearance = Appearance()
        appearance.isColored = true
        let written = await report(Array("Subject: \u{1B}[32mgreen\n\nx".utf8)).written(as: .plain, appearance)
        for code in written.components(separatedBy: "\u{1B}").dropFirst() {
            #expect(["[0m", "[1m", "[2m", "[1;31m", "[1;33m", "[33m", "[36m", "[31m"].contains { code.hasPrefix($0) })
        }
    }

    @Test func linesFitTheWidth() async {
        var appearance = Appearance()
        for width in [40, 72, 120] {
            appearance.width = width
            let written = await report(
                Array(
                    "From: Ann Example <a@example.com>\nReply-To: <b@example.net>\nReceived: from a by b; x\n\nhello\n"
                        .utf8)
            ).written(as: .plain, appearance)
            for line in written.split(separator: "\n") where !line.contains(" | ") {
                #expect(Layout.width(line) <= width + 24, "\(line)")
            }
        }
    }

    @Test func formatsFollowFileNames() {
        #expect(Format(fileName: "a.html") == .html)
        #expect(Format(fileName: "x/y.JSON") == .json)
        #expect(Format(fileName: "report") == nil)
        for name in ["report", "a.d/report", ".html", "report.", "..", ""] { #expect(Format.ending(of: name) == nil) }
        #expect(Format.ending(of: "a.b/c.d.XML") == "XML")
        for (ending, format) in Format.endings { #expect(Format(fileName: "a." + ending) == format) }
    }

    /// The catalogue prints every check, with its examples.
    @Test(arguments: allChecks.map(\.about.id))
    func everyCheckIsExplained(_ id: String) throws {
        let about = try #require(allChecks.first { $0.about.id == id }).about
        #expect(Catalogue.list(width: 100).contains(id))
        let entry = Catalogue.entry(about, width: 80)
        #expect(entry.contains("Found in:") && entry.contains("Not found in:") && entry.contains("Do: "))
        #expect(!entry.unicodeScalars.contains { $0.steers && $0 != "\n" })
    }
}
