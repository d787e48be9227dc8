import Mail
import Phrases

/// SpamAssassin, and what writes the same fields: amavis, Exim, MIMEDefang, Rspamd.
/// https://spamassassin.apache.org/full/4.0.x/doc/Mail_SpamAssassin_Conf.html
struct SpamAssassin: Vendor {
    let name = "SpamAssassin"
    let fields: [HeaderField.Name] = [
        "X-Spam-Status", "X-Spam-Flag", "X-Spam-Level", "X-Spam-Score", "X-Spam-Checker-Version", "X-Spam-Report",
    ]
    let fieldsToDoubt: [HeaderField.Name] = [
        "X-Spam-Status", "X-Spam-Flag", "X-Spam-Level", "X-Spam-Score", "X-Spam-Checker-Version",
    ]
    var samples: [VendorSample] {
        [
            VendorSample(
                "X-Spam-Status: Yes, score=7.1 required=5.0 tests=BAYES_99,DKIM_SIGNED,\r\n\tURIBL_BLACK autolearn=no autolearn_force=no version=3.4.2",
                isSpam: true, score: 7.1, of: 5,
                notes: [
                    "*BAYES_99:", "*DKIM_SIGNED:", "*URIBL_BLACK:", "autolearn:no", "autolearn_force:no",
                    "version:3.4.2",
                ]),
            VendorSample(
                "X-Spam-Status: No, score=-2.9 tagged_above=-999 required=6.31\r\n\ttests=[ALL_TRUSTED=-1, BAYES_00=-1.9] autolearn=ham",
                isSpam: false, score: -2.9, of: 6.31,
                notes: ["tagged_above:-999", "ALL_TRUSTED:-1", "*BAYES_00:-1.9", "autolearn:ham"]),
            VendorSample(
                "X-Spam-Status: No, hits=0.4 required=5.0\r\n\ttests=none", isSpam: false, score: 0.4, of: 5),
            VendorSample("X-Spam-Flag: YES", isSpam: true),
            VendorSample("X-Spam-Level: ****", notes: ["*level:****"]),
            VendorSample("X-Spam-Score: 4.3 (++++)", score: 4.3),
            VendorSample(
                "X-Spam-Checker-Version: SpamAssassin 3.4.2 (2018-09-13) on mx.example.net",
                notes: ["version:SpamAssassin 3.4.2 (2018-09-13) on mx.example.net"]),
            VendorSample(
                "X-Spam-Report: \r\n\t*  1.9 URIBL_BLACK Contains an URL listed in a blocklist\r\n\t*      [URIs: example.com]\r\n\t* -0.1 DKIM_VALID Message has a valid signature",
                notes: ["*URIBL_BLACK:1.9", "*DKIM_VALID:-0.1"]),
        ]
    }

    /// What tests are about, by their beginnings.
    private static let tests: [(beginning: String, meaning: Phrase)] = [
        ("BAYES_", "how much it reads like what was learnt as spam or not"), ("SPF_", "what SPF came to"),
        ("DKIM_", "what DKIM came to"), ("DMARC_", "what DMARC came to"), ("ARC_", "what ARC came to"),
        ("RCVD_IN_", "an address that a blocklist or a list of trust names"),
        ("URIBL_", "a link that a blocklist names"),
        ("FREEMAIL_", "an address at a free mail provider"), ("HTML_", "how the HTML is made"),
        ("MIME_", "how the parts are put together"), ("PYZOR_", "like what others have reported"),
        ("RAZOR2_", "like what others have reported"), ("DCC_", "sent to very many at once"),
    ]

    private static func meaning(_ test: String) -> Phrase? { tests.first { test.hasPrefix($0.beginning) }?.meaning }

    func read(_ field: HeaderField, _ message: Message) -> VendorVerdict? {
        var text = VendorText(field, message)
        var notes = VendorNotes()
        let word: Bool? = text.begins(with: ["yes"]) ? true : text.begins(with: ["no"]) ? false : nil
        if text.name == "X-Spam-Status" { return status(&text, word) }
        if text.name == "X-Spam-Report" {
            report(&text, &notes)
        } else if text.name == "X-Spam-Score" {
            let score = text.number().map { VendorVerdict.Score(value: $0, threshold: nil) }
            return VendorVerdict(self, text, isSpam: nil, score: score)
        } else if text.name == "X-Spam-Level" {
            let level = text.read(until: \.isFolding)
            notes.add("level", text.text(level), "a mark for each point", at: level)
        } else if text.name == "X-Spam-Checker-Version" {
            let version = text.position..<text.end
            notes.add("version", text.text(version), at: version)
        } else {
            return VendorVerdict(self, text, isSpam: word)
        }
        return VendorVerdict(self, text, isSpam: nil, notes: notes)
    }

    // status = ("Yes" / "No") "," *( key "=" value ) ; tests = name [ "=" number ] *( "," name [ "=" number ] )
    private func status(_ text: inout VendorText, _ isSpam: Bool?) -> VendorVerdict {
        let divides: (UInt8) -> Bool = { $0.isFolding || $0 == UInt8(ascii: ",") }
        var notes = VendorNotes()
        var value: Double?
        var threshold: Double?
        while text.next != nil {
            text.skip(divides)
            let start = text.position
            let key = text.text(text.read { divides($0) || $0 == UInt8(ascii: "=") })
            guard text.take("=") else { continue }
            switch key {
            case "score", "hits": value = text.number() ?? value
            case "required": threshold = text.number() ?? threshold
            case "tests": tests(&text, &notes)
            default: notes.add(key, text.text(text.read(until: divides)), at: start..<text.position)
            }
            // What is left of a value that is none of its kind.
            _ = text.read(until: divides)
        }
        return VendorVerdict(
            self, text, isSpam: isSpam, score: value.map { .init(value: $0, threshold: threshold) }, notes: notes)
    }

    /// The names end at a blank that no comma stands before.
    private func tests(_ text: inout VendorText, _ notes: inout VendorNotes) {
        let isEnd: (UInt8) -> Bool = { $0.isFolding || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "]") }
        let isBracketed = text.take("[")
        repeat {
            text.skip(\.isFolding)
            let start = text.position
            let name = text.text(text.read { isEnd($0) || $0 == UInt8(ascii: "=") })
            let points = text.take("=") ? text.text(text.read(until: isEnd)) : ""
            if !name.isEmpty, name != "none" { notes.add(name, points, Self.meaning(name), at: start..<text.position) }
        } while text.take(",")
        if isBracketed { _ = text.take("]") }
    }

    // line = [ "*" ] number name words
    /// A line for each test that counted; other lines go on with the words of the one before.
    private func report(_ text: inout VendorText, _ notes: inout VendorNotes) {
        while text.next != nil {
            text.skip { $0.isFolding || $0 == UInt8(ascii: "*") }
            let start = text.position
            if text.number() != nil {
                let points = text.text(start..<text.position)
                text.skip(\.isFolding)
                let name = text.text(text.read { !$0.isLetter && !$0.isDigit && $0 != UInt8(ascii: "_") })
                if name.utf8.count > 2, name.utf8.allSatisfy({ !(0x61...0x7A).contains($0) }) {
                    notes.add(name, points, Self.meaning(name), at: start..<text.position)
                }
            }
            _ = text.read { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        }
    }
}
