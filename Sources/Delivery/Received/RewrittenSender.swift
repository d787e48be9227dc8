package import Mail

/// Whom a Return-Path stands for that a forwarder or a bounce handler made: the sender before it (SRS, BATV), the recipient whose
/// bounce it is (VERP), the account that forwards (Gmail).
package struct RewrittenSender: Hashable, Sendable {
    /// `SRS`, `BATV`, `VERP`, `Gmail's forwarding`.
    package let scheme: String
    package let address: String

    /// SRS0=HASH=TT=DOMAIN=LOCAL@forwarder, SRS1=HASH=FORWARDER==HASH=TT=DOMAIN=LOCAL, prvs=TAG=LOCAL@domain, btv1==TAG==LOCAL,
    /// LIST-bounces+LOCAL=DOMAIN@host.
    package init?(_ mailbox: Mailbox) {
        let local = mailbox.localPart.value
        guard local.utf8.contains(UInt8(ascii: "=")) else { return nil }
        let lower = local.lowercased()
        if lower.hasPrefix("srs0"), local.split(separator: "=").count >= 5 {
            let pieces = local.split(separator: "=", maxSplits: 4).map(String.init)
            (scheme, address) = ("SRS", "\(pieces[4])@\(pieces[3])")
        } else if lower.hasPrefix("srs1"), let middle = local.firstRange(of: "==") {
            let pieces = local[middle.upperBound...].split(separator: "=", maxSplits: 3).map(String.init)
            guard pieces.count == 4 else { return nil }
            (scheme, address) = ("SRS", "\(pieces[3])@\(pieces[2])")
        } else if lower.hasPrefix("prvs="), let last = local.split(separator: "=", maxSplits: 2).dropFirst(2).first,
            let domain = mailbox.domain
        {
            (scheme, address) = ("BATV", "\(last)@\(domain.value)")
        } else if lower.hasPrefix("btv1=="), let last = local.components(after: "==", count: 2),
            let domain = mailbox.domain
        {
            (scheme, address) = ("BATV", "\(last)@\(domain.value)")
        } else if let mark = local.firstRange(of: "+caf_="), let domain = mailbox.domain {
            // USER+caf_=RECIPIENT=DOMAIN@gmail.com: the account that forwards.
            (scheme, address) = ("Gmail's forwarding", "\(local[..<mark.lowerBound])@\(domain.value)")
        } else if let equals = local.lastIndex(of: "="), let user = Self.recipient(local[..<equals]) {
            let host = Domain(String(local[local.index(after: equals)...]))
            guard host.isHostName else { return nil }
            (scheme, address) = ("VERP", "\(user)@\(host)")
        } else {
            return nil
        }
    }

    /// The recipient's name in LIST-bounces+NAME, bounces+NUMBER-HASH-NAME, LIST-return-NUMBER-NAME; `…` where it cannot be told where it
    /// begins, because names have hyphens too.
    private static func recipient(_ text: Substring) -> String? {
        // "+2D" stands for a hyphen of the name. draft-varshavchik-verp-smtpext
        let pieces = text.split(separator: "+", omittingEmptySubsequences: false)
        var plain: [String] = []
        for piece in pieces {
            if piece.hasPrefix("2D"), let last = plain.popLast() {
                plain.append(last + "\u{0}" + piece.dropFirst(2))
            } else {
                plain.append(String(piece))
            }
        }
        guard let last = plain.last else { return nil }
        var names = last.split(separator: "-")
        let isSendGrid = names.count > 2 && names[0].allSatisfy(\.isNumber) && names[1].count == 4
        if isSendGrid { names.removeFirst(2) }
        var isMarked = plain.count > 1 || isSendGrid
        while names.count > 1, isTag(names[0]) || names.contains(where: { marks.contains($0.lowercased()) }) {
            names.removeFirst()
            isMarked = true
        }
        guard isMarked, !names.isEmpty else { return nil }
        let name = names.joined(separator: "-").replacing("\u{0}", with: "-")
        return names.count == 1 || plain.count > 1 || isSendGrid ? name : "…"
    }

    private static let marks: Set = ["bounce", "bounces", "return"]

    /// A number, or a hash in hexadecimal digits.
    private static func isTag(_ text: Substring) -> Bool {
        text.contains(where: \.isNumber) && text.allSatisfy { $0.isHexDigit || $0 == "." }
    }
}

extension String {
    /// What follows the mark's occurrence of that number.
    fileprivate func components(after mark: String, count: Int) -> Substring? {
        var rest = self[...]
        for _ in 0..<count {
            guard let range = rest.firstRange(of: mark) else { return nil }
            rest = rest[range.upperBound...]
        }
        return rest.isEmpty ? nil : rest
    }
}
