import DNS
import Inspection
import Mail

/// What the lists say about one address or domain: `192.0.2.1  listed  Spamhaus ZEN: a source of spam (SBL)`.
struct ListingRow {
    let subject: String
    let result: String
    let detail: String
    let place: ByteRange?
}

extension Rows {
    /// Listings first, each with its reasons; lists that say the same of a subject share a row.
    var listings: [ListingRow] {
        var rows: [ListingRow] = []
        var seen: Set<String> = []
        for listing in inspection.listings {
            let subject = listing.subject.description
            guard seen.insert(subject).inserted else { continue }
            var groups: [(result: String, details: [String])] = []
            for one in inspection.listings where one.subject == listing.subject {
                let (result, detail) = Self.words(one)
                if let place = groups.firstIndex(where: { $0.result == result }) {
                    groups[place].details.append(detail)
                } else {
                    groups.append((result, [detail]))
                }
            }
            let order = ["listed", "welcomed", "could not check", "not checked", "refused", "not listed"]
            groups.sort { (order.firstIndex(of: $0.result) ?? 9) < (order.firstIndex(of: $1.result) ?? 9) }
            rows += groups.map { group in
                ListingRow(
                    subject: line(subject, 80), result: text(group.result),
                    detail: line(group.details.joined(separator: "; "), 600),
                    place: listing.place)
            }
        }
        return rows
    }

    private static func words(_ listing: Listing) -> (result: String, detail: String) {
        let name = listing.list.name
        switch listing.outcome {
        case .listed(let reasons):
            return (listing.list.isWelcome ? "welcomed" : "listed", "\(name): \(reasons.joined(separator: ", "))")
        case .notListed: return ("not listed", name)
        case .refused(let reason): return ("refused", "\(name): \(reason)")
        case .unknown(let failure):
            return (failure.isInconclusive ? "could not check" : "not checked", "\(name): \(failure.reason)")
        }
    }
}

extension JSONRenderer {
    /// Null when no list was asked.
    func putBlocklists(_ out: inout JSONWriter) {
        guard !inspection.listings.isEmpty else { return out.put("blocklists", nil as String?) }
        out.put("blocklists", inspection.listings) { out, listing in
            let (outcome, reasons): (String, [String]) =
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
                out.put("reasons", reasons)
                out.put("codes", ((try? listing.answer.get().addresses) ?? []).prefix(10).map(\.description))
            }
        }
    }
}
