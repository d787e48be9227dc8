import Content
import Inspection
import Mail
import Phrases

/// The members of a JSON report that say what the message contains.
extension JSONRenderer {
    func putContents(_ out: inout JSONWriter) {
        let contents = inspection.contents
        out.put("contents") { out in
            putParts(&out)
            putLinks(&out)
            out.put("loads", contents.loadHosts.prefix(Self.maximum)) { out, load in
                out.object { out in
                    out.put("host", load.host.cut(to: 300))
                    out.put("count", load.count)
                }
            }
            putAttachments(&out)
            putFound("concealed", contents.concealed, &out) { out, one in
                out.put("how", one.concealment.rawValue)
                out.put("letters", one.letters)
                out.put("shown", one.text.cut(to: 256))
            }
            putFound("inputs", contents.inputs, &out) { out, one in
                out.put("type", one.type.cut(to: 40))
                out.put("name", one.name.cut(to: 80))
            }
            putFound("scripts", contents.scripts, &out) { out, one in
                out.put("source", one.source?.cut(to: 1024))
                out.put("size", one.size)
                out.put("marks", one.marks.map(\.rawValue))
            }
            out.put("calendars", contents.calendars.prefix(Self.maximum)) { out, calendar in
                out.object { out in
                    out.put("part", calendar.part)
                    out.put("method", calendar.method?.cut(to: 40))
                    out.put("summary", calendar.summary?.cut(to: 256))
                    put("organizer", calendar.organizer, &out)
                    out.put("attendees", calendar.attendees)
                }
            }
        }
    }

    private func putParts(_ out: inout JSONWriter) {
        let texts = Dictionary(inspection.contents.texts.map { ($0.part, $0) }) { first, _ in first }
        let parts = inspection.message.parts
        out.put("partCount", parts.count)
        out.put("parts", parts.prefix(Self.maximum)) { out, part in
            let body = source.inputRange(of: part.messageRange(of: part.body))
            out.object { out in
                out.put("number", part.index)
                out.put("parent", part.parent)
                out.put("depth", part.depth)
                out.put("type", part.contentType.mediaType.cut(to: 128))
                out.put("declared", part.declaresType)
                out.put("encoding", part.encoding.rawValue)
                out.put("declaredCharset", part.charset?.label.value.cut(to: 64))
                out.put("charset", texts[part.index]?.charset)
                out.put("guessedCharset", texts[part.index]?.guessed)
                out.put("fileName", part.fileName?.value.cut(to: 512))
                out.put("start", body.lowerBound)
                out.put("end", body.upperBound)
            }
        }
    }

    private func putLinks(_ out: inout JSONWriter) {
        let links = inspection.contents.links
        out.put("linkCount", links.count)
        out.put("links", links.prefix(Self.maximum)) { out, link in
            let target = link.target.value
            out.object { out in
                out.put("part", link.part)
                out.put("element", link.element)
                out.put("use", link.use.rawValue)
                out.put("target", target.cut(to: 1024))
                out.put("defanged", target.cut(to: 512).defanged)
                out.put("host", link.address.flatMap { $0.host.isEmpty ? nil : $0.host.cut(to: 300) })
                out.put("carried", link.carried.map { $0.cut(to: 1024) })
                out.put("shown", link.visibleText.cut(to: 256))
                putRange(link.target.range, &out)
            }
        }
    }

    private func putAttachments(_ out: inout JSONWriter) {
        out.put("attachments", inspection.contents.attachments.prefix(Self.maximum)) { out, attachment in
            out.object { out in
                out.put("part", attachment.part)
                put("name", attachment.name, &out)
                out.put("declaredType", attachment.declaredType.cut(to: 128))
                out.put("type", attachment.type?.name)
                out.put("size", attachment.size)
                out.put("md5", attachment.digests.md5)
                out.put("sha1", attachment.digests.sha1)
                out.put("sha256", attachment.digests.sha256)
                out.put("marks", attachment.marks.map(\.rawValue))
                putArchive(attachment.archive, &out)
            }
        }
    }

    private func putArchive(_ listing: ArchiveListing?, _ out: inout JSONWriter) {
        guard let listing else { return out.put("archive", nil as String?) }
        out.put("archive") { out in
            out.put("encrypted", listing.isEncrypted)
            out.put("damaged", listing.isDamaged)
            out.put("entryCount", listing.entries.count)
            out.put("entries", listing.entries.prefix(Self.maximum)) { out, entry in
                out.object { out in
                    out.put("name", entry.name?.cut(to: 512))
                    out.put("size", entry.size)
                    out.put("type", entry.type?.name)
                    out.put("encrypted", entry.isEncrypted)
                    out.put("depth", entry.depth)
                }
            }
        }
    }

    private func putFound<Value>(
        _ name: StaticString, _ found: [Contents.Found<Value>], _ out: inout JSONWriter,
        _ members: (inout JSONWriter, Value) -> Void
    ) {
        out.put(name, found.prefix(Self.maximum)) { out, one in
            out.object { out in
                out.put("part", one.part)
                members(&out, one.value)
                putRange(one.range, &out)
            }
        }
    }
}
