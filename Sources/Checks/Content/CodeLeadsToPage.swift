import Content
import Inspection
import Mail
import Phrases

struct CodeLeadsToPage: Check {
    let about = About(
        "code-leads-to-page", .content, "a picture with a code that leads to a page",
        severity: .caution,
        why: """
            A QR code takes the reader to a telephone, away from what guards the computer, and filters that look at links \
            see a picture. Tickets and labels have codes, too; most of those say a number, and no address.
            """,
        remedy: "Do not point a camera at it; open the site that you know.",
        references: [
            .page("FBI IC3: Cybercriminals Tampering with QR Codes", "https://www.ic3.gov/PSA/2022/PSA220118"),
            .page("ISO/IEC 18004", "https://www.iso.org/standard/83389.html"),
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n⟦iVBORw0KGgoAAAANSUhEUgAAAGMAAABjAQMAAAC19SzWAAAABlBMVEUAAAD///+l2Z/dAAAAAnRSTlP//8i138cAAAAJcEhZcwAACxIAAAsSAdLdfvwAAADwSURBVDiNzdSxrcQgDAZgI4p0LwsgZQ06VgoLkJcJshIdayBlgdClQPg5p1zummB0xelR8VXGvy0A3w/8Y20AdpfoQXBKmF0XbaALJ6+mIJcAtkUo5zY5TRUahHkKVOR62a2O/oKyb93eiU7ycXoleKtNKwdKPCtUVLq1GPWjoeeEuxIeFy8Tp2LWAmrUUXDaTHY6T/58WUUJ5UJFcFg4bQZEyD2eCVaUAvWHBaJltefRrL+gek7HHFBZ5EWzdZrGOyROj32R89VtRZ6izQADNsh6mjDODXIQR3NmVhNSEo9d4HTsNWbo1sTp2z/RZ/oD1Di039uBiR0AAAAASUVORK5CYII=⟧"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<a href=\"https://www.example.com/\">x</a>\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let codes = inspection.contents.links.filter { $0.element == "code" && $0.address?.isWeb == true }
        guard let first = codes.first, let host = first.destination?.host else { return [] }
        return [
            Finding(
                "a QR code leads to \(words: host.defangedHost, limit: 120)",
                codes.prefix(Report.maximumEvidence).map { .at($0.target, "a code in here") }, count: codes.count)
        ]
    }
}
