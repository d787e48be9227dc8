package import Mail

/// What a calendar part asks the reader for. RFC 5545, RFC 5546
package struct Calendar: Sendable {
    package let part: Int
    /// In upper case: `REQUEST`, `CANCEL`, `REPLY`, `PUBLISH`.
    package let method: String?
    /// The address that the event says is its organizer's.
    package let organizer: Located<String>?
    package let summary: String?
    package let attendees: Int
}

/// Addresses and facts of a calendar or a card.
struct CardReading {
    var method: String?
    var organizer: (address: String, range: ByteRange)?
    var summary: String?
    var attendees = 0
    /// Addresses in properties and texts, where they stand, and what a reader sees of them.
    var links: [(target: String, shown: String, range: ByteRange, use: HTMLDocument.Use)] = []
    let isCalendar: Bool

    init(_ utf8: [UInt8], limit: Int) {
        let lines = ContentLines(utf8)
        isCalendar = lines.bytes.firstOffset(ofAnyCase: "begin:vcalendar", in: 0..<lines.bytes.count) != nil
        for line in lines.lines {
            switch line.name {
            case "METHOD": method = method ?? lines.text(line.value).uppercased()
            case "SUMMARY": summary = summary ?? lines.text(line.value)
            case "ATTENDEE": attendees += 1
            case "ORGANIZER":
                guard organizer == nil else { break }
                let value = lines.text(line.value)
                let isMail = value.prefix(7).lowercased() == "mailto:"
                organizer = (String(value.dropFirst(isMail ? 7 : 0)), lines.source(line.value))
            case "X-ALT-DESC", "STYLED-DESCRIPTION":
                var limits = Limits()
                limits[.links] = max(0, limit - links.count)
                let range = lines.source(line.value)
                for one in HTMLDocument(Array(lines.bytes[line.value]), limits: limits).references
                where [.click, .submit, .refresh, .load].contains(one.use) {
                    links.append((one.target, one.visibleText, range, one.use))
                }
                continue
            default: break
            }
            guard links.count < limit else { break }
            for range in [line.parameters, line.value] {
                for one in TextLinks.all(in: Array(lines.bytes[range]), limit: limit - links.count) {
                    let linkRange = range.lowerBound + one.range.lowerBound..<range.lowerBound + one.range.upperBound
                    links.append((one.target, one.target, lines.source(linkRange), .click))
                }
            }
        }
    }
}
