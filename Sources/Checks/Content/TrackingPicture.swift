import Content
import Inspection
import Mail
import Phrases

struct TrackingPicture: Check {
    let about = About(
        "tracking-picture", .content, "a picture that nobody sees is loaded from a server",
        severity: .note,
        why: """
            A picture of one pixel tells its server that the message was read, when, and from where. Most newsletters count \
            their readers like that.
            """,
        remedy: "Leave pictures unloaded if the sender should not know that you read this.",
        references: [
            .page("HTML Living Standard", "https://html.spec.whatwg.org/multipage/")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<img src=\"https://t.example/?u=1\" width=1 height=1>⟧\r\n"
            ),
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n⟦<img src=\"https://t.example/?u=1\" style=\"display: none\">⟧\r\n"
            ),
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: text/html\r\n\r\n<img src=\"https://t.example/a.png\" width=100 height=1>\r\n"
            )
        ])

    func findings(in inspection: Inspection) -> [Finding] {
        let pictures = inspection.contents.loads.filter(\.isInvisible)
        guard let first = pictures.first else { return [] }
        let host = Words((first.address?.host ?? "").defangedHost)
        return [
            Finding(
                pictures.count == 1
                    ? "a picture that nobody sees tells \(host) that the message is read"
                    : "\(pictures.count) pictures that nobody sees tell \(host) that the message is read, or others",
                pictures.prefix(Report.maximumEvidence).map { .at($0.target, "loaded, and not seen") },
                count: pictures.count)
        ]
    }
}
