import Mail

/// An attribute that leads somewhere, and what happens with its value.
struct HTMLCarrier {
    /// In lower case.
    let attribute: StaticString
    let elements: Elements
    let use: HTMLDocument.Use
    let form: Form

    /// Whose attribute it is.
    enum Elements {
        case all
        case only(Set<HTMLElement>)
        case allBut(HTMLElement)
        /// Those of SVG and MathML.
        case foreign

        fileprivate func hold(_ tag: HTMLScanner.Tag) -> Bool {
            switch self {
            case .all: true
            case .only(let elements): elements.contains(tag.element)
            case .allBut(let element): tag.element != element
            case .foreign: tag.isForeign
            }
        }
    }

    /// What the value is.
    enum Form {
        case address
        /// Addresses with blanks or commas between them.
        case list
        /// Addresses with what each is meant for. WHATWG HTML §4.8.4.2.1
        case candidates
        /// A time, and the address that the reader is led to then.
        case refresh
        case styleSheet
        /// HTML.
        case document
    }

    private init(
        _ attribute: StaticString, _ use: HTMLDocument.Use, of elements: Elements = .all, as form: Form = .address
    ) {
        (self.attribute, self.use, self.elements, self.form) = (attribute, use, elements, form)
    }

    /// All that there are; the first that holds an element counts. The list is that of HTTPLeaks (cure53).
    private static let all = [
        HTMLCarrier("href", .click, of: .only([.a, .area])),
        HTMLCarrier("href", .base, of: .only([.base])),
        HTMLCarrier("href", .load, of: .only([.link])),
        HTMLCarrier("href", .load, of: .foreign),
        HTMLCarrier("xlink:href", .click, of: .only([.a, .area])),
        HTMLCarrier("xlink:href", .base, of: .only([.base])),
        HTMLCarrier("xlink:href", .load, of: .only([.link])),
        HTMLCarrier("xlink:href", .load, of: .foreign),
        HTMLCarrier("action", .submit, of: .only([.form, .isindex])),
        HTMLCarrier("formaction", .submit, of: .only([.button, .input])),
        HTMLCarrier("content", .refresh, of: .only([.meta]), as: .refresh),
        HTMLCarrier("src", .load, of: .allBut(.a)),
        HTMLCarrier("srcset", .load, as: .candidates),
        HTMLCarrier("imagesrcset", .load, as: .candidates),
        HTMLCarrier("poster", .load),
        HTMLCarrier("background", .load),
        HTMLCarrier("dynsrc", .load),
        HTMLCarrier("lowsrc", .load),
        HTMLCarrier("attributionsrc", .load, as: .list),
        HTMLCarrier("ping", .ping, as: .list),
        HTMLCarrier("longdesc", .mention),
        HTMLCarrier("data", .load, of: .only([.object])),
        HTMLCarrier("code", .load, of: .only([.applet, .object])),
        HTMLCarrier("codebase", .load, of: .only([.applet, .object])),
        HTMLCarrier("archive", .load, of: .only([.applet, .object]), as: .list),
        HTMLCarrier("manifest", .load, of: .only([.html])),
        HTMLCarrier("profile", .mention, of: .only([.head])),
        HTMLCarrier("icon", .load, of: .only([.menuitem, .command])),
        HTMLCarrier("style", .load, as: .styleSheet),
        HTMLCarrier("srcdoc", .load, of: .only([.iframe]), as: .document),
    ]

    /// By the length of their names, for most attributes are none of them.
    private static let ofLength: [[HTMLCarrier]] = {
        let longest = all.map(\.attribute.utf8CodeUnitCount).max() ?? 0
        return (0...longest).map { length in all.filter { $0.attribute.utf8CodeUnitCount == length } }
    }()

    /// What an attribute of the tag that was read last is; `nil` when it is no address.
    static func of(_ name: ByteRange, in scanner: HTMLScanner) -> HTMLCarrier? {
        guard name.count < ofLength.count else { return nil }
        return ofLength[name.count].first {
            scanner.bytes.hasASCII($0.attribute, at: name.lowerBound) && $0.elements.hold(scanner.tag)
        }
    }
}
