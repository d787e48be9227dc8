import Phrases

/// Messages to try, with the answers of DNS that their reports rest on.
struct Sample: Sendable {
    let id: String
    let title: Phrase
    let message: [UInt8]
    let zone: String

    static let all = [
        Sample(
            "forged-invoice", "A forged invoice", PackageResources.forged_invoice_eml,
            PackageResources.forged_invoice_zone),
        Sample(
            "lookalike", "A name that looks like another", PackageResources.lookalike_eml,
            PackageResources.lookalike_zone),
        Sample("newsletter", "An honest newsletter", PackageResources.newsletter_eml, PackageResources.newsletter_zone),
        Sample("personal", "An honest letter", PackageResources.personal_eml, PackageResources.personal_zone),
        Sample("mailing-list", "A mailing list", PackageResources.mailing_list_eml, PackageResources.mailing_list_zone),
        Sample(
            "wrong-clock", "A server whose clock is wrong", PackageResources.wrong_clock_eml,
            PackageResources.wrong_clock_zone),
        Sample("bounce", "A bounce", PackageResources.bounce_eml, PackageResources.bounce_zone),
        Sample("broken-mime", "Broken MIME", PackageResources.broken_mime_eml, PackageResources.broken_mime_zone),
    ]

    private init(_ id: String, _ title: Phrase, _ message: [UInt8], _ zone: [UInt8]) {
        (self.id, self.title, self.message) = (id, title, message)
        self.zone = String(decoding: zone, as: UTF8.self)
    }
}
