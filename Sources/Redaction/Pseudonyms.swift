import Inspection
import Mail

/// What stands for what: the same name always gets the same pseudonym, and names that belong together stay together.
struct Pseudonyms {
    private var organisations: [String: String] = [:]
    private var pseudonymsOfOrganisations: Set<String> = []
    /// The first of them, with what stands for each: new ones are compared with these.
    private var order: [(original: Domain, pseudonym: Domain)] = []
    private var labels: [String: String] = [:]
    /// The labels that owners of domains chose.
    private var brands: [String: String] = [:]
    private var users: [String: String] = [:]
    private var names: [String: String] = [:]
    private var addresses: [IPAddress: IPAddress] = [:]
    private var counts: [String: Int] = [:]
    /// Kinds of which there are too few.
    private var exhausted: Set<String> = []
    private var tokens: [String: String] = [:]
    /// Hosts of one label, ids and local parts that stand alone: replaced wherever they stand as a whole word.
    private(set) var words: [String: String] = [:]
    /// Every name and address of the message: no pseudonym is one of them.
    private var taken: Set<String> = []
    private var seed: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func take(_ original: String) { taken.insert(original.lowercased()) }

    mutating func take(all other: Pseudonyms) { taken.formUnion(other.taken) }

    /// `user1`, `user2` …; one that is in the message itself is left out. Where those that come next are all taken, for there are
    /// few of the kind, the last of them is used all the same.
    private mutating func next(_ kind: String, _ form: (Int) -> String) -> String {
        var name = ""
        for _ in 0..<(exhausted.contains(kind) ? 1 : Self.attempts) {
            let number = (counts[kind] ?? 0) + 1
            counts[kind] = number
            name = form(number)
            if !taken.contains(name.lowercased()) { return name }
        }
        exhausted.insert(kind)
        return name
    }

    private static let attempts = 12

    // MARK: Hosts

    /// A name whose registered part becomes another, and whose labels below it do unless they say only what a host does.
    mutating func host(_ original: String) -> String {
        let name = original.lowercased()
        let domain = Domain(name)
        var own = name.split(separator: ".", omittingEmptySubsequences: false)
        if name == "localhost" || name.hasSuffix(".arpa") || own.allSatisfy(\.isEmpty) { return original }
        guard own.count >= 2 else { return label(own[0]) }
        let ending: String
        // A name that DNS could not hold, for a label is too long, still ends in a registered one.
        let whole = domain.ascii == nil || !domain.isHostName ? Domain(own.suffix(4).joined(separator: ".")) : domain
        let registered = whole.organisational.description.split(separator: ".", omittingEmptySubsequences: false)
        if let service = KnownNames.serviceName(of: domain) {
            ending = service
            own.removeLast(min(own.count, service.split(separator: ".").count))
        } else if registered.count < 2 || registered.count > own.count {
            // Nobody can have registered it: only the last label, such as "local", is no secret.
            ending =
                KnownNames.isGeneric(label: own[own.count - 1]) ? String(own[own.count - 1]) : label(own[own.count - 1])
            own.removeLast()
        } else {
            own.removeLast(registered.count)
            ending = organisation(registered.joined(separator: "."))
        }
        let front = own.map { KnownNames.isGeneric(label: $0) || $0.isEmpty ? String($0) : label($0) }
        return (front + [ending]).joined(separator: ".")
    }

    /// Names that can be taken for one another get pseudonyms that can; others, such that cannot.
    private mutating func organisation(_ key: String) -> String {
        if let known = organisations[key] { return known }
        let domain = Domain(key)
        // A message that names more than a hundred organisations names them to no reader.
        let isCompared = order.count < Self.compared
        let isEncoded = key.contains("xn--")
        let twin: String?
        if !isCompared {
            twin = nil
        } else if let other = order.first(where: { $0.original.skeleton == domain.skeleton }) {
            twin = Self.confusable(other.pseudonym.description, isEncoded: isEncoded)
        } else {
            twin =
                order.lazy.compactMap { other in
                    DomainSimilarity.between(domain, and: other.original).map {
                        Self.twin(of: other.pseudonym.description, $0, isEncoded: isEncoded)
                    }
                }.first
        }
        var name = twin.flatMap { taken.contains($0) || pseudonymsOfOrganisations.contains($0) ? nil : $0 } ?? newName()
        // What nobody can have registered stays so: its last label is no secret.
        if !domain.isRegistrable, let top = key.split(separator: ".").last, top.utf8.count <= 5, top != "test" {
            name = name.prefix { $0 != "." } + "." + top
        }
        organisations[key] = name
        pseudonymsOfOrganisations.insert(name)
        if isCompared { order.append((domain, Domain(name))) }
        let label = String(name.prefix { $0 != "." })
        labels[String(key.prefix { $0 != "." })] = label
        brands[String(key.prefix { $0 != "." })] = label
        return name
    }

    /// How many names a new one is compared with.
    private static let compared = 100

    /// The same to the eye: a one for an "l", or a Cyrillic "o" where the original was encoded.
    private static func confusable(_ name: String, isEncoded: Bool) -> String {
        let label = String(name.prefix { $0 != "." })
        let ending = String(name.dropFirst(label.count))
        guard isEncoded else { return label.replacing("l", with: "1") + ending }
        return Domain(label.replacing("o", with: "\u{43E}") + ending).ascii ?? label + "-x" + ending
    }

    private static func twin(of name: String, _ similarity: DomainSimilarity, isEncoded: Bool) -> String {
        let label = name.prefix { $0 != "." }
        switch similarity {
        case .sameName: return label + ".test"
        case .looks: return confusable(name, isEncoded: isEncoded)
        case .word: return "\(label)-x.example"
        case .affix: return "\(label)xx.example"
        case .spelling: return "\(label.dropLast())\(label.last == "u" ? "i" : "u").example"
        case .subdomain: return "x\(label.count).example"
        }
    }

    /// A name of four syllables that looks like none of the others: each has an "l", which a one can be taken for.
    private mutating func newName() -> String {
        var name = Domain("")
        for _ in 0..<Self.attempts {
            let label = (0..<4).map { index in
                "\(index == 1 ? "l" : pick("bdfgkprstvz"))\(index == 1 ? "o" : pick("aei"))"
            }.joined()
            let isCompared = order.count < Self.compared
            name = Domain("\(label)\(isCompared ? "" : "\(organisations.count)").example")
            let isAlike = isCompared && order.contains { DomainSimilarity.between(name, and: $0.pseudonym) != nil }
            if !isAlike, !taken.contains(name.description), !pseudonymsOfOrganisations.contains(name.description) {
                break
            }
        }
        return name.description
    }

    private mutating func pick(_ letters: String) -> Character {
        letters[letters.index(letters.startIndex, offsetBy: Int(random() % UInt64(letters.count)))]
    }

    private mutating func label(_ label: Substring) -> String {
        let key = String(label)
        if let known = labels[key] { return known }
        // What is too long for DNS stays so. RFC 1035 §2.3.4
        if key.utf8.count > 63 { return token(key) }
        let name = next("host") { "host\($0)" }
        labels[key] = name
        return name
    }

    // MARK: People

    /// A local part. Marks that forwarders and senders of bounces put into it stay, and what they enclose is replaced.
    mutating func localPart(_ original: String) -> String {
        if let word = words[original.lowercased()] { return word }
        let pieces = Self.pieces(original)
        guard pieces.count > 1 else { return user(original) }
        return pieces.map { piece in
            if piece.isSeparator || piece.text.utf8.count <= 2 { return piece.text }
            if piece.text.utf8.contains(UInt8(ascii: ".")), Domain(piece.text).isRegistrable { return host(piece.text) }
            if piece.text.utf8.allSatisfy(\.isDigit) { return token(piece.text) }
            return user(piece.text)
        }.joined()
    }

    private static func pieces(_ text: String) -> [(text: String, isSeparator: Bool)] {
        var pieces: [(text: String, isSeparator: Bool)] = []
        var piece = ""
        for character in text {
            guard "=+#~".contains(character) else {
                piece.append(character)
                continue
            }
            if !piece.isEmpty { pieces.append((piece, false)) }
            pieces.append((String(character), true))
            piece = ""
        }
        if !piece.isEmpty { pieces.append((piece, false)) }
        return pieces
    }

    private mutating func user(_ original: String) -> String {
        let key = original.lowercased()
        if KnownNames.roles.contains(key) { return original }
        // A list's own addresses: "name-bounces", "owner-name".
        for role in ["-bounces", "-request", "-owner", "-admin", "-return", "-unsubscribe"]
        where key.hasSuffix(role) && key != role {
            return user(String(original.dropLast(role.count))) + role
        }
        if key.hasPrefix("owner-"), key != "owner-" { return "owner-" + user(String(original.dropFirst(6))) }
        if let known = users[key] { return known }
        let name = Self.isToken(original) ? token(original) : next("user") { "user\($0)" }
        users[key] = name
        return name
    }

    /// Remembers a person's name, so that each word of it is replaced wherever it stands.
    mutating func addName(_ text: String) {
        for word in Self.words(text) where !KnownNames.isCommon(word) && names[word.lowercased()] == nil {
            names[word.lowercased()] = next("name") { "Name\($0)" }
        }
    }

    /// What stands for a word of a name; for a domain's own label, what stands for that.
    func name(_ word: String) -> String? {
        let key = word.lowercased()
        return key.utf8.count >= 4 && !KnownNames.isCommon(key) ? brands[key] ?? names[key] : names[key]
    }

    /// Runs of letters, with hyphens and apostrophes dividing them.
    static func words(_ text: String) -> [String] {
        text.split { !$0.isLetter }.map(String.init)
    }

    // MARK: Addresses

    /// An address for the same use: a public one becomes one for documentation (RFC 5737, RFC 3849), a private one stays private.
    mutating func address(_ original: IPAddress) -> IPAddress {
        if let known = addresses[original] { return known }
        let found: IPAddress
        switch original.scope {
        case .global where WellKnown.network(of: original) != nil: found = neighbour(of: original)
        case .loopback, .reserved: found = original
        case .global, .documentation: found = original.isV6 ? numbered6("2001:db8:", original) : documentation(original)
        case .privateUse where original.isV6: found = numbered6("fd00:", original)
        case .linkLocal where original.isV6: found = numbered6("fe80:", original)
        case .privateUse, .shared, .linkLocal: found = numbered4(original)
        }
        addresses[original] = found
        return found
    }

    /// Another address of the same provider's network: whose it is decides where trust ends.
    private mutating func neighbour(of original: IPAddress) -> IPAddress {
        guard let block = WellKnown.network(of: original) else { return original }
        let fixed = block.prefixLength / 8
        let text = next(block.description) { number in
            var bytes = Array(block.address.bytes.prefix(fixed)) + original.bytes[fixed...].map { _ in UInt8(0) }
            // The bits of a byte that the prefix divides stay as they are.
            if block.prefixLength % 8 > 0 { bytes[fixed] = block.address.bytes[fixed] }
            bytes[bytes.count - 1] = UInt8(truncatingIfNeeded: number)
            bytes[bytes.count - 2] = UInt8(truncatingIfNeeded: number >> 8)
            return IPAddress(bytes: bytes)?.description ?? original.description
        }
        return IPAddress(text) ?? original
    }

    private mutating func documentation(_ original: IPAddress) -> IPAddress {
        let text = next("public") { number in
            // 762 of them; a message with more has some twice.
            let index = (number - 1) % 762
            return "\(["192.0.2", "198.51.100", "203.0.113"][index / 254]).\(index % 254 + 1)"
        }
        return IPAddress(text) ?? original
    }

    private mutating func numbered4(_ original: IPAddress) -> IPAddress {
        // 172.16/12, 192.168/16, 169.254/16 and 100.64/10 need their second number. RFC 6890
        let front = [10: "10.0", 172: "172.16", 192: "192.168", 169: "169.254"][original.bytes[0]] ?? "100.64"
        let text = next(front) { "\(front).\($0 / 250 % 250).\($0 % 250 + 1)" }
        return IPAddress(text) ?? original
    }

    private mutating func numbered6(_ prefix: String, _ original: IPAddress) -> IPAddress {
        let text = next(prefix) { "\(prefix):\(String($0, radix: 16))" }
        return IPAddress(text) ?? original
    }

    // MARK: Tokens

    /// Whether a word looks made by a machine: long, of letters and digits.
    static func isToken(_ word: String) -> Bool {
        if KnownNames.isDate(word) || KnownNames.isCipher(word) { return false }
        let digits = word.utf8.count(where: \.isDigit)
        let letters = word.utf8.count(where: \.isLetter)
        return word.utf8.count >= 12 && digits >= 2 && letters >= 2 || digits >= 7 && letters <= 2
    }

    /// Remembers a word to be replaced wherever it stands, by one of the same shape that holds the same time.
    mutating func addID(_ id: String, keeping isSame: (String) -> Bool) {
        let key = id.lowercased()
        guard words[key] == nil, id.utf8.count >= 4 else { return }
        var result = Array(id.utf8)
        // A date in digits stays a date: 20261120095700.
        let digits = result.prefix { $0.isDigit }.count
        let date = digits >= 12 && ["19", "20"].contains { id.hasPrefix($0) } ? min(digits, 14) : 0
        // From the end: what tells the time stands in front, and is left as it is.
        for index in result.indices.dropFirst(date).reversed() {
            let before = result[index]
            result[index] = other(before, isHex: false)
            if !isSame(String(decoding: result, as: UTF8.self)) { result[index] = before }
        }
        words[key] = String(decoding: result, as: UTF8.self)
    }

    /// Remembers a word that only its field tells from others.
    mutating func addWord(_ word: String, as pseudonym: String) {
        if words[word.lowercased()] == nil { words[word.lowercased()] = pseudonym }
    }

    /// Another word of the same shape: letters for letters, digits for digits, and the same one whatever the case.
    mutating func token(_ original: String) -> String {
        let key = original.lowercased()
        let isHex = key.utf8.allSatisfy { $0.isDigit || (0x61...0x66).contains($0) }
        let small = tokens[key] ?? String(decoding: key.utf8.map { other($0, isHex: isHex) }, as: UTF8.self)
        tokens[key] = small
        guard key.utf8.count == original.utf8.count else { return small }
        return String(
            decoding: zip(small.utf8, original.utf8).map { (0x41...0x5A).contains($1) && $0.isLetter ? $0 & 0xDF : $0 },
            as: UTF8.self)
    }

    private mutating func other(_ byte: UInt8, isHex: Bool) -> UInt8 {
        let (first, count): (UInt8, UInt8) =
            switch byte {
            case 0x30...0x39: (0x30, 10)
            case 0x41...0x5A: (0x41, isHex ? 6 : 26)
            case 0x61...0x7A: (0x61, isHex ? 6 : 26)
            default: (byte, 1)
            }
        guard count > 1 else { return byte }
        let step = UInt8(truncatingIfNeeded: random() % UInt64(count - 1)) + 1
        return first + (byte - first + step) % count
    }

    /// xorshift64; what is wanted is another letter, not a secret. Marsaglia, "Xorshift RNGs", 2003
    private mutating func random() -> UInt64 {
        seed ^= seed << 13
        seed ^= seed >> 7
        seed ^= seed << 17
        return seed
    }
}
