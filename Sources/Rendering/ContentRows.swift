import Content
import Inspection
import Mail

/// A file that is attached, in words.
struct AttachmentRow {
    let name: String
    let type: String
    let size: String
    /// What it does and what is in it, one sentence each.
    let details: [String]
    let digests: Digests
}

extension Rows {
    var attachments: [AttachmentRow] {
        inspection.contents.attachments.prefix(Self.maximum).map { attachment in
            AttachmentRow(
                name: attachment.name.map { line($0.value, 120) } ?? text("(no name)"),
                type: attachment.type.map {
                    text("\($0.name) (declared \(attachment.declaredType.cut(to: 60).printable))")
                } ?? attachment.declaredType.cut(to: 60).printable,
                size: size(attachment.size),
                details: attachment.marks.map { text("It \($0.rawValue).") }
                    + (attachment.archive.map(words) ?? []).map(text),
                digests: attachment.digests)
        }
    }

    private func words(_ archive: ArchiveListing) -> [String] {
        let names = archive.entries.prefix(12).map { entry in
            let name = entry.name.map { "\"\(line($0, 80))\"" } ?? "one file"
            let facts = [
                entry.type.map { $0.name }, entry.isEncrypted ? "encrypted" : nil,
                entry.depth > 0 ? "in an archive inside" : nil,
            ].compactMap { $0 }
            return facts.isEmpty ? name : "\(name) (\(facts.joined(separator: ", ")))"
        }
        var sentences: [String] = []
        if !names.isEmpty {
            let more = archive.entries.count > 12 ? " and \(archive.entries.count - 12) more" : ""
            sentences.append("It holds \(names.joined(separator: ", "))\(more).")
        }
        if names.isEmpty, !archive.isEncrypted { sentences.append("Nothing was found in it.") }
        if archive.isEncrypted { sentences.append("It wants a password.") }
        if archive.isDamaged { sentences.append("The rest of it cannot be read.") }
        return sentences
    }

    /// What calendar parts ask for.
    var calendars: [String] {
        inspection.contents.calendars.prefix(10).map { calendar in
            let method = calendar.method.map { line($0, 20) } ?? "no method"
            let summary = calendar.summary.map { " \"\(line($0.defanged, 100))\"" } ?? ""
            let organizer = calendar.organizer.map { ", organizer \(line($0.value, 100))" } ?? ""
            return "\(method)\(summary)\(organizer), \(calendar.attendees) invited"
        }
    }

    /// What forms ask the reader for: "password p, text user".
    var inputs: [String] {
        inspection.contents.inputs.map(\.value).filter {
            !["hidden", "submit", "button", "image", "reset"].contains($0.type)
        }
        .prefix(20).map { line("\($0.type) \($0.name)", 60) }
    }
}
