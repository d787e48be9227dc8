import DNS
import Inspection
import Mail
import Phrases

extension JSONRenderer {
    /// Null when no list was asked.
    func putBlocklists(_ out: inout JSONWriter) {
        guard !inspection.listings.isEmpty else { return out.put("blocklists", nil as String?) }
        out.put("blocklists", inspection.listings) { out, listing in
            let (outcome, reasons): (String, [Phrase]) =
                switch listing.outcome {
                case .notListed: ("not-listed", [])
                case .listed(let found): ("listed", found)
                case .refused(let reason): ("refused", [reason])
                case .unknown(let failure):
                    (failure.isInconclusive ? "could-not-check" : "not-checked", [failure.reason])
                }
            out.object { out in
                out.put("zone", listing.list.zone.description)
                out.put("list", listing.list.name)
                out.put("welcome", listing.list.isWelcome)
                out.put("kind", listing.list.kind.rawValue)
                out.put("subject", listing.subject.description.cut(to: 256))
                out.put("outcome", outcome)
                out.put("reasons", reasons.map(\.description))
                out.put("codes", ((try? listing.answer.get().addresses) ?? []).prefix(10).map(\.description))
            }
        }
    }
}
