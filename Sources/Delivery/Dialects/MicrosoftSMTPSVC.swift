import Mail
import Phrases

/// The SMTP service of Windows 2000 and 2003.
struct MicrosoftSMTPSVC: Dialect {
    let name = "Microsoft SMTPSVC"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello ([192.0.2.172] unverified) by mail.example.net with Microsoft SMTPSVC(5.0.2195.5329); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello", address: "192.0.2.172"),
            DialectSample(
                "from 0 ([192.0.2.57] RDNS failed) by mail.example.net with Microsoft SMTPSVC(6.0.3790.0); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "0", address: "192.0.2.57"),
        ]
    }

    let marks: [StaticString] = ["smtpsvc"]

    func skips(_ line: ReceivedLine) -> Phrase? {
        // A client that says these words in HELO has its address written beside them.
        line.has("from mail pickup service") && line.received.comments(.from).isEmpty
            ? "a program on the same machine left the message in the pickup folder" : nil
    }
}
