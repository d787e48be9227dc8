import Mail
import Phrases

/// fetchmail and getmail: the message was taken out of one mailbox and put into another.
struct Fetchmail: Dialect {
    let name = "fetchmail"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from pop.example.com [192.0.2.10] by localhost with POP3 (fetchmail-5.9.13) for user@localhost (single-drop); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "pop.example.com", address: "192.0.2.10")
        ]
    }

    let marks: [StaticString] = ["(fetchmail", "(getmail"]

    func skips(_: ReceivedLine) -> Phrase? { "the mailbox was emptied by a program; the route begins anew below it" }
}
