package import Mail

/// What of an HTML part can be clicked or is sent somewhere, and what of it can be read.
package struct HTMLDocument: Sendable {
    /// What happens with an address.
    package enum Use: String, Sendable {
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
    package struct Reference: Sendable {
        /// The element that carries it, in lower case: `a`, `area`, `form`.
        package let element: String
        /// The attribute, in lower case; empty for the text of a style sheet.
        package let attribute: String
        package let use: Use
        /// The value, character references resolved.
        package let target: String
        /// Whether it stands in a conditional comment, which only Outlook for Windows reads.
        package internal(set) var isConditional = false
        /// What a reader sees of it, white space collapsed; empty for a form.
        package internal(set) var visibleText: String
        /// Whether what is loaded cannot be seen: a picture of one pixel, or one that is not displayed.
        package internal(set) var isInvisible = false
        /// Its start tag in the document's UTF-8.
        package let tag: ByteRange
    }

    /// How a text is kept from the reader's eyes.
    package enum Concealment: String, Sendable {
        case notDisplayed = "not displayed"
        case invisible = "invisible"
        case noSize = "of no size"
        case offScreen = "off the screen"
        case colour = "in the colour of its background"

        /// Whether an element inside can show itself again.
        var isOverridable: Bool { self == .invisible || self == .noSize || self == .colour }
    }

    /// A stretch of text that no reader sees.
    package struct Concealed: Sendable {
        package let concealment: Concealment
        /// Its beginning.
        package internal(set) var text: String
        /// Letters and digits of it, in bytes of UTF-8.
        package internal(set) var letters: Int
        /// Whether nothing that is seen stands before it: programs show it in lists of messages, as a preview.
        package let isFirst: Bool
        /// Whether it breaks up a word that is seen.
        package internal(set) var isInWord: Bool
        package let range: ByteRange
    }

    /// What a reader can type into or press.
    package struct Input: Sendable {
        /// In lower case: `text`, `password`, `hidden`, `submit`, `select`.
        package let type: String
        package let name: String
        package let range: ByteRange
    }

    /// A program in the document: an element, or an attribute that is run.
    package struct Script: Sendable {
        package let range: ByteRange
        /// Where it is loaded from.
        package let source: String?
        /// Bytes.
        package let size: Int
        package let marks: [ScriptMark]
    }

    /// What a document has besides its references and the text that is seen.
    package struct Facts: Sendable {
        package internal(set) var concealed: [Concealed] = []
        package internal(set) var inputs: [Input] = []
        package internal(set) var scripts: [Script] = []
        /// Where words are broken up by characters without width, and how often.
        package internal(set) var splits: (ranges: [ByteRange], count: Int) = ([], 0)
        /// The charset that the document says it is in; readers of mail go by the part's.
        package internal(set) var charset: (label: String, range: ByteRange)?
        /// The tag that the document ends in the middle of.
        package internal(set) var unfinishedTag: ByteRange?
    }

    package internal(set) var references: [Reference] = []
    package let facts: Facts
    /// Addresses to be clicked or sent to that only one of two readers saw: ours, which reads as browsers do, or libxml2, which reads
    /// HTML 4. What is shown depends on the program then.
    package internal(set) var disagreements: [Disagreement] = []
    /// What is seen, one line a block, cut after 64 KiB.
    package internal(set) var text = ""
    /// Which limit ended the reading or cut something out, and where.
    package internal(set) var hit: (name: Limits.Name, offset: Int)?
    /// Whether nothing could be read, for libxml2 is not there.
    package private(set) var isUnread = false

    package struct Disagreement: Sendable {
        package let reference: Reference
        /// Whether a browser sees it.
        package let isSeenByBrowsers: Bool
    }

    /// Reads UTF-8 with libxml2's push parser: no document tree, no network, no entities of the document's own.
    package init(_ utf8: [UInt8], limits: Limits = Limits()) {
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

    /// The same bytes at the same offsets, less what makes libxml2 2.9 lose text or take quadratic time: a NUL ends
    /// its input, so does `</html>`, and each attribute is compared with all before it.
    private static func tamed(_ input: [UInt8], attributes maximum: Int) -> (bytes: [UInt8], firstFlood: Int?) {
        var bytes = input
        var firstFlood: Int?
        var position = 0
        while let nul = bytes.firstOffset(of: 0, in: position..<bytes.count) {
            bytes[nul] = 0x7F
            position = nul + 1
        }
        position = 0
        while let open = bytes.firstOffset(of: UInt8(ascii: "<"), in: position..<bytes.count) {
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
                    let close = bytes.firstOffset(of: byte, in: position + 1..<bytes.count) ?? bytes.count
                    if attributes > maximum {
                        firstFlood = firstFlood ?? open
                        for offset in position..<min(close + 1, bytes.count) { bytes[offset] = .space }
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
                var offset = 0
                // What is written is never longer than what was read.
                while offset < bytes.count {
                    var isEnd = false
                    let start = offset
                    while offset < bytes.count, bytes[offset] == .lineFeed || bytes[offset] == .space {
                        isEnd = isEnd || bytes[offset] == .lineFeed
                        offset &+= 1
                    }
                    guard offset < bytes.count else { break }
                    if offset > start, count > 0 {
                        target[count] = isEnd ? .lineFeed : .space
                        count &+= 1
                    }
                    while offset < bytes.count, bytes[offset] != .lineFeed, bytes[offset] != .space {
                        target[count] = bytes[offset]
                        count &+= 1
                        offset &+= 1
                    }
                }
                return count
            }
        }
    }
}
