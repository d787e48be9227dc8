import Mail

/// The elements whose names decide how a document is read. WHATWG HTML §4, §13.2.6; all others are read alike.
enum HTMLElement: String, CaseIterable {
    case other = ""
    case a, applet, area, article, b, base, big, blockquote, body, br, button, caption, center, code, col, command, dd
    case desc, div, dl, dt, em, embed, font, footer, form, h1, h2, h3, h4, h5, h6, head, header, hr, html, i, iframe
    case img, input, isindex, li, link, listing, math, menu, menuitem, meta, nobr, noembed, noframes, object, ol, p
    case param, plaintext, pre, ruby, s, script, section, select, small, source, span, strike, strong, style, sub, sup
    case svg, table, tbody, td, template, textarea, tfoot, th, thead, title, tr, track, tt, u, ul, `var`, wbr, xmp
    case annotationXML = "annotation-xml"
    case foreignObject = "foreignobject"

    /// The element of a name, in any case.
    static func named(_ name: ByteRange, in bytes: [UInt8]) -> HTMLElement {
        guard name.count <= 8 else {
            return (name.count <= 16 ? HTMLElement(rawValue: bytes.lowercasedText(name)) : nil) ?? .other
        }
        var letters: UInt64 = 0
        for index in name { letters = letters << 8 | UInt64(bytes[index].lowercased) }
        var slot = Self.slot(letters)
        while short[slot].element != .other {
            if short[slot].letters == letters, short[slot].count == name.count { return short[slot].element }
            slot = (slot + 1) & lastSlot
        }
        return .other
    }

    private static let lastSlot = 511

    private static func slot(_ letters: UInt64) -> Int { Int((letters &* 0x9E37_79B9_7F4A_7C15) >> 55) }

    /// The names of eight letters and less: a hash table with room for more than there are, so there is always a free slot.
    private static let short: [(letters: UInt64, count: Int, element: HTMLElement)] = {
        var table = [(letters: UInt64, count: Int, element: HTMLElement)](
            repeating: (0, 0, .other), count: lastSlot + 1)
        for element in allCases where element != .other && element.rawValue.utf8.count <= 8 {
            let letters = element.rawValue.utf8.reduce(0) { $0 << 8 | UInt64($1) }
            var slot = slot(letters)
            while table[slot].element != .other { slot = (slot + 1) & lastSlot }
            table[slot] = (letters, element.rawValue.utf8.count, element)
        }
        return table
    }()

    /// Whether it begins and ends a line.
    var isBlock: Bool {
        switch self {
        case .p, .br, .tr, .li, .h1, .h2, .h3, .h4, .h5, .h6, .ul, .ol, .hr, .div, .pre, .body, .form, .table,
            .blockquote, .center, .section, .header, .footer, .article:
            true
        default: false
        }
    }

    /// Whether end tags inside close nothing outside of it. WHATWG HTML §13.2.4.2
    var isTable: Bool {
        switch self {
        case .td, .tr, .th, .body, .html, .table, .tbody, .thead, .tfoot, .caption: true
        default: false
        }
    }

    /// Whether nothing is inside of it. WHATWG HTML §13.1.2
    var isVoid: Bool {
        switch self {
        case .br, .hr, .img, .col, .wbr, .meta, .link, .area, .base, .input, .embed, .param, .track, .source: true
        default: false
        }
    }

    /// Whether what is inside of it are no tags. WHATWG HTML §13.2.6.4
    var holdsNoTags: Bool {
        switch self {
        case .xmp, .style, .title, .script, .iframe, .noembed, .noframes, .textarea, .plaintext: true
        default: false
        }
    }

    /// Whether it ends SVG and MathML that it stands in. WHATWG HTML §13.2.6.5
    var breaksOut: Bool {
        switch self {
        case .b, .big, .blockquote, .body, .br, .center, .code, .dd, .div, .dl, .dt, .em, .embed, .h1, .h2, .h3, .h4,
            .h5,
            .h6, .head, .hr, .i, .img, .li, .listing, .menu, .meta, .nobr, .ol, .p, .pre, .ruby, .s, .small, .span,
            .strong, .strike, .sub, .sup, .table, .tt, .u, .ul, .var:
            true
        default: false
        }
    }
}
