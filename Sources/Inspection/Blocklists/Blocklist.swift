package import DNS
package import Mail
package import Phrases

/// A list that is published as a DNS zone, of addresses or of domains. RFC 5782
package struct Blocklist: Sendable {
    /// What it lists.
    package enum Kind: String, Sendable {
        case addresses, domains
    }

    package let zone: Domain
    package let name: String
    package let kind: Kind
    /// Whether it lists whom to trust; the others list whom not to.
    package let isWelcome: Bool
    private let codes: Codes
    /// Answers by which this list refuses to answer, beside those that all have in common.
    private let refusals: [UInt32: Phrase]

    /// How its answers are to be read.
    private enum Codes: Sendable {
        /// One meaning for each address.
        case exact([UInt32: Phrase])
        /// A bit of the last byte for each meaning.
        case bits([(bit: UInt32, meaning: Phrase)])
        /// The last byte is how far whoever is listed can be trusted.
        case trust
    }

    /// A list of the user's own, whose codes nobody has told.
    package init(_ zone: Domain, of kind: Kind) {
        self.init(zone, zone.description, kind, .exact([:]))
    }

    private init(
        _ zone: Domain, _ name: String, _ kind: Kind, _ codes: Codes, isWelcome: Bool = false,
        refusals: [UInt32: Phrase] = [:]
    ) {
        (self.zone, self.name, self.kind, self.codes) = (zone, name, kind, codes)
        (self.isWelcome, self.refusals) = (isWelcome, refusals)
    }

    /// The lists that are asked unless others are named: large, free for small use, with documented codes.
    package static let standard = [
        // https://docs.spamhaus.com/datasets/docs/source/10-data-type-documentation/datasets/040-zones.html
        Blocklist(
            Domain("zen.spamhaus.org"), "Spamhaus ZEN", .addresses,
            .exact([
                0x7F00_0002: "a source of spam (SBL)", 0x7F00_0003: "a source of spam, found by machine (CSS)",
                0x7F00_0004: "an infected or open host (XBL)",
                0x7F00_0009: "a network in the hands of criminals (DROP)",
                0x7F00_000A: "an end user's line, says its provider (PBL)",
                0x7F00_000B: "an end user's line (PBL)", 0x7F00_001E: "a host that controls infected ones (BCL)",
            ])),
        // https://www.spamcop.net/bl.shtml
        Blocklist(Domain("bl.spamcop.net"), "SpamCop", .addresses, .exact([0x7F00_0002: "reported for spam"])),
        // https://psbl.org/howto
        Blocklist(Domain("psbl.surriel.com"), "PSBL", .addresses, .exact([0x7F00_0002: "has sent to spam traps"])),
        // https://www.dnswl.org/?page_id=15
        Blocklist(
            Domain("list.dnswl.org"), "DNSWL", .addresses, .trust, isWelcome: true,
            refusals: [0x7F00_00FF: "too many questions were asked (127.0.0.255)"]),
        Blocklist(
            Domain("dbl.spamhaus.org"), "Spamhaus DBL", .domains,
            .exact([
                0x7F00_0102: "a domain of bad repute", 0x7F00_0104: "phishing", 0x7F00_0105: "malware",
                0x7F00_0106: "control of infected hosts", 0x7F00_0166: "an honest domain abused for spam",
                0x7F00_0167: "an honest redirector abused", 0x7F00_0168: "an honest domain abused for phishing",
                0x7F00_0169: "an honest domain abused for malware",
                0x7F00_016A: "an honest domain abused to control infected hosts",
            ]), refusals: [0x7F00_01FF: "it was asked for an address (127.0.1.255)"]),
        // https://surbl.org/lists
        Blocklist(
            Domain("multi.surbl.org"), "SURBL", .domains,
            .bits([(8, "phishing"), (16, "malware"), (64, "abuse"), (128, "a cracked site")])),
        // https://uribl.com/about.shtml
        Blocklist(
            Domain("multi.uribl.com"), "URIBL", .domains,
            .bits([(2, "seen in spam (black)"), (4, "seen in unwanted bulk mail (grey)"), (8, "newly seen (red)")])),
    ]
}

/// What one list says about one address or domain of a message.
package struct Listing: Sendable {
    package enum Subject: Hashable, Sendable, CustomStringConvertible {
        case address(IPAddress)
        case domain(Domain)

        package var description: String {
            switch self {
            case .address(let address): address.description
            case .domain(let domain): domain.description
            }
        }
    }

    package enum Outcome: Sendable {
        case notListed
        /// For these reasons.
        case listed([Phrase])
        /// The list answers, and says nothing about the name: why, as far as that is known.
        case refused(Phrase)
        case unknown(ResolutionFailure)
    }

    package let list: Blocklist
    package let subject: Subject
    /// Where the message has it.
    package let range: ByteRange?
    package let answer: Result<Answer, ResolutionFailure>

    package var outcome: Outcome {
        switch answer {
        case .failure(let failure): .unknown(failure)
        case .success(let answer): list.read(answer)
        }
    }

    /// Whether it is listed among those whom not to trust.
    package var isBad: Bool { if case .listed = outcome { !list.isWelcome } else { false } }
}

extension Blocklist {
    // RFC 5782 §2.1: the address's bytes in reverse order, §2.4: its nibbles; §3: names as they are
    package func question(_ subject: Listing.Subject) -> Question? {
        switch (subject, kind) {
        case (.address(let address), .addresses): Question(Domain("\(address.reversed).\(zone)"), .a)
        case (.domain(let domain), .domains): Question(Domain("\(domain.ascii ?? domain.description).\(zone)"), .a)
        default: nil
        }
    }

    /// Codes that say why a list does not answer stand before all others: none of them lists anything.
    package func read(_ answer: Answer) -> Listing.Outcome {
        guard !answer.addresses.isEmpty else { return .notListed }
        let found = answer.addresses.map { address in
            address.bytes.count == 4 ? address.bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } : 0
        }
        for code in found { if let reason = refusal(code) { return .refused(reason) } }
        var reasons: [Phrase] = []
        for (code, address) in zip(found, answer.addresses) { reasons += meanings(code, address) }
        return .listed(reasons)
    }

    /// Why a code is no listing: RFC 5782 §5, and what operators have added.
    private func refusal(_ code: UInt32) -> Phrase? {
        switch code {
        case 0x7FFF_FFFC: "the list's name is misspelt (127.255.255.252)"
        case 0x7FFF_FFFE: "it does not answer public resolvers (127.255.255.254)"
        case 0x7FFF_FFFF: "too many questions were asked (127.255.255.255)"
        case 0x7FFF_FF00...0x7FFF_FFFF: "it reports an error (127.255.255.\(Int(code & 0xFF)))"
        case 0x7F00_0001: "it does not answer this resolver (127.0.0.1)"
        case _ where code >> 24 != 127: "its answer is no code: the zone may have been given up"
        default: refusals[code]
        }
    }

    private func meanings(_ code: UInt32, _ address: IPAddress) -> [Phrase] {
        switch codes {
        case .exact(let meanings): return [meanings[code] ?? "listed (\(address))"]
        case .bits(let meanings):
            let found = meanings.filter { code & $0.bit != 0 }.map(\.meaning)
            return found.isEmpty ? ["listed (\(address))"] : found
        case .trust:
            let words: [Phrase] = ["no trust", "low trust", "medium trust", "high trust"]
            let level = Int(code & 0xFF)
            return [words.indices.contains(level) ? words[level] : "listed (\(address))"]
        }
    }
}
