import Delivery
package import Mail
package import Phrases

/// What the message itself shows of why its slowest leg took so long.
package struct DelayCause: Sendable {
    package let text: Phrase
    /// Where it is said.
    package let range: ByteRange?
}

extension Inspection {
    /// The cause of the slowest leg, where the message shows one.
    package var delayCause: DelayCause? {
        guard let slowest = trace.slowest, let delay = trace.hops[slowest].likelyDelay, delay >= 60 else { return nil }
        let hop = trace.hops[slowest]
        let before = trace.hops[..<slowest].last { $0.time != nil }
        for name in ["X-Greylist", "X-Greylisting", "X-Policyd-Weight"] as [HeaderField.Name] {
            guard let field = message.fields(named: name).first else { continue }
            let text = message.source.text(field.value, limit: 120)
            if text.lowercased().contains("delayed") || text.lowercased().contains("greylist") {
                return DelayCause(text: "held back by greylisting, says \(name) (\(words: text))", range: field.value)
            }
        }
        if hop.dialect?.scansContent == true || before?.dialect?.scansContent == true {
            return DelayCause(text: "a scan of the content", range: hop.field.name)
        }
        if identities.isFromList, let list = message.values(.listID).first, let by = before?.byDomain?.value,
            Domain(list.value.identifier.value).isWithin(by.organisational)
        {
            return DelayCause(
                text: "the mailing list held it, as lists do for moderation", range: list.value.identifier.range)
        }
        if let before, before.isSubmission, slowest == 1, let by = before.by {
            return DelayCause(text: "it waited at \(words: by.value), where it was handed in", range: by.range)
        }
        if let by = before?.by, let next = hop.by,
            [next.value, hop.peer.hello?.value].contains(where: { $0?.lowercased() == by.value.lowercased() })
                || (before?.byDomain?.value).map(hop.names) == true
        {
            return DelayCause(
                text: "it waited in the queue of \(words: by.value), or on the way from there", range: by.range)
        }
        return nil
    }
}
