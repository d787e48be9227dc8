import Content
import DNS
import Inspection
import Mail
package import Phrases

/// Something that the report does not say, and why.
package struct Unchecked: Sendable {
    package let what: Phrase
    package let why: Phrase
    /// Whether it was tried and failed; else it was not tried.
    package let isInconclusive: Bool

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
                let why: Phrase =
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
                    what: "codes in \(pictures.count) {1:picture|pictures}",
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
        var byReason: [(reason: Phrase, questions: [Phrase], isInconclusive: Bool)] = []
        for (question, result) in inspection.transcript {
            guard case .failure(let failure) = result else { continue }
            if let index = byReason.firstIndex(where: { $0.reason == failure.reason }) {
                byReason[index].questions.append("\(words: question.description)")
            } else {
                byReason.append((failure.reason, ["\(words: question.description)"], failure.isInconclusive))
            }
        }
        for (reason, questions, isInconclusive) in byReason {
            let shown = Array(questions.prefix(6))
            let what: Phrase =
                questions.count > 6
                ? "DNS: \(list: shown) and \(questions.count - 6) more" : "DNS: \(list: shown)"
            unchecked.append(Unchecked(what: what, why: reason, isInconclusive: isInconclusive))
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
        var all = charsets.sorted().map { missing("texts in \(words: $0)", .icu) }
        if Library.isICUMissing, hasUnplainNames(inspection) { all.append(missing("names that are not ASCII", .icu)) }
        return all
            + kinds.map { what, library, parts in
                let owner: Phrase =
                    parts.count > 1 ? "\(parts.count) {1:part|parts}" : "part \(parts.first ?? 0)"
                let what: Phrase =
                    switch what {
                    case .text, .charset: "the charset of \(owner)"
                    case .html: "the HTML of \(owner)"
                    case .archive: "the archives of \(owner)"
                    case .streams: "the compressed streams of \(owner)"
                    case .codes: "the codes of \(owner)"
                    }
                return missing(what, library)
            }
    }

    private static func missing(_ what: Phrase, _ library: Library) -> Unchecked {
        Unchecked(what: what, why: "\(term: library.rawValue) could not be loaded", isInconclusive: true)
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
