import Content
import DNS
import Mail

/// Something that the report does not say, and why.
public struct Unchecked: Sendable {
    public let what: String
    public let why: String
    /// Whether it was tried and failed; else it was not tried.
    public let isInconclusive: Bool

    static func all(_ inspection: Inspection) -> [Unchecked] {
        var unchecked: [Unchecked] = []
        if inspection.isSent {
            if inspection.authentications == nil {
                unchecked.append(
                    Unchecked(
                        what: "SPF, DKIM, DMARC and ARC",
                        why: "they need DNS; what receivers claim is shown as their claim",
                        isInconclusive: false))
            } else if inspection.authentications?.mailFrom == nil {
                let why =
                    inspection.client == nil
                    ? "no address that handed the message over is known"
                    : "no envelope sender is known, or the address is private"
                unchecked.append(
                    Unchecked(what: "SPF", why: "\(why); --client-ip and --mail-from give them", isInconclusive: false))
            }
        } else {
            unchecked.append(
                Unchecked(
                    what: "route, Return-Path and authentication",
                    why: "the message has no Received field, so it has not been sent yet", isInconclusive: false))
        }
        if inspection.message.isHeaderOnly {
            unchecked.append(Unchecked(what: "contents", why: "there is only a header, no body", isInconclusive: false))
        }
        unchecked += missingLibraries(inspection)
        let pictures = inspection.contents.unsearchedPictures
        if !pictures.isEmpty {
            unchecked.append(
                Unchecked(
                    what: "codes in \(pictures.count) picture\(pictures.count == 1 ? "" : "s")",
                    why: "only whole PNG and JPEG pictures are searched", isInconclusive: false))
        }
        if !inspection.message.source.isByteExact {
            unchecked.append(
                Unchecked(
                    what: "anything that depends on every byte", why: "pasting changes bytes", isInconclusive: false))
        }
        if inspection.isOffline {
            unchecked.append(Unchecked(what: "DNS", why: "offline: no question was asked", isInconclusive: false))
        }
        var byReason: [(reason: String, questions: [String], isInconclusive: Bool)] = []
        for (question, result) in inspection.transcript {
            guard case .failure(let failure) = result else { continue }
            if let place = byReason.firstIndex(where: { $0.reason == failure.reason }) {
                byReason[place].questions.append(question.description)
            } else {
                byReason.append((failure.reason, [question.description], failure.isInconclusive))
            }
        }
        for (reason, questions, isInconclusive) in byReason {
            let shown = questions.prefix(6).joined(separator: ", ")
            let more = questions.count > 6 ? " and \(questions.count - 6) more" : ""
            unchecked.append(
                Unchecked(
                    what: "DNS: \(shown)\(more)", why: reason, isInconclusive: isInconclusive))
        }
        return unchecked
    }

    /// What was not looked at because a library is not there.
    private static func missingLibraries(_ inspection: Inspection) -> [Unchecked] {
        var charsets = inspection.message.unreadCharsets
        var kinds: [(what: Unread.What, library: Library, parts: [Int])] = []
        for one in inspection.contents.unread {
            if case .text(let charset) = one.what {
                charsets.insert(charset)
            } else if let index = kinds.firstIndex(where: { $0.what == one.what && $0.library == one.library }) {
                kinds[index].parts.append(one.part)
            } else {
                kinds.append((one.what, one.library, [one.part]))
            }
        }
        var all = charsets.sorted().map { missing("texts in \($0)", .icu) }
        if Library.isICUMissing, hasUnplainNames(inspection) { all.append(missing("names that are not ASCII", .icu)) }
        return all
            + kinds.map { what, library, parts in
                let count = parts.count > 1 ? "\(parts.count) parts" : "part \(parts.first ?? 0)"
                let name =
                    switch what {
                    case .text, .charset: "the charset"
                    case .html: "the HTML"
                    case .archive: "the archives"
                    case .streams: "the compressed streams"
                    case .codes: "the codes"
                    }
                return missing("\(name) of \(count)", library)
            }
    }

    private static func missing(_ what: String, _ library: Library) -> Unchecked {
        Unchecked(what: what, why: "\(library.rawValue) could not be loaded", isInconclusive: true)
    }

    /// Whether there are names that ICU would have been asked about.
    private static func hasUnplainNames(_ inspection: Inspection) -> Bool {
        let identities = inspection.identities
        let mailboxes = identities.from + identities.sender + identities.replyTo + identities.recipients
        let domains = mailboxes.compactMap(\.value.domain?.value) + inspection.contents.destinations
        return identities.unplainTexts.contains { !$0.text.value.utf8.allSatisfy { $0 < 0x80 } }
            || domains.contains { !$0.description.utf8.allSatisfy { $0 < 0x80 } || $0.description.contains("xn--") }
    }
}
