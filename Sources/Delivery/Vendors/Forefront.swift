import Mail
import Phrases

/// Exchange Online Protection and Exchange, once Forefront.
/// https://learn.microsoft.com/en-us/defender-office-365/message-headers-eop-mdo
struct Forefront: Vendor {
    let name = "Microsoft"
    let fields: [HeaderField.Name] = [
        "X-MS-Exchange-Organization-SCL", "X-Forefront-Antispam-Report", "X-Microsoft-Antispam",
    ]
    var samples: [VendorSample] {
        [
            VendorSample("X-MS-Exchange-Organization-SCL: 9", isSpam: true, score: 9, of: 5, notes: ["*SCL:9"]),
            VendorSample("X-MS-Exchange-Organization-SCL: -1", isSpam: false, score: -1, of: 5, notes: ["*SCL:-1"]),
            VendorSample(
                "X-Forefront-Antispam-Report:\r\n\tCIP:192.0.2.1;CTRY:ZZ;LANG:en;SCL:5;SRV:;IPV:NLI;SFV:SPM;H:hello.example;PTR:name.example;CAT:SPM;SFS:(13230040)(4636009);DIR:INB;",
                isSpam: true, score: 5, of: 5,
                notes: [
                    "*CIP:192.0.2.1", "*CTRY:ZZ", "*LANG:en", "*SCL:5", "SRV:", "*IPV:NLI", "*SFV:SPM",
                    "*H:hello.example",
                    "*PTR:name.example", "*CAT:SPM", "*SFS:(13230040)(4636009)", "*DIR:INB",
                ]),
            VendorSample(
                "X-Forefront-Antispam-Report: CIP:2001:db8::1;SCL:1;SFV:NSPM;CAT:NONE;SFTY:9.25", isSpam: false,
                score: 1,
                of: 5, notes: ["*CIP:2001:db8::1", "*SCL:1", "*SFV:NSPM", "*CAT:NONE", "*SFTY:9.25"]),
            VendorSample("X-Microsoft-Antispam: BCL:8;ARA:1|2;", notes: ["*BCL:8", "ARA:1|2"]),
        ]
    }

    /// The header firewall takes the fields of an organisation off what comes from outside; they stand at the end of the header.
    func owns(_ field: HeaderField, in message: Message, at home: Domain) -> Bool {
        home.isWithin(Domain("outlook.com")) && VendorText(field, message).name == "X-MS-Exchange-Organization-SCL"
    }

    func read(_ field: HeaderField, _ message: Message) -> VendorVerdict? {
        var text = VendorText(field, message)
        var notes = VendorNotes()
        var (level, verdict): (Double?, Bool?)
        if text.name == "X-MS-Exchange-Organization-SCL" {
            let start = text.position
            level = text.number()
            guard let level else { return nil }
            notes.add("SCL", text.text(start..<text.position), Self.level(level), at: start..<text.position)
        } else {
            // report = *( key ":" value ";" ) ; a value can have colons
            while text.next != nil {
                text.skip { $0.isFolding || $0 == UInt8(ascii: ";") }
                let start = text.position
                let key = text.text(text.read { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") })
                guard text.take(":") else { continue }
                text.skip(\.isFolding)
                var reading = text
                let range = text.read(upTo: ";")
                let value = text.text(range)
                let number = reading.number()
                if key == "SCL" { level = number }
                if key == "SFV" { verdict = Self.isSpam[value] }
                let (meaning, certainty) = Self.meaning(key, value, number)
                notes.add(key, value, meaning, certainty, at: start..<max(start, range.upperBound))
            }
            if notes.all.isEmpty { return nil }
        }
        let isSpam = verdict ?? level.map { $0 >= 5 }
        return VendorVerdict(
            self, text, isSpam: isSpam, score: level.map { .init(value: $0, threshold: 5) }, notes: notes,
            summary: level.map { "confidence level \(Int($0)) of 9" })
    }

    private static func meaning(_ key: String, _ value: String, _ number: Double?) -> (Phrase?, VendorNote.Certainty) {
        switch key {
        case "SCL": return (number.flatMap(level), .documented)
        case "BCL": return (number.flatMap(bulk), .documented)
        // The vendor leaves its rules unexplained on purpose.
        case "SFS": return (value.isEmpty ? nil : keys[key], .guess)
        case "DIR": return (values["DIR:" + value], .guess)
        default: return (values[key + ":" + value] ?? (value.isEmpty ? nil : keys[key]), .documented)
        }
    }

    private static func level(_ number: Double) -> Phrase? {
        switch number {
        case -1: "was not filtered"
        case 0...1: "not spam"
        case 5...6: "spam"
        case 7...9: "surely spam"
        default: nil
        }
    }

    private static func bulk(_ number: Double) -> Phrase? {
        switch number {
        case 0: "not sent in bulk"
        case 1...3: "bulk mail that few complain about"
        case 4...7: "bulk mail that some complain about"
        case 8...9: "bulk mail that many complain about"
        default: nil
        }
    }

    /// What the filter's own verdicts say.
    private static let isSpam = [
        "SPM": true, "SKS": true, "SKB": true, "BLK": true, "NSPM": false, "SKN": false, "SKA": false, "SKI": false,
        "SKQ": false, "SFE": false,
    ]

    private static let keys: [String: Phrase] = [
        "CIP": "the address that handed the message over", "CTRY": "the country of that address",
        "LANG": "the language that the filter took the text for", "H": "what the server called itself",
        "PTR": "the reverse name of that address", "SFS": "rules that the vendor does not explain",
    ]

    private static let values: [String: Phrase] = [
        "SFV:NSPM": "not spam", "SFV:SPM": "spam",
        "SFV:SKN": "a rule of the organisation let it pass before the filter",
        "SFV:SKS": "a rule of the organisation marked it as spam before the filter",
        "SFV:SKA": "the organisation's list of allowed senders let it pass",
        "SFV:SKB": "the organisation's list of blocked senders stopped it", "SFV:SKI": "sent inside the organisation",
        "SFV:SKQ": "released from quarantine", "SFV:SFE": "the recipient's list of safe senders let it pass",
        "SFV:BLK": "the recipient's list of blocked senders stopped it", "CAT:NONE": "nothing was found",
        "CAT:BULK": "bulk mail", "CAT:SPM": "spam", "CAT:HSPM": "surely spam", "CAT:PHSH": "phishing",
        "CAT:HPHSH": "surely phishing", "CAT:HPHISH": "surely phishing", "CAT:MALW": "malware",
        "CAT:SPOOF": "a forged sender",
        "CAT:DIMP": "an imitated domain", "CAT:UIMP": "an imitated person",
        "CAT:GIMP": "a sender unlike the one that the recipient knows", "CAT:AMP": "malware, by its attachment",
        "CAT:SAP": "malware, by its attachment", "CAT:FTBP": "a kind of file that is not let in",
        "CAT:OSPM": "spam, on its way out", "IPV:NLI": "the address is on no list of reputation",
        "IPV:CAL": "the organisation's list of allowed addresses let it pass", "SRV:BULK": "bulk mail",
        "SFTY:9.19": "an imitated domain", "SFTY:9.20": "an imitated person",
        "SFTY:9.25": "a sender that wrote for the first time",
        "DIR:INB": "on its way in", "DIR:OUT": "on its way out",
    ]
}
