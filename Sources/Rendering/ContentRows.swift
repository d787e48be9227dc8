import Content
import Inspection
import Mail
import Phrases

/// A file that is attached, in words.
struct AttachmentRow {
    let name: Phrase
    let type: Phrase
    let size: Phrase
    /// What it does and what is in it, one sentence each.
    let details: [Phrase]
    let digests: Digests
}

extension Rows {
    var attachments: [AttachmentRow] {
        inspection.contents.attachments.prefix(Self.maximum).map { attachment in
            AttachmentRow(
                name: attachment.name.map { Phrase(line($0.value, 120)) } ?? "(no name)",
                type: attachment.type.map {
                    "\(Phrase(form: $0.name)) (declared \(line(attachment.declaredType, 60)))"
                } ?? Phrase(line(attachment.declaredType, 60)),
                size: "\(size: attachment.size)",
                details: attachment.marks.map { "It \(Phrase(form: $0.rawValue))." }
                    + (attachment.archive.map(words) ?? []),
                digests: attachment.digests)
        }
    }

    private func words(_ archive: ArchiveListing) -> [Phrase] {
        let names = archive.entries.prefix(12).map { entry -> Phrase in
            let name: Phrase = entry.name.map { "\"\(line($0, 80))\"" } ?? "one file"
            let facts: [Phrase] = [
                entry.type.map { Phrase(form: $0.name) }, entry.isEncrypted ? "encrypted" : nil,
                entry.depth > 0 ? "in an archive inside" : nil,
            ].compactMap { $0 }
            return facts.isEmpty ? name : "\(name) (\(list: facts))"
        }
        var sentences: [Phrase] = []
        if !names.isEmpty {
            let more = archive.entries.count - 12
            sentences.append(more > 0 ? "It holds \(list: names) and \(more) more." : "It holds \(list: names).")
        }
        if names.isEmpty, !archive.isEncrypted { sentences.append("Nothing was found in it.") }
        if archive.isEncrypted { sentences.append("It wants a password.") }
        if archive.isDamaged { sentences.append("The rest of it cannot be read.") }
        return sentences
    }

    /// What calendar parts ask for.
    var calendars: [Phrase] {
        inspection.contents.calendars.prefix(10).map { calendar in
            let method: Phrase = calendar.method.map { Phrase(line($0, 20)) } ?? "no method"
            let what: Phrase = calendar.summary.map { "\(method) \"\(line($0.defanged, 100))\"" } ?? method
            return calendar.organizer.map {
                "\(what), organizer \(line($0.value, 100)), \(calendar.attendees) invited"
            } ?? "\(what), \(calendar.attendees) invited"
        }
    }

    /// What forms ask the reader for: "password p, text user".
    var inputs: Phrase? {
        let wanted = inspection.contents.inputs.map(\.value).filter {
            !["hidden", "submit", "button", "image", "reset"].contains($0.type)
        }
        return wanted.isEmpty ? nil : "\(list: wanted.prefix(20).map { Phrase(line("\($0.type) \($0.name)", 60)) })"
    }
}
