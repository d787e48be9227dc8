import Mail

/// Mailgun.
struct Mailgun: Dialect {
    let name = "Mailgun"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from <unknown> (<unknown> []) by 47a34c698db9 with HTTP id 64c287db8eae254b7ee92baf; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "<unknown>")
        ]
    }

    let marks: [StaticString] = ["mailgun"]
    var forms: [StaticString] { ["<unknown> (<unknown>"] }

    /// A MongoDB id: its first four bytes are the time.
    func time(inID id: String, near _: DateTime?) -> DateTime? {
        guard id.utf8.count == 24, let seconds = String(id.prefix(8)).uppercased().number(base: .base16),
            (1_200_000_000...4_000_000_000).contains(seconds)
        else { return nil }
        return DateTime(seconds: seconds)
    }
}
