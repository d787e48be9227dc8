package import Mail

/// How a name can be taken for another that it has nothing to do with.
package enum DomainSimilarity: String, Sendable {
    case sameName = "has the same name under another suffix"
    case looks = "looks like it"
    case word = "has its name among other words"
    case affix = "has its name with letters before or behind it"
    case spelling = "is spelt almost alike"
    /// `contoso.com.login.test`
    case subdomain = "shows its name before its own"

    /// `nil` when it cannot be taken for it, or when both belong together.
    package static func between(_ domain: Domain, and known: Domain) -> DomainSimilarity? {
        let (own, other) = (domain.organisational, known.organisational)
        guard own != other, own.isHostName, other.isHostName else { return nil }
        let (name, brand) = (label(own), label(other))
        guard brand.utf8.count >= 4 else { return nil }
        if name == brand { return .sameName }
        if Domain(name).looks(like: Domain(brand)) { return .looks }
        let letters = brand.unicodeScalars.count
        if name.utf8.count > brand.utf8.count, words(name).contains(brand) { return .word }
        if letters >= 6, name.hasPrefix(brand) || name.hasSuffix(brand) { return .affix }
        if letters >= 5, distance(name, brand, atMost: letters >= 9 ? 2 : 1) != nil { return .spelling }
        let before = domain.description.utf8.dropLast(own.description.utf8.count)
        guard !before.isEmpty else { return nil }
        return before.split(separator: UInt8(ascii: ".")).contains { words(String(Substring($0))).contains(brand) }
            ? .subdomain : nil
    }

    /// A label, or what its hyphens part.
    private static func words(_ label: String) -> [String] {
        guard label.utf8.contains(UInt8(ascii: "-")) else { return [label] }
        return [label] + label.utf8.split(separator: UInt8(ascii: "-")).map { String(Substring($0)) }
    }

    /// The label that its owner chose: `example` of `example.co.uk`.
    package static func label(_ organisation: Domain) -> String {
        var name = organisation.unicode
        return name.withUTF8 { name in
            let label = name.drop { $0 == UInt8(ascii: ".") }.prefix { $0 != UInt8(ascii: ".") }
            return String(decoding: UnsafeBufferPointer(rebasing: label), as: UTF8.self)
        }
    }

    /// How many letters are to be changed, added, left out or swapped with the next one; `nil` when they are more than `limit`.
    /// Damerau, "A technique for computer detection and correction of spelling errors", 1964, restricted to neighbours.
    package static func distance(_ a: String, _ b: String, atMost limit: Int) -> Int? {
        // A scalar has four bytes at the most.
        guard a.utf8.count <= 252, b.utf8.count <= 252 else { return nil }
        let (a, b) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
        guard a.count <= 63, b.count <= 63, abs(a.count - b.count) <= limit else { return nil }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
                row.append(best)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count] <= limit ? last[b.count] : nil
    }
}

/// A domain whose imitations are looked for.
package struct ProtectedDomain: Sendable {
    package let domain: Domain
    /// Whether the user names it; else it is a recipient's.
    package let isNamed: Bool

    /// Those that the user names, and the recipients' own.
    package static func all(_ protected: [Domain], _ recipients: [Located<Mailbox>]) -> [ProtectedDomain] {
        var all = protected.map { ProtectedDomain(domain: $0.organisational, isNamed: true) }
        for mailbox in recipients.prefix(20) {
            guard let domain = mailbox.value.domain?.value.organisational, domain.isHostName,
                !FreeMail.isProvider(domain),
                !all.contains(where: { $0.domain == domain })
            else { continue }
            all.append(ProtectedDomain(domain: domain, isNamed: false))
        }
        return all
    }
}

extension Inspection {
    /// Whether a domain belongs to one that is protected: then it imitates none.
    package func isProtected(_ domain: Domain) -> Bool {
        let own = domain.organisational
        return protected.contains { $0.domain == own }
    }
}
