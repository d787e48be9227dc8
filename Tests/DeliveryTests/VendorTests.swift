import Foundation
import Mail
import Phrases
import Testing

@testable import Delivery

struct VendorTests {
    struct Case: CustomTestStringConvertible {
        let vendor: any Vendor
        let sample: VendorSample
        var testDescription: String { "\(vendor.name): \(sample.field.prefix(60))" }
    }

    static let cases = allVendors.flatMap { vendor in vendor.samples.map { Case(vendor: vendor, sample: $0) } }

    private func message(_ field: String) -> Message {
        Message(Source(exactly: Array("\(field)\r\nFrom: <a@example.com>\r\n\r\n".utf8)))
    }

    /// Every sample is a field of its vendor and of no other, and is read as it says.
    @Test(arguments: cases)
    func readsItsSamples(_ item: Case) throws {
        let message = message(item.sample.field)
        let owners = allVendors.filter { vendor in vendor.fields.contains { !message.fields(named: $0).isEmpty } }
        #expect(owners.map(\.name) == [item.vendor.name])
        let field = try #require(message.fields.first)
        let verdict = try #require(item.vendor.read(field, message))
        #expect(verdict.isSpam == item.sample.isSpam)
        #expect(verdict.score == item.sample.score)
        #expect(verdict.notes.map { "\($0.meaning == nil ? "" : "*")\($0.key):\($0.value)" } == item.sample.notes)
        #expect(verdict.notesLeftOut == 0)
        for note in verdict.notes {
            #expect(field.value.contains(note.range.lowerBound) && note.range.upperBound <= field.value.upperBound)
        }
    }

    @Test func everyFileIsAListedVendor() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Delivery/Vendors").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
            .map { String($0.dropLast(6)) }
        #expect(Set(files) == Set(allVendors.map { "\(type(of: $0))" } + ["Vendor", "VendorText", "AllVendors"]))
        for vendor in allVendors {
            #expect(!vendor.samples.isEmpty)
            #expect(vendor.fieldsToDoubt.allSatisfy(vendor.fields.contains))
        }
    }

    /// Fields that are cut off anywhere, or that hold any bytes, are read all the same.
    @Test(arguments: cases)
    func readsWhatIsBroken(_ item: Case) {
        let text = Array(item.sample.field.utf8)
        let start = (text.firstIndex(of: UInt8(ascii: ":")) ?? 0) + 1
        for index in start..<text.count {
            for byte in [nil, "(", ")", "[", "]", ";", ":", "=", ",", "-", ".", "\u{0}"] as [Unicode.Scalar?] {
                let broken = text[..<index] + (byte.map { [UInt8(ascii: $0)] + text[(index + 1)...] } ?? [])
                let message = Message(Source(exactly: broken + Array("\r\nFrom: <a@example.com>\r\n\r\n".utf8)))
                guard let field = message.fields.first, let verdict = item.vendor.read(field, message) else { continue }
                for note in verdict.notes {
                    #expect(
                        note.range.lowerBound >= field.value.lowerBound
                            && note.range.upperBound <= field.value.upperBound)
                }
            }
        }
    }

    @Test func keepsOnlySoManyNotes() throws {
        let message = message(
            "X-Spam-Status: No, tests=" + Array(repeating: "A_TEST", count: 1000).joined(separator: ","))
        let field = try #require(message.fields.first)
        let verdict = try #require(SpamAssassin().read(field, message))
        #expect(verdict.notes.count == 256 && verdict.notesLeftOut == 744)
    }

    /// Numbers are those of the message, to the last digit that it writes.
    @Test(
        arguments: [
            ("7.1", 7.1), ("-0.25", -0.25), ("+3", 3), (" 15.00", 15), ("1.", 1), ("", nil), ("-", nil), (".5", nil),
            ("nan", nil),
            ("1234567890", nil), ("0.0000001", nil), ("1e5", 1),
        ] as [(String, Double?)])
    func numbers(_ text: String, _ number: Double?) throws {
        let message = message("X-Spam-Score: \(text)")
        var reading = VendorText(try #require(message.fields.first), message)
        #expect(reading.number() == number)
    }
}
