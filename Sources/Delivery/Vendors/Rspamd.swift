import Mail
import Phrases

/// Rspamd. https://docs.rspamd.com/modules/milter_headers
struct Rspamd: Vendor {
    let name = "Rspamd"
    let fields: [HeaderField.Name] = ["X-Spam", "X-Spamd-Result", "X-Rspamd-Action", "X-Rspamd-Score", "X-Spamd-Bar"]
    let fieldsToDoubt: [HeaderField.Name] = ["X-Spamd-Result", "X-Rspamd-Action"]
    var samples: [VendorSample] {
        [
            VendorSample("X-Spam: Yes", isSpam: true),
            VendorSample(
                "X-Spamd-Result: default: True [17.30 / 15.00];\r\n\tBAYES_SPAM(5.10)[100.00%];\r\n\t*R_SPF_FAIL(1.00)[-all:c];\r\n\tASN(0.00)[asn:64496, ipnet:192.0.2.0/24, country:ZZ]",
                isSpam: true, score: 17.3, of: 15,
                notes: [
                    "*BAYES_SPAM:5.10 100.00%", "*R_SPF_FAIL:1.00 -all:c",
                    "ASN:0.00 asn:64496, ipnet:192.0.2.0/24, country:ZZ",
                ]),
            VendorSample(
                "X-Spamd-Result: default: False [-1.60 / 15.00]; DMARC_POLICY_ALLOW(-0.50)[example.com,none]; RCVD_TLS_ALL(0.00)[]",
                score: -1.6, of: 15, notes: ["*DMARC_POLICY_ALLOW:-0.50 example.com,none", "RCVD_TLS_ALL:0.00"]),
            VendorSample("X-Rspamd-Action: add header", isSpam: true, notes: ["*action:add header"]),
            VendorSample("X-Rspamd-Action: no action", isSpam: false, notes: ["*action:no action"]),
            VendorSample("X-Rspamd-Score: 4.2 / 15 / 6", score: 4.2),
            VendorSample("X-Spamd-Bar: ++++", notes: ["*bar:++++"]),
        ]
    }

    /// What the actions are, those first that mean spam.
    private static let actions: [(name: StaticString, isSpam: Bool?, meaning: Phrase)] = [
        ("reject", true, "the filter wants it refused"), ("add header", true, "the filter wants it marked as spam"),
        ("rewrite subject", true, "the filter wants its subject marked"),
        ("quarantine", true, "the filter wants it kept apart"),
        ("no action", false, "the filter lets it pass"),
        ("greylist", nil, "the filter wants it to be sent again later"),
        ("soft reject", nil, "the filter wants it refused for now"),
    ]

    /// What symbols are about, by their beginnings.
    private static let symbols: [(beginning: String, meaning: Phrase)] = [
        ("BAYES_", "how much it reads like what was learnt as spam or not"), ("R_SPF_", "what SPF came to"),
        ("R_DKIM_", "what DKIM came to"), ("DMARC_", "what DMARC came to"), ("ARC_", "what ARC came to"),
        ("RBL_", "an address that a blocklist names"), ("URIBL_", "a link that a blocklist names"),
        ("FUZZY_", "like what others have reported"), ("NEURAL_", "what a neural network made of the other symbols"),
        ("GREYLIST", "whether it was sent again later"),
    ]

    func read(_ field: HeaderField, _ message: Message) -> VendorVerdict? {
        var text = VendorText(field, message)
        if text.name == "X-Spamd-Result" { return result(&text) }
        if text.name == "X-Rspamd-Score" {
            guard let score = text.number() else { return nil }
            return VendorVerdict(self, text, isSpam: nil, score: .init(value: score, threshold: nil))
        }
        if text.name == "X-Spam" {
            return VendorVerdict(
                self, text, isSpam: text.begins(with: ["yes"]) ? true : text.begins(with: ["no"]) ? false : nil)
        }
        var notes = VendorNotes()
        if text.name == "X-Spamd-Bar" {
            let bar = text.read(until: \.isFolding)
            notes.add("bar", text.text(bar), "a plus or a minus for each point", at: bar)
            return VendorVerdict(self, text, isSpam: nil, notes: notes)
        }
        let action = Self.actions.first { text.begins(with: [$0.name]) }
        let range = text.read(upTo: ";")
        if !range.isEmpty { notes.add("action", text.text(range), action?.meaning, at: range) }
        return VendorVerdict(self, text, isSpam: action?.isSpam, notes: notes)
    }

    // result = metric ":" ("True" / "False") "[" number "/" number "]" *( ";" name "(" number ")" [ "[" options "]" ] )
    /// The threshold is that of refusing: "False" does not say that the message is no spam.
    private func result(_ text: inout VendorText) -> VendorVerdict {
        _ = text.read { $0 == UInt8(ascii: ":") }
        _ = text.take(":")
        text.skip(\.isFolding)
        let isSpam: Bool? = text.begins(with: ["true"]) ? true : nil
        _ = text.read { $0 == UInt8(ascii: "[") }
        guard text.take("["), let value = text.number() else { return VendorVerdict(self, text, isSpam: isSpam) }
        text.skip(\.isFolding)
        let threshold = text.take("/") ? text.number() : nil
        _ = text.read { $0 == UInt8(ascii: ";") }
        var notes = VendorNotes()
        while text.take(";") {
            text.skip(\.isFolding)
            let start = text.position
            _ = text.take("*")
            let name = text.read { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ";") || $0.isFolding }
            guard text.take("(") else {
                _ = text.read { $0 == UInt8(ascii: ";") }
                continue
            }
            let points = text.read { $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: ";") }
            _ = text.take(")")
            // A semicolon can stand among the options.
            var value = text.text(points)
            if text.take("[") {
                let options = text.read { $0 == UInt8(ascii: "]") }
                _ = text.take("]")
                if !options.isEmpty { value += " " + text.text(options) }
            }
            let key = text.text(name)
            notes.add(
                key, value, Self.symbols.first { key.hasPrefix($0.beginning) }?.meaning, at: start..<text.position)
            _ = text.read { $0 == UInt8(ascii: ";") }
        }
        return VendorVerdict(self, text, isSpam: isSpam, score: .init(value: value, threshold: threshold), notes: notes)
    }
}
