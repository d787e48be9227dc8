import Content
import Delivery
import Foundation
import Checks
import Inspection
import Mail
import Redaction

/// A redacted message holds no address, host, IP address, name or token of the one it was made of, neither raw nor decoded;
/// and what its route and its names come to is the same.
struct RedactionSuite: Suite {
    let name = "redaction"
    let isOverAll = true

    func takes(_ folder: String) -> Bool { folder == "phish-pot-a" }

    func run(_ folders: [String], _ options: Options) throws -> SuiteResult {
        defer { Corpus.cleanUp() }
        let fixtures = options.root + "/fixtures/messages"
        let own = try FileManager.default.contentsOfDirectory(atPath: fixtures).filter { !$0.hasPrefix(".") }
            .map { "\(fixtures)/\($0)/message.eml" }
        let files = try own.sorted() + folders.flatMap { try Corpus.messages($0) }
        var result = SuiteResult()
        result.total = 2 * files.count
        for file in files {
            guard let given = FileManager.default.contents(atPath: file) else { throw Trouble("\(file) is gone") }
            let original = Message(Source([UInt8](given)))
            let redacted = Message(Source(Redaction(of: original.source).bytes))
            let inspection = Inspection(of: original, at: DateTime(seconds: 1_790_000_000))
            if let left = Self.remains(inspection, in: redacted) {
                result.disagreements.append("\(file): holds \(left)")
            } else {
                result.passed += 1
            }
            let before = Self.findings(inspection)
            let after = Self.findings(Inspection(of: redacted, at: DateTime(seconds: 1_790_000_000)))
            if before == after {
                result.passed += 1
            } else {
                let lost = before.subtracting(after).sorted().joined(separator: " ")
                let new = after.subtracting(before).sorted().joined(separator: " ")
                result.disagreements.append("\(file): findings lost: \(lost); new: \(new)")
            }
        }
        return result
    }

    private static func findings(_ inspection: Inspection) -> Set<String> {
        Set(Report(inspection).entries.filter { [.trace, .identity].contains($0.about.topic) }.map(\.about.id))
    }

    /// The first thing of the original that the redacted message still has.
    private static func remains(_ inspection: Inspection, in redacted: Message) -> String? {
        var texts = [lowered(redacted.source.bytes)]
        for part in redacted.parts where part.isLeaf {
            texts.append(lowered(part.decoded().bytes))
            for field in part.fields { texts.append(lowered(Array(part.text(of: field).utf8))) }
        }
        for secret in secrets(inspection) {
            let wanted = lowered(Array(secret.utf8))
            for text in texts where holds(text, wanted) { return secret }
        }
        return nil
    }

    private static func lowered(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    /// Whether a word stands in the text by itself, not within another.
    private static func holds(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard word.count >= 3 else { return false }
        func isPart(_ byte: UInt8?) -> Bool { byte.map { $0.isLetter || $0.isDigit || $0 >= 0x80 } ?? false }
        var position = 0
        while let offset = text.firstOffset(ofBytes: word, in: position..<text.count) {
            if !isPart(offset > 0 ? text[offset - 1] : nil),
                !isPart(offset + word.count < text.count ? text[offset + word.count] : nil)
            {
                return true
            }
            position = offset + 1
        }
        return false
    }

    private static func secrets(_ inspection: Inspection) -> [String] {
        let identities = inspection.identities
        var secrets: [String] = []
        func add(host: String) {
            let domain = Domain(host)
            guard host.contains("."), domain.isHostName, domain.isRegistrable, !Redaction.keeps(host: domain) else {
                return
            }
            secrets += [host, domain.organisational.description]
        }
        for mailbox in (identities.from + identities.sender + identities.replyTo + identities.recipients).map(\.value) {
            if mailbox.spec.contains("@") { secrets.append(mailbox.spec) }
            if let domain = mailbox.domain?.value { add(host: domain.description) }
            for word in (mailbox.displayName?.value ?? "").split(whereSeparator: { !$0.isLetter })
            where !Redaction.keeps(String(word)) && word.utf8.count >= 4 { secrets.append(String(word)) }
        }
        for (_, id) in identities.messageIDs { if let id = try? id.get() { secrets.append(id.text.value) } }
        for hop in inspection.trace.hops {
            if let address = hop.peer.address?.value, address.isPublic { secrets.append(address.description) }
            for host in [hop.peer.hello?.value, hop.by?.value, hop.peer.name.domain?.value.description].compactMap({
                $0
            }) {
                add(host: host)
            }
            if let id = hop.id?.value, id.utf8.count >= 8 { secrets.append(id) }
            if let recipient = hop.recipient?.value { secrets.append(recipient) }
        }
        for link in inspection.contents.links { if let host = link.address?.host { add(host: host) } }
        return secrets.filter { $0.utf8.count >= 4 }
    }
}
