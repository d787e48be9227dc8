import Mail
import Phrases

/// Proton Mail.
struct Proton: Vendor {
    let name = "Proton"
    let fields: [HeaderField.Name] = ["X-PM-Spam-Action", "X-PM-Spamscore"]
    var samples: [VendorSample] {
        [
            VendorSample("X-Pm-Spam-Action: phishing", isSpam: true),
            VendorSample("X-Pm-Spam-Action: inbox", isSpam: false),
            VendorSample("X-Pm-Spam-Action: dunno"),
            VendorSample("X-Pm-Spamscore: 3", score: 3),
        ]
    }

    func read(_ field: HeaderField, _ message: Message) -> VendorVerdict? {
        var text = VendorText(field, message)
        if text.name == "X-PM-Spamscore" {
            guard let score = text.number() else { return nil }
            return VendorVerdict(self, text, isSpam: nil, score: .init(value: score, threshold: nil))
        }
        let isSpam = text.begins(with: ["spam", "phishing"]) ? true : text.begins(with: ["inbox"]) ? false : nil
        return VendorVerdict(self, text, isSpam: isSpam)
    }
}
