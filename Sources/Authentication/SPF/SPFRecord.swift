import Mail
import Phrases

extension SPF {
    /// A published policy, taken apart. RFC 7208 §12
    struct Record {
        enum Qualifier: UInt8 {
            case pass = 0x2B, fail = 0x2D, softfail = 0x7E, neutral = 0x3F

            var result: MethodResult {
                switch self {
                case .pass: .pass
                case .fail: .fail
                case .softfail: .softfail
                case .neutral: .neutral
                }
            }
        }

        enum Mechanism {
            case all
            case include(MacroString)
            case a(MacroString?, Prefixes)
            case mx(MacroString?, Prefixes)
            case ptr(MacroString?)
            /// A block of addresses; `nil` for one that no address is in: IPv6 that maps IPv4. RFC 7208 §5.6
            case network(AddressBlock?)
            case exists(MacroString)
        }

        /// How many bits of an address count.
        struct Prefixes {
            var v4 = 32
            var v6 = 128
        }

        struct Directive {
            let text: String
            let qualifier: Qualifier
            let mechanism: Mechanism
        }

        struct Trouble: Error {
            let term: String
            let reason: Phrase
        }

        private(set) var directives: [Directive] = []
        private(set) var redirect: (text: String, target: MacroString)?
        private(set) var explanation: MacroString?

        // version = "v=spf1"
        static func isPolicy(_ text: [UInt8]) -> Bool {
            text.hasASCII("v=spf1", at: 0) && (text.count == 6 || text[6] == .space)
        }

        // record = version terms *SP ; terms = *( 1*SP ( directive / modifier ) )
        init(_ bytes: [UInt8]) throws(Trouble) {
            for term in bytes.dropFirst(6).split(separator: UInt8.space) {
                let text = String(decoding: term, as: UTF8.self)
                do throws(Syntax) { try read(term, text) } catch {
                    throw Trouble(term: text, reason: error.reason)
                }
            }
        }

        // directive = [ qualifier ] mechanism ; modifier = redirect / explanation / unknown-modifier
        private mutating func read(_ term: ArraySlice<UInt8>, _ text: String) throws(Syntax) {
            guard term.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw Syntax("it is not plain ASCII") }
            let qualifier = term.first.flatMap { Qualifier(rawValue: $0) }
            let start = term.startIndex + (qualifier == nil ? 0 : 1)
            // name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )
            let name = term[start...].prefix { $0.isLetter || $0.isDigit || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }
            guard let first = name.first, first.isLetter else { throw Syntax("it has no name") }
            let rest = term[name.endIndex...]
            if rest.first == UInt8(ascii: "="), qualifier == nil {
                try readModifier(name, rest.dropFirst(), text)
            } else {
                let mechanism = try Self.mechanism(name, rest)
                directives.append(Directive(text: text, qualifier: qualifier ?? .pass, mechanism: mechanism))
            }
        }

        private mutating func readModifier(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, _ text: String)
            throws(Syntax)
        {
            if name.equalsASCII("redirect") {
                guard redirect == nil else { throw Syntax("it stands twice") }
                redirect = (text, try MacroString(domain: value))
            } else if name.equalsASCII("exp") {
                guard explanation == nil else { throw Syntax("it stands twice") }
                explanation = try MacroString(domain: value)
            } else {
                // unknown-modifier = name "=" macro-string
                _ = try MacroString(value)
            }
        }

        private static func mechanism(_ name: ArraySlice<UInt8>, _ rest: ArraySlice<UInt8>) throws(Syntax) -> Mechanism
        {
            if name.equalsASCII("all") {
                guard rest.isEmpty else { throw Syntax("\"all\" takes no argument") }
                return .all
            }
            if name.equalsASCII("include") { return .include(try MacroString(domain: try argument(rest))) }
            if name.equalsASCII("exists") { return .exists(try MacroString(domain: try argument(rest))) }
            if name.equalsASCII("ip4") { return .network(try network(try argument(rest), isV6: false)) }
            if name.equalsASCII("ip6") { return .network(try network(try argument(rest), isV6: true)) }
            if name.equalsASCII("ptr") {
                return .ptr(rest.isEmpty ? nil : try MacroString(domain: try argument(rest)))
            }
            guard name.equalsASCII("a") || name.equalsASCII("mx") else { throw Syntax("there is no such mechanism") }
            let (target, prefixes) = try targetAndPrefixes(rest)
            return name.equalsASCII("a") ? .a(target, prefixes) : .mx(target, prefixes)
        }

        private static func argument(_ rest: ArraySlice<UInt8>) throws(Syntax) -> ArraySlice<UInt8> {
            guard rest.first == UInt8(ascii: ":"), rest.count > 1 else { throw Syntax("it lacks its argument") }
            return rest.dropFirst()
        }

        // A = "a" [ ":" domain-spec ] [ dual-cidr-length ]
        // dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ]
        private static func targetAndPrefixes(_ rest: ArraySlice<UInt8>) throws(Syntax) -> (MacroString?, Prefixes) {
            var prefixes = Prefixes()
            // From the right, for slashes may stand in the domain and in macros.
            var end = rest.endIndex
            let slash = UInt8(ascii: "/")
            func digits() -> ArraySlice<UInt8> {
                rest[(rest[..<end].lastIndex { !$0.isDigit } ?? rest.startIndex - 1) + 1..<end]
            }
            let last = digits()
            if last.startIndex >= rest.startIndex + 2, rest[last.startIndex - 1] == slash,
                rest[last.startIndex - 2] == slash
            {
                prefixes.v6 = try number(last, most: 128)
                end = last.startIndex - 2
            }
            let first = digits()
            if !first.isEmpty || end == rest.endIndex, first.startIndex > rest.startIndex,
                rest[first.startIndex - 1] == slash
            {
                prefixes.v4 = try number(first, most: 32)
                end = first.startIndex - 1
            }
            let target = rest[..<end]
            return (target.isEmpty ? nil : try MacroString(domain: try argument(target)), prefixes)
        }

        // ip4-cidr-length = "/" ("0" / %x31-39 0*1DIGIT) ; ip6-cidr-length = "/" ("0" / %x31-39 0*2DIGIT)
        private static func number(_ digits: ArraySlice<UInt8>, most: Int) throws(Syntax) -> Int {
            guard (1...3).contains(digits.count), digits.allSatisfy(\.isDigit),
                digits.count == 1 || digits.first != 0x30,
                case let value = digits.reduce(0, { $0 * 10 + Int($1 - 0x30) }), value <= most
            else { throw Syntax("its prefix length is wrong") }
            return value
        }

        // IP4 = "ip4" ":" ip4-network [ ip4-cidr-length ] ; IP6 = "ip6" ":" ip6-network [ ip6-cidr-length ]
        private static func network(_ text: ArraySlice<UInt8>, isV6: Bool) throws(Syntax) -> AddressBlock? {
            let slash = text.firstIndex(of: UInt8(ascii: "/"))
            let address = text[..<(slash ?? text.endIndex)]
            guard address.first != UInt8(ascii: "["), !address.contains(UInt8(ascii: "%")),
                let value = IPAddress(address),
                address.contains(UInt8(ascii: ":")) == isV6, isV6 || isPlainQuad(address)
            else { throw Syntax("it holds no address") }
            let most = isV6 ? 128 : 32
            let length = try slash.map { index throws(Syntax) in try number(text[(index + 1)...], most: most) } ?? most
            return value.isV6 == isV6 ? AddressBlock(value, prefixLength: length) : nil
        }

        // qnum = DIGIT / %x31-39 DIGIT / "1" 2DIGIT / …
        /// Whether no number begins with a zero that it does not need.
        private static func isPlainQuad(_ text: ArraySlice<UInt8>) -> Bool {
            var isFirst = true
            for (index, byte) in zip(text.indices, text) {
                let isFollowed = index + 1 < text.endIndex && text[index + 1].isDigit
                if isFirst, byte == 0x30, isFollowed { return false }
                isFirst = byte == UInt8(ascii: ".")
            }
            return true
        }
    }

    /// What is wrong with a term.
    struct Syntax: Error {
        let reason: Phrase
        init(_ reason: Phrase) { self.reason = reason }
    }
}
