package import Mail

/// A page of HTML in a message: what was read of it, and where that stands in the message.
package struct HTMLPage: Sendable {
    /// The part that it is, or stands in.
    package let part: Int
    package let document: HTMLDocument
    private let map: @Sendable (ByteRange) -> ByteRange
    /// The charset that it was read in; `nil` when its own word for that does not count.
    private let charset: Charset?
    private let base: WebAddress?

    init(
        _ document: HTMLDocument, in part: Part, readAs charset: Charset?,
        at map: @escaping @Sendable (ByteRange) -> ByteRange
    ) {
        self.part = part.index
        self.document = document
        self.map = map
        self.charset = charset
        // The first base counts. WHATWG HTML §4.2.3
        base = document.references.first { $0.use == .base }.flatMap { WebAddress($0.target) }
    }

    /// The bytes of the message that a stretch of the document's UTF-8 came from.
    package func inMessage(_ range: ByteRange) -> ByteRange { map(range) }

    /// Where a reference of the document leads.
    func link(_ reference: HTMLDocument.Reference) -> Contents.Link {
        let address = WebAddress(reference.target, relativeTo: base)
        return Contents.Link(
            part: part, element: reference.element, use: reference.use,
            target: Located(reference.target, at: inMessage(reference.tag)), visibleText: reference.visibleText,
            isInvisible: reference.isInvisible, address: address,
            carried: reference.use == .load ? [] : address.map(LinkWrapper.unwrapped) ?? [])
    }

    /// What the document says of its charset, where another one was used.
    fileprivate var otherCharset: (label: String, range: ByteRange)? {
        guard let charset, let said = document.facts.charset else { return nil }
        return Charset(label: Array(said.label.utf8)) == charset ? nil : said
    }

    fileprivate func found<Value>(_ value: Value, at range: ByteRange) -> Contents.Found<Value> {
        Contents.Found(part: part, value: value, range: inMessage(range))
    }
}

// What all pages of a message have.
extension Contents {
    /// Something on a page, and where it stands in the message.
    package struct Found<Value: Sendable>: Sendable {
        package let part: Int
        package let value: Value
        package let range: ByteRange
    }

    /// Links and forms that HTML readers differ on.
    package var disagreements: [(link: Link, isSeenByBrowsers: Bool)] {
        pages.flatMap { page in
            page.document.disagreements.map { (page.link($0.reference), $0.isSeenByBrowsers) }
        }
    }

    /// Texts that no reader sees.
    package var concealed: [Found<HTMLDocument.Concealed>] {
        pages.flatMap { page in page.document.facts.concealed.map { page.found($0, at: $0.range) } }
    }

    /// What a reader can type into or press.
    package var inputs: [Found<HTMLDocument.Input>] {
        pages.flatMap { page in page.document.facts.inputs.map { page.found($0, at: $0.range) } }
    }

    package var scripts: [Found<HTMLDocument.Script>] {
        pages.flatMap { page in page.document.facts.scripts.map { page.found($0, at: $0.range) } }
    }

    /// Words that characters without width break up: the first ranges of each page, and how many there are in all.
    package var splits: (ranges: [ByteRange], count: Int) {
        (
            pages.flatMap { $0.document.facts.splits.ranges.map($0.inMessage) },
            pages.reduce(0) { $0.addingClamped($1.document.facts.splits.count) }
        )
    }

    /// Charsets that pages say they are in, and others were used.
    package var otherCharsets: [Found<String>] {
        pages.compactMap { page in page.otherCharset.map { page.found($0.label, at: $0.range) } }
    }

    /// Tags that a page ends in the middle of.
    package var unfinishedTags: [Found<Void>] {
        pages.compactMap { page in page.document.facts.unfinishedTag.map { page.found((), at: $0) } }
    }

    /// Parts with pages that were not read, for want of libxml2.
    package var unreadHTML: [Int] { pages.filter(\.document.isUnread).map(\.part) }
}
