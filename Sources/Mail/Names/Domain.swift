import CICU
import CPSL

/// A domain name as a message writes it, in lower case and without the root's dot. RFC 1035 §2.3.1
public struct Domain: Hashable, Sendable, CustomStringConvertible {
    /// As written, in lower case: U-labels stay, so do labels that DNS does not allow.
    public let name: String
    /// The name in A-labels, which is what DNS is asked for; `nil` when UTS 46 refuses it.
    public var ascii: String? { hasASCII ? key : nil }
    /// What names are told apart by: `ascii`, or else the name.
    private let key: String
    private let hasASCII: Bool
    /// Whether it is ASCII and has no A-labels: it is shown as it is.
    private let isPlain: Bool
    /// Whether its A-labels are not known, for want of ICU.
    public let isUnconverted: Bool

    // sub-domain = Let-dig [Ldh-str]
    /// Whether DNS can hold the name of a host: letters, digits and inner hyphens, labels of 1 to 63 bytes, 253 in all,
    /// two labels or more. Underscores, which hosts of Windows networks have, are let through.
    public let isHostName: Bool

    public init(_ name: String) {
        var name = name
        var form = name.withUTF8 { Form($0) }
        if form.hasCapitals || !form.isASCII { name = name.lowercased() }
        if form.endsInDot {
            name.removeLast()
            if form.isASCII { form = name.withUTF8 { Form($0) } }
        }
        self.name = name
        isPlain = form.isASCII && !form.hasDoubleHyphens
        guard !form.isASCII else {
            (key, hasASCII, isUnconverted) = (name, true, false)
            isHostName = form.isHostName
            return
        }
        // Other full stops, such as the ideographic one, become the root's dot, too.
        var converted = Self.converted(name, by: backstamp_idna_to_ascii)
        if converted?.utf8.last == UInt8(ascii: ".") { converted?.removeLast() }
        (key, hasASCII) = (converted ?? name, converted != nil)
        isUnconverted = converted == nil && backstamp_icuuc_is_there() == 0
        isHostName = converted?.withUTF8 { Form($0).isHostName } ?? (isUnconverted && form.isHostName)
    }

    /// What a name is made of, found in one pass.
    private struct Form {
        var isASCII = true
        var hasCapitals = false
        var endsInDot = false
        var isHostName = false
        /// As A-labels have behind their `xn`.
        var hasDoubleHyphens = false

        init(_ name: UnsafeBufferPointer<UInt8>) {
            var isHost = name.count <= 253
            var labels = 1
            var length = 0
            var isNumber = true
            var endsInHyphen = false
            for byte in name {
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"):
                    length &+= 1
                    (isNumber, endsInHyphen) = (false, false)
                case UInt8(ascii: "."):
                    isHost = isHost && length >= 1 && length <= 63 && !endsInHyphen
                    labels &+= 1
                    (length, isNumber) = (0, true)
                case UInt8(ascii: "0")...UInt8(ascii: "9"):
                    length &+= 1
                    endsInHyphen = false
                case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    hasCapitals = true
                    length &+= 1
                    (isNumber, endsInHyphen) = (false, false)
                default:
                    isASCII = isASCII && byte < 0x80
                    hasDoubleHyphens = hasDoubleHyphens || (endsInHyphen && byte == UInt8(ascii: "-"))
                    endsInHyphen = byte == UInt8(ascii: "-")
                    // A letter beyond ASCII is one of a host's name if its A-label is.
                    isHost = isHost && (endsInHyphen && length > 0 || byte == UInt8(ascii: "_") || byte >= 0x80)
                    length &+= 1
                    isNumber = false
                }
            }
            endsInDot = name.last == UInt8(ascii: ".")
            isHostName = isHost && labels > 1 && length >= 1 && length <= 63 && !isNumber && !endsInHyphen
        }
    }

    /// Two spellings of one name are the same domain.
    public static func == (a: Self, b: Self) -> Bool { a.key == b.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// The name in U-labels, for people; `name` when it has none.
    public var unicode: String {
        guard !isPlain, name.contains(ascii: "xn--") else { return name }
        return Self.converted(name, by: backstamp_idna_to_unicode) ?? name
    }

    /// Whether every label that begins with `xn--` decodes to what UTS 46 allows; true, too, when ICU is not there to say.
    public var isValidIDN: Bool {
        isPlain || !name.contains(ascii: "xn--") || Self.converted(name, by: backstamp_idna_to_unicode) != nil
            || backstamp_icuuc_is_there() == 0
    }

    /// Labels from left to right.
    public var labels: [Substring] { name.split(separator: ".", omittingEmptySubsequences: false) }

    /// The name that its owner registered, by the public suffix list: `example.co.uk` of `www.example.co.uk`.
    ///
    /// A public suffix, an address literal and a name of one label are their own organisation.
    public var organisational: Domain {
        guard hasASCII || isUnconverted, !isLiteral else { return self }
        let registered = key.withCString { name in
            psl_registrable_domain(psl_builtin(), name).map { String(cString: $0) }
        }
        return registered.map { Domain($0) } ?? self
    }

    /// Whether somebody can have registered it: it stands below a suffix of the public list. True when that is not known.
    public var isRegistrable: Bool {
        if isUnconverted { return true }
        guard let ascii, !isLiteral, let top = ascii.split(separator: ".").last, top.utf8.count < ascii.utf8.count,
            psl_registrable_domain(psl_builtin(), ascii) != nil
        else { return false }
        // Other names pass for suffixes by the list's last rule, "*".
        return psl_is_public_suffix2(psl_builtin(), String(top), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0
    }

    /// A label that is made of letters which look like Latin ones and are not, all or some of them. UTS 39 §5
    public var imitation: String? {
        unicode.split(separator: ".").first { label in
            guard !label.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
            return Script.mixedWord(in: String(label)) != nil
                || Domain(String(label)).skeleton.utf8.allSatisfy { $0 < 0x80 }
        }.map(String.init)
    }

    /// An address in brackets instead of a name. RFC 5321 §4.1.3
    public var isLiteral: Bool { name.utf8.first == UInt8(ascii: "[") }

    /// Whether this is `other` or a name below it.
    public func isWithin(_ other: Domain) -> Bool {
        let start = key.utf8.count - other.key.utf8.count
        guard start > 0 else { return self == other }
        var (own, end) = (key, other.key)
        return own.withUTF8 { own in
            end.withUTF8 { own[start - 1] == UInt8(ascii: ".") && own[start...].elementsEqual($0) }
        }
    }

    /// Whether both belong to one registered name.
    public func isSameOrganisation(as other: Domain) -> Bool {
        if self == other { return true }
        if isUnconverted || other.isUnconverted {
            // Whether A-labels are those of the other name is not known.
            return isUnconverted && other.isUnconverted
                ? organisational == other.organisational
                : key.contains(ascii: "xn--") || other.key.contains(ascii: "xn--")
        }
        return organisational == other.organisational
    }

    /// What the name looks like: equal for names that can be mistaken for each other. For comparing only. UTS 39 §4
    public var skeleton: String {
        let name = unicode
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return Self.converted(name, by: backstamp_skeleton) ?? name }
        // The table's rows for what a host name in ASCII can have; a test compares them with ICU's.
        var skeleton: [UInt8] = []
        skeleton.reserveCapacity(name.utf8.count + 8)
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "m"): skeleton += [UInt8(ascii: "r"), UInt8(ascii: "n")]
            case UInt8(ascii: "0"): skeleton.append(UInt8(ascii: "O"))
            case UInt8(ascii: "1"): skeleton.append(UInt8(ascii: "l"))
            default: skeleton.append(byte)
            }
        }
        return String(decoding: skeleton, as: UTF8.self)
    }

    /// Whether the name can be mistaken for the other one, or is the same: both look alike. UTS 39 §4
    public func looks(like other: Domain) -> Bool { skeleton == other.skeleton }

    /// Whether the name can be mistaken for the other one, or for one below it.
    public func endsLooking(like other: Domain) -> Bool {
        skeleton.utf8.reversed().starts(with: other.skeleton.utf8.reversed())
    }

    private static func converted(
        _ name: String, by function: (UnsafePointer<CChar>?, Int32, UnsafeMutablePointer<CChar>?, Int32) -> Int32
    ) -> String? {
        var name = name
        guard name.utf8.count <= 1024 else { return nil }
        var result = [CChar](repeating: 0, count: 4096)
        let length = name.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                function(characters.baseAddress, Int32(characters.count), &result, Int32(result.count))
            }
        }
        guard length >= 0 else { return nil }
        return String(decoding: result.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
