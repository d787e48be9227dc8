package import Phrases

/// The words that stand after "with". IANA, "Mail Transmission Types"; RFC 3848, RFC 6531
package enum TransmissionType {
    private static let meanings: [(word: String, meaning: Phrase)] = [
        ("SMTP", "plain SMTP"), ("ESMTP", "SMTP with extensions"), ("ESMTPA", "SMTP, logged in"),
        ("ESMTPS", "SMTP over TLS"),
        ("ESMTPSA", "SMTP over TLS, logged in"), ("LMTP", "local delivery (LMTP)"),
        ("LMTPA", "local delivery (LMTP), logged in"),
        ("LMTPS", "local delivery (LMTP) over TLS"), ("LMTPSA", "local delivery (LMTP) over TLS, logged in"),
        ("MMS", "from a mobile network"), ("HTTP", "from a web page or an API"),
        ("UTF8SMTP", "SMTP with international addresses"),
        ("UTF8SMTPA", "SMTP with international addresses, logged in"),
        ("UTF8SMTPS", "SMTP with international addresses over TLS"),
        ("UTF8SMTPSA", "SMTP with international addresses over TLS, logged in"),
        ("UTF8LMTP", "local delivery with international addresses"),
        ("UTF8LMTPA", "local delivery with international addresses, logged in"),
        ("UTF8LMTPS", "local delivery with international addresses over TLS"),
        ("UTF8LMTPSA", "local delivery with international addresses over TLS, logged in"),
        // Not registered, and used.
        ("ASMTP", "SMTP, logged in"), ("SMTPS", "SMTP over TLS"),
        ("HTTPS", "from a web page or an API, or inside Outlook.com"),
        ("HTTPREST", "from an API"), ("LOCAL", "from a program on the same machine"), ("NNFMP", "inside Yahoo"),
        ("QMQP", "qmail's queueing protocol"), ("MAPI", "inside Exchange"), ("UUCP", "by UUCP"),
        ("BSMTP", "from a file of commands"),
    ]

    /// What the word means, for people; `nil` for plain SMTP, which needs no explanation, and for words not known.
    package static func meaning(_ word: String) -> Phrase? {
        let word = word.uppercased()
        guard word != "SMTP", word != "ESMTP" else { return nil }
        return meanings.first { $0.word == word }?.meaning
    }
}
