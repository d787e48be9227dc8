import Mail

/// Follows which elements are open, and which of them hide what is in them.
///
/// Style sheets count as far as ``StyleSheet`` tells what they say; colours are read at the elements alone.
struct HTMLVisibility {
    private struct Open {
        let element: HTMLElement
        /// Of one without a case of its own.
        let name: String
        let concealment: HTMLDocument.Concealment?
        let background: Colour?
        let text: Colour?
    }

    /// What the style sheets of the document say.
    var sheet: StyleSheet?
    private var open: [Open] = []
    /// Elements that are open beyond those that are followed.
    private var overflow = 0
    /// Whether a style sheet may colour things.
    private var hasClasses = false

    /// Why what is read now is not seen; `nil` when it is.
    var concealment: HTMLDocument.Concealment? { open.last?.concealment }

    mutating func read(_ scanner: HTMLScanner) {
        if scanner.tag.isEnd { return close(scanner) }
        if scanner.value(of: "class") != nil { hasClasses = true }
        guard !scanner.tag.element.isVoid else { return }
        guard open.count < 256 else {
            overflow += 1
            return
        }
        let outer = open.last
        var style = ComputedStyle(background: outer?.background, text: outer?.text)
        style.read(scanner, sheet)
        var concealment = outer?.concealment
        if concealment == nil || concealment?.isOverridable == true {
            concealment = style.concealment ?? (style.showsAgain ? nil : concealment)
        }
        if concealment == nil, style.isOwnColour, let text = style.text {
            // A sheet may have given the background, where none is written here.
            let background = style.background ?? (hasClasses ? nil : Colour.white)
            if let background, text.isLost(on: background) { concealment = .colour }
        } else if concealment == .colour, let text = style.text, let background = style.background,
            !text.isLost(on: background)
        {
            concealment = nil
        }
        open.append(
            Open(
                element: scanner.tag.element, name: Self.name(scanner), concealment: concealment,
                background: style.background, text: style.text))
    }

    private mutating func close(_ scanner: HTMLScanner) {
        if overflow > 0 {
            overflow -= 1
            return
        }
        let (element, name) = (scanner.tag.element, Self.name(scanner))
        var index = open.count
        while index > 0 {
            index -= 1
            if open[index].element == element, open[index].name == name {
                open.removeLast(open.count - index)
                return
            }
            if !element.isTable, open[index].element.isTable { return }
        }
    }

    private static func name(_ scanner: HTMLScanner) -> String { scanner.tag.element == .other ? scanner.name : "" }
}

/// Red, green and blue, 0 to 255.
private struct Colour {
    let red: Int
    let green: Int
    let blue: Int

    static let white = Colour(red: 255, green: 255, blue: 255)

    /// Whether nobody can read text of this colour on that background.
    func isLost(on background: Colour) -> Bool {
        abs(red - background.red) + abs(green - background.green) + abs(blue - background.blue) <= 12
    }

    // hex-color = "#" 3HEXDIG / "#" 6HEXDIG; rgb( r, g, b ). CSS Color 4 §5
    init?(_ text: Substring) {
        if text.utf8.first == UInt8(ascii: "#") || text.utf8.allSatisfy({ $0.hexDigit != nil }) {
            var (number, count) = (0, 0)
            for byte in text.utf8.drop(while: { $0 == UInt8(ascii: "#") }) {
                guard count < 9, let digit = byte.hexDigit else { break }
                number = number << 4 | Int(digit)
                count += 1
            }
            // What shines through, the fourth of them, is not looked at.
            if count == 4 || count == 8 { number >>= count }
            switch count {
            case 3, 4: self.init(red: (number >> 8 & 15) * 17, green: (number >> 4 & 15) * 17, blue: (number & 15) * 17)
            case 6, 8: self.init(red: number >> 16 & 255, green: number >> 8 & 255, blue: number & 255)
            default: return nil
            }
        } else if text.hasPrefix("rgb") {
            let numbers = text.split { !$0.isASCII || !$0.isNumber }.prefix(4).compactMap { Int($0) }
            // One that shines through is not told.
            guard numbers.count == 3, numbers.allSatisfy({ $0 <= 255 }) else { return nil }
            self.init(red: numbers[0], green: numbers[1], blue: numbers[2])
        } else if text.hasPrefix("white") {
            self = .white
        } else if text.hasPrefix("black") {
            self.init(red: 0, green: 0, blue: 0)
        } else {
            return nil
        }
    }

    init(red: Int, green: Int, blue: Int) { (self.red, self.green, self.blue) = (red, green, blue) }
}

/// What the attributes of one tag do to what is in it.
private struct ComputedStyle {
    var background: Colour?
    var text: Colour?
    var concealment: HTMLDocument.Concealment?
    var isOwnColour = false
    /// Whether it undoes what an element around it did by a property that its own overrides.
    var showsAgain = false
    private var isClipped = false
    private var isFlat = false
    private var isAway = false
    private var isPositioned = false

    init(background: Colour?, text: Colour?) { (self.background, self.text) = (background, text) }

    mutating func read(_ scanner: HTMLScanner, _ sheet: StyleSheet?) {
        let element = scanner.tag.element
        if element == .template || element == .noembed { concealment = .notDisplayed }
        if scanner.tag.attributes.isEmpty, sheet == nil { return }
        if scanner.value(of: "hidden") != nil { concealment = .notDisplayed }
        if let value = scanner.value(of: "bgcolor") { background = Colour(Self.text(scanner, value)[...]) }
        // A picture behind the text is of colours that are not known.
        if scanner.value(of: "background") != nil { background = nil }
        if element == .font {
            if let value = scanner.value(of: "color") {
                text = Colour(Self.text(scanner, value)[...])
                isOwnColour = true
            }
        }
        let own = Self.declarations(scanner)
        if let sheet { read(scanner, sheet, own) }
        for (name, value) in own { read(name, value) }
        if isClipped, isFlat { concealment = .noSize }
        if isPositioned, isAway { concealment = .offScreen }
    }

    /// What its `style` says.
    private static func declarations(_ scanner: HTMLScanner) -> [(name: Substring, value: Substring)] {
        guard let style = scanner.value(of: "style") else { return [] }
        return text(scanner, style).utf8.split(separator: UInt8(ascii: ";")).prefix(64).compactMap { declaration in
            guard let colon = declaration.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let name = declaration[..<colon].drop(while: \.isHTMLBlank).prefix { !$0.isHTMLBlank }
            let value = declaration[declaration.index(after: colon)...].drop(while: \.isHTMLBlank)
            return name.isEmpty || value.isEmpty ? nil : (Substring(name), Substring(value))
        }
    }

    /// What the sheets say and the element itself does not say otherwise.
    private mutating func read(
        _ scanner: HTMLScanner, _ sheet: StyleSheet, _ own: [(name: Substring, value: Substring)]
    ) {
        func words(_ name: StaticString) -> [String] {
            scanner.value(of: name).map { value in
                scanner.bytes[value].prefix(1024).split(whereSeparator: \.isHTMLBlank).prefix(20).map {
                    String(decoding: $0.map(\.lowercased), as: UTF8.self)
                }
            } ?? []
        }
        let declared = sheet.declarations(element: scanner.name, id: words("id").first, classes: words("class"))
        for (name, value) in declared.sorted(by: { $0.key < $1.key }) {
            let isOverridden = own.contains { $0.name == name && Self.counts(name, $0.value) }
            if !isOverridden || StyleSheet.isImportant(value) { read(name[...], value[...]) }
        }
    }

    /// Whether browsers take a value: one that they do not know leaves what the sheets say.
    private static func counts(_ name: String, _ value: Substring) -> Bool {
        guard name == "display" else { return !value.isEmpty }
        return [
            "none", "block", "inline", "table", "flex", "grid", "list-item", "contents", "flow", "initial", "unset",
            "revert", "inherit",
        ].contains { value.hasPrefix($0) }
    }

    private static func text(_ scanner: HTMLScanner, _ value: ByteRange) -> String {
        HTMLText.decoded(scanner.bytes[value].prefix(4096), inAttribute: true).lowercased()
    }

    private mutating func read(_ name: Substring, _ value: Substring) {
        let number = Self.number(value)
        switch String(name) {
        case "display":
            if value.hasPrefix("none") { concealment = .notDisplayed }
        case "visibility":
            if value.hasPrefix("hidden") || value.hasPrefix("collapse") { concealment = .invisible }
            if value.hasPrefix("visible") { showsAgain = true }
        case "mso-hide":
            // Outlook alone hides it then; what else hides it says so too.
            break
        case "opacity":
            if let number, number < 0.05 { concealment = .invisible }
        case "font-size":
            if let number, number <= (value.contains("em") || value.contains("%") ? 0.05 : 1) {
                concealment = .noSize
            } else if number != nil {
                showsAgain = true
            }
        case "font":
            if value.hasPrefix("0px") || value.hasPrefix("0/") || value.hasPrefix("0 ") { concealment = .noSize }
        case "max-height", "height", "max-width", "width", "line-height":
            if let number, number == 0, name != "line-height" { isFlat = true }
        case "overflow":
            if value.hasPrefix("hidden") { isClipped = true }
        case "position":
            if value.hasPrefix("absolute") || value.hasPrefix("fixed") { isPositioned = true }
        case "left", "top", "right", "bottom", "margin-left", "margin-top":
            if let number, number <= -500 { isAway = true }
        case "text-indent":
            if let number, number <= -500 { concealment = .offScreen }
        case "color":
            text = Colour(value)
            isOwnColour = text != nil
            if value.hasPrefix("transparent") { concealment = .colour }
        case "background-color": background = Colour(value)
        case "background": background = value.contains("url") ? nil : Colour(value)
        default: break
        }
    }

    /// The number at the beginning of a value; `nil` when there is none.
    private static func number(_ value: Substring) -> Double? {
        let digits = value.utf8.prefix { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }.prefix(12)
        return digits.isEmpty ? nil : Double(Substring(digits))
    }
}
