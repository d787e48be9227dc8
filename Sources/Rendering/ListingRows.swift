import DNS
import Inspection
import Mail
import Phrases

/// What the lists say about one address or domain: `192.0.2.1  listed  Spamhaus ZEN: a source of spam (SBL)`.
struct ListingRow {
    let subject: Words
    let result: Phrase
    let detail: Phrase
    let range: ByteRange?
}

extension Rows {
    /// Listings first, each with its reasons; lists that say the same of a subject share a row.
    var listings: [ListingRow] {
        var rows: [ListingRow] = []
        var seen: Set<String> = []
        for listing in inspection.listings {
            let subject = listing.subject.description
            guard seen.insert(subject).inserted else { continue }
            var groups: [(result: Phrase, details: [Phrase])] = []
            for one in inspection.listings where one.subject == listing.subject {
                let (result, detail) = Self.words(one)
                if let index = groups.firstIndex(where: { $0.result == result }) {
                    groups[index].details.append(detail)
                } else {
                    groups.append((result, [detail]))
                }
            }
            let order: [Phrase] = ["listed", "welcomed", "could not check", "not checked", "refused", "not listed"]
            groups.sort { (order.firstIndex(of: $0.result) ?? 9) < (order.firstIndex(of: $1.result) ?? 9) }
            rows += groups.map { group in
                ListingRow(
                    subject: line(subject, 80), result: group.result, detail: Phrase.joined(group.details, by: "; "),
                    range: listing.range)
            }
        }
        return rows
    }

    private static func words(_ listing: Listing) -> (result: Phrase, detail: Phrase) {
        let name: Phrase = "\(term: listing.list.name)"
        switch listing.outcome {
        case .listed(let reasons):
            return (listing.list.isWelcome ? "welcomed" : "listed", "\(name): \(list: reasons)")
        case .notListed: return ("not listed", name)
        case .refused(let reason): return ("refused", "\(name): \(reason)")
        case .unknown(let failure):
            return (failure.isInconclusive ? "could not check" : "not checked", "\(name): \(failure.reason)")
        }
    }
}
