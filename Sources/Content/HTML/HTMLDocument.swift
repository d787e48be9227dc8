public import Mail

/// What of an HTML part can be clicked or is sent somewhere, and what of it can be read.
public struct HTMLDocument: Sendable {
    /// What happens with an address.
    public enum Use: String, Sendable {
        /// The reader follows it.
        case click
        /// What the reader typed in goes there.
        case submit
        /// It is loaded to show the message, unless the program asks first.
        case load
        /// The reader is led there without a click.
        case refresh
        /// A click on the link tells it, besides.
        case ping
        /// Other addresses are relative to it.
        case base
        /// It is named, and nothing is loaded from it by itself.
        case mention
    }

    /// A reference to another place, in the order of the document.
    public struct Reference: Sendable {
        /// The element that carries it, in lower case: `a`, `area`, `form`.
        public let element: String
        /// The attribute, in lower case; empty for the text of a style sheet.
        public let attribute: String
        public let use: Use
        /// The value, character references resolved.
        public let target: String
        /// Whether it stands in a conditional comment, which only Outlook for Windows reads.
        public internal(set) var isConditional = false
        /// What a reader sees of it, white space collapsed; empty for a form.
        public internal(set) var visibleText: String
        /// Whether what is loaded cannot be seen: a picture of one pixel, or one that is not displayed.
        public internal(set) var isInvisible = false
        /// Its start tag in the document's UTF-8.
        public let tag: ByteRange
    }

    /// How a text is kept from the reader's eyes.
    public enum Concealment: String, Sendable {
        case notDisplayed = "not displayed"
        case invisible = "invisible"
        case noSize = "of no size"
        case offScreen = "off the screen"
        case colour = "in the colour of its background"

        /// Whether an element inside can show itself again.
        var isOverridable: Bool { self == .invisible || self == .noSize || self == .colour }
    }

    /// A stretch of text that no reader sees.
    public struct Concealed: Sendable {
        public let concealment: Concealment
        /// Its beginning.
        public internal(set) var text: String
        /// Letters and digits of it, in bytes of UTF-8.
        public internal(set) var letters: Int
        /// Whether nothing that is seen stands before it: programs show it in lists of messages, as a preview.
        public let isFirst: Bool
        /// Whether it breaks up a word that is seen.
        public internal(set) var isInWord: Bool
        public let place: ByteRange
    }

    /// What a reader can type into or press.
    public struct Input: Sendable {
        /// In lower case: `text`, `password`, `hidden`, `submit`, `select`.
        public let type: String
        public let name: String
        public let place: ByteRange
    }

    /// A program in the document: an element, or an attribute that is run.
    public struct Script: Sendable {
        public let place: ByteRange
        /// Where it is loaded from.
        public let source: String?
        /// Bytes.
        public let size: Int
        public let marks: [ScriptMark]
    }

    /// What a document has besides its references and the text that is seen.
    public struct Facts: Sendable {
        public internal(set) var concealed: [Concealed] = []
        public internal(set) var inputs: [Input] = []
        public internal(set) var scripts: [Script] = []
        /// Where words are broken up by characters without width, and how often.
        public internal(set) var splits: (places: [ByteRange], count: Int) = ([], 0)
        /// The charset that the document says it is in; readers of mail go by the part's.
        public internal(set) var charset: (label: String, place: ByteRange)?
        /// The tag that the document ends in the middle of.
        public internal(set) var unfinishedTag: ByteRange?
    }

    public internal(set) var references: [Reference] = []
    public let facts: Facts
    /// Addresses to be clicked or sent to that only one of two readers saw: ours, which reads as browsers do, or libxml2, which reads
    /// HTML 4. What is shown depends on the program then.
    public internal(set) var disagreements: [Disagreement] = []
    /// What is seen, one line a block, cut after 64 KiB.
    public internal(set) var text = ""
    /// Which limit ended the reading or cut something out, and where.
    public internal(set) var hit: (name: Limits.Name, offset: Int)?
    /// Whether nothing could be read, for libxml2 is not there.
    public private(set) var isUnread = false

    public struct Disagreement: Sendable {
        public let reference: Reference
        /// Whether a browser sees it.
        public let isSeenByBrowsers: Bool
    }

    /// Reads UTF-8 with libxml2's push parser: no document tree, no network, no entities of the document's own.
    public init(_ utf8: [UInt8], limits: Limits = Limits()) {
        let read = Array(utf8.prefix(limits[.html]))
        let (bytes, flood) = Self.tamed(read, attributes: limits[.htmlAttributes])
        let reader = HTMLReader(bytes, limits)
        isUnread = !reader.read()
        let own = HTMLReferences(read, limits)
        references = own.references
        if !isUnread, reader.hit == nil, own.hit == nil {
            disagreements = Self.compare(own.references, reader.references)
            // What other readers see is a place that it leads to as well.
            references += disagreements.filter { !$0.isSeenByBrowsers }.map(\.reference)
        }
        text = own.shown.text.trimmingBlankLines
        facts = own.shown.facts
        hit =
            reader.hit ?? own.hit ?? flood.map { (.htmlAttributes, $0) }
            ?? (read.count < utf8.count ? (.html, read.count) : nil)
    }

    /// The links and forms that one has and the other has not, as often as they differ.
    private static func compare(_ own: [Reference], _ other: [Reference]) -> [Disagreement] {
        func key(_ one: Reference) -> String {
            if one.target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return one.target }
            return one.target.filter { !$0.isWhitespace && $0 != "\u{FFFD}" && $0 != "\u{7F}" }
        }
        let compared = own.indices.filter { index in
            !own[index].isConditional
                && (own[index].use == .click && own[index].attribute == "href" && own[index].element != "base"
                    || own[index].attribute == "action")
        }
        // Most often both saw the same.
        if compared.count == other.count,
            zip(compared, other.indices).allSatisfy({ own[$0].target == other[$1].target })
        {
            return []
        }
        var counts: [String: Int] = [:]
        for one in other { counts[key(one), default: 0] += 1 }
        var found: [Disagreement] = []
        for one in compared.map({ own[$0] }) {
            if let count = counts[key(one)], count > 0 {
                counts[key(one)] = count - 1
            } else {
                found.append(Disagreement(reference: one, isSeenByBrowsers: true))
            }
        }
        for one in other {
            guard let count = counts[key(one)], count > 0 else { continue }
            counts[key(one)] = count - 1
            found.append(Disagreement(reference: one, isSeenByBrowsers: false))
        }
        return found
    }

    /// The same bytes in the same places, less what makes libxml2 2.9 lose text or take quadratic time: a NUL ends
    /// its input, so does `</html>`, and each attribute is compared with all before it.
    private static func tamed(_ input: [UInt8], attributes maximum: Int) -> (bytes: [UInt8], firstFlood: Int?) {
        var bytes = input
        var firstFlood: Int?
        var position = 0
        while let nul = bytes.firstPlace(of: 0, in: position..<bytes.count) {
            bytes[nul] = 0x7F
            position = nul + 1
        }
        position = 0
        while let open = bytes.firstPlace(of: UInt8(ascii: "<"), in: position..<bytes.count) {
            position = open + 1
            // libxml2 reads nothing behind these; browsers put it at the end of the body.
            if bytes.hasASCII("</html", at: open) || bytes.hasASCII("</body", at: open) {
                bytes[open + 2] = UInt8(ascii: "x")
            }
            guard position < bytes.count, bytes[position].isLetter else { continue }
            var attributes = 0
            var wasBlank = false
            var last: UInt8 = 0
            while position < bytes.count {
                let byte = bytes[position]
                if byte == UInt8(ascii: ">") {
                    break
                } else if last == UInt8(ascii: "="), byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    // A quote opens a value after "="; elsewhere it is a byte like others.
                    let close = bytes.firstPlace(of: byte, in: position + 1..<bytes.count) ?? bytes.count
                    if attributes > maximum {
                        firstFlood = firstFlood ?? open
                        for place in position..<min(close + 1, bytes.count) { bytes[place] = .space }
                    }
                    last = byte
                    position = min(close + 1, bytes.count)
                    continue
                } else {
                    let isBlank = byte.isFolding || byte == UInt8(ascii: "/")
                    if wasBlank, !isBlank { attributes += 1 }
                    wasBlank = isBlank
                }
                if attributes > maximum {
                    firstFlood = firstFlood ?? open
                    bytes[position] = .space
                }
                if !byte.isFolding { last = byte }
                position += 1
            }
        }
        return (bytes, firstFlood)
    }
}

extension String {
    /// Without empty lines, runs of blanks as one.
    fileprivate var trimmingBlankLines: String {
        var text = self
        return text.withUTF8 { bytes in
            String(unsafeUninitializedCapacity: bytes.count) { trimmed in
                guard let target = trimmed.baseAddress else { return 0 }
                var count = 0
                var place = 0
                // What is written is never longer than what was read.
                while place < bytes.count {
                    var isEnd = false
                    let start = place
                    while place < bytes.count, bytes[place] == .lineFeed || bytes[place] == .space {
                        isEnd = isEnd || bytes[place] == .lineFeed
                        place &+= 1
                    }
                    guard place < bytes.count else { break }
                    if place > start, count > 0 {
                        target[count] = isEnd ? .lineFeed : .space
                        count &+= 1
                    }
                    while place < bytes.count, bytes[place] != .lineFeed, bytes[place] != .space {
                        target[count] = bytes[place]
                        count &+= 1
                        place &+= 1
                    }
                }
                return count
            }
        }
    }
}
