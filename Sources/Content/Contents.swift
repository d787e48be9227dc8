package import Mail

/// What a message carries: its texts, the places they lead to, its attachments.
package final class Contents: Sendable {
    /// A text part, read.
    package struct Text: Sendable {
        package let part: Int
        /// The label that the part declares.
        package let declared: Located<String>?
        /// Whether the label names a charset that is known.
        package let isKnown: Bool
        /// The name of the charset it was read in.
        package let charset: String
        /// The name of the charset that the bytes look like, when what is declared does not tell.
        package let guessed: String?
        package let replacements: Int
        /// The library that it takes to read it, or to say what it is in, and that is not there.
        package let missing: Library?
        /// What a reader sees, cut after 64 KiB.
        package let shown: String
        package let isHTML: Bool
    }

    /// A place that an HTML part leads to.
    package final class Link: Sendable {
        package let part: Int
        /// The element that carries it: `a`, `form`, `img`; `text` where it stands in plain text.
        package let element: String
        package let use: HTMLDocument.Use
        /// The target as written, entities decoded.
        package let target: Located<String>
        package let visibleText: String
        /// Whether what is loaded from there cannot be seen.
        package let isInvisible: Bool
        /// The target taken apart, if it is an absolute URL, or relative to one that the document names.
        package let address: WebAddress?
        /// What the target carries inside, where it is one of a known service: the innermost is where the reader ends up.
        package let carried: [String]

        /// Where the reader ends up, as far as that shows without asking.
        package let destination: WebAddress?

        init(
            part: Int, element: String, use: HTMLDocument.Use, target: Located<String>, visibleText: String,
            isInvisible: Bool = false, address: WebAddress?, carried: [String]
        ) {
            (self.part, self.element, self.use, self.target) = (part, element, use, target)
            (self.visibleText, self.isInvisible) = (visibleText, isInvisible)
            (self.address, self.carried) = (address, carried)
            destination = carried.last.flatMap { WebAddress($0) } ?? address
        }
    }

    package let texts: [Text]
    /// What is clicked, sent to, or led to.
    package let links: [Link]
    /// The names that ``links`` lead to, each once, in their order.
    package let destinations: [Domain]
    /// What showing the message would load, as far as the program does not ask first.
    package let loads: [Link]
    /// The hosts of ``loads``, and how many things each would give; the most first.
    package var loadHosts: [(host: String, count: Int)] {
        var counts: [String: Int] = [:]
        for load in loads { counts[load.address?.host ?? "", default: 0] += 1 }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }
    /// Its HTML: parts, and files that are attached under another type or stand encoded in a text.
    package let pages: [HTMLPage]
    package let calendars: [Calendar]
    package let codes: [PictureCode]
    /// Parts with pictures that were not searched for codes: of a format that is not read, or damaged.
    package let unsearchedPictures: [Int]
    package let attachments: [Attachment]
    /// Damage found while undoing transfer encodings, by part.
    package let faults: [(part: Int, faults: [Located<DecodedBody.Fault>], count: Int)]
    package let limitHits: [LimitHit]
    /// What was not looked at, for want of a library; in the order of the parts.
    package let unread: [Unread]

    /// - Parameter messages: parts that are messages of their own, looked at elsewhere: what stands in them is left out.
    package init(of message: Message, leavingOut messages: Set<Int> = []) {
        var reading = ContentsReading(limits: message.source.limits)
        var left = messages
        for part in message.parts {
            if let parent = part.parent, left.contains(parent) { left.insert(part.index) }
            if part.contentType.isMultipart || (message.isHeaderOnly && part.depth == 0) || left.contains(part.index) {
                continue
            }
            if part.isLeaf || !part.encoding.isIdentity { reading.read(part) }
        }
        texts = reading.texts
        links = reading.links
        destinations = Self.destinations(reading.links)
        loads = reading.loads
        pages = reading.pages
        calendars = reading.calendars
        codes = reading.codes
        unsearchedPictures = reading.unsearchedPictures
        attachments = reading.attachments
        faults = reading.faults
        limitHits = reading.limitHits
        unread = reading.unread.sorted { $0.part < $1.part }
    }

    private static func destinations(_ links: [Link]) -> [Domain] {
        var seen: Set<Domain> = []
        var all: [Domain] = []
        for link in links {
            // One link after the other leads to the same host.
            guard let domain = link.destination?.domain, domain != all.last, seen.insert(domain).inserted else {
                continue
            }
            all.append(domain)
        }
        return all
    }
}
