import DNS
import Foundation

import Mail
import Testing

@testable import Checks
import Delivery
@testable import Inspection
import Phrases

/// Every check does what its own examples say.
struct CheckTests {
    @Test(arguments: allChecks.map(Named.init))
    func triggersOnItsExamples(_ check: Named) async throws {
        #expect(!check.about.triggers.isEmpty)
        for (index, example) in check.about.triggers.enumerated() {
            let findings = check.findings(try await example.inspected())
            #expect(!findings.isEmpty, "trigger \(index)")
            let found = findings.flatMap(\.evidence).compactMap { evidence -> ByteRange? in
                if case .bytes(let range, _) = evidence { range } else { nil }
            }
            #expect(Set(found) == Set(example.unmarked.marks), "trigger \(index)")
        }
    }

    @Test(arguments: allChecks.map(Named.init))
    func staysSilentOnItsCounterexamples(_ check: Named) async throws {
        #expect(!check.about.passes.isEmpty)
        for (index, example) in check.about.passes.enumerated() {
            #expect(check.findings(try await example.inspected()).isEmpty, "pass \(index)")
        }
    }

    /// `Checks/Identity/ReplyToElsewhere.swift` holds the check `reply-to-elsewhere` of the topic identity, and no file
    /// is left out of the list.
    @Test func everyFileIsAListedCheck() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Checks").standardized
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".swift") && $0.contains("/") }
            .map { $0.dropLast(".swift".count).lowercased() }
        let listed = allChecks.map { check in
            "\(check.about.topic.rawValue)/\(check.about.id.replacing("-", with: ""))"
        }
        #expect(Set(files) == Set(listed))
        #expect(Set(listed).count == listed.count)
    }

    /// The words of the design: messages stand alone without a full stop, remedies are sentences, every check cites.
    @Test(arguments: allChecks.map(Named.init))
    func speaksAsTheDesignSays(_ check: Named) async throws {
        let about = check.about
        #expect(!about.references.isEmpty)
        #expect(about.remedy.hasSuffix("."))
        #expect(about.why.hasSuffix(".") && about.why.count > 60)
        #expect(!about.title.hasSuffix(".") && about.title.first?.isUppercase != true || about.title.hasPrefix("From"))
        for example in about.triggers {
            for finding in check.findings(try await example.inspected()) {
                #expect(!finding.message.hasSuffix("."))
                #expect(!finding.message.lowercased().contains("safe"))
            }
        }
    }
}

struct Named: CustomTestStringConvertible {
    let check: any Check
    var about: About { check.about }
    var testDescription: String { check.about.id }
    func findings(_ inspection: Inspection) -> [Finding] { check.findings(in: inspection) }
}
