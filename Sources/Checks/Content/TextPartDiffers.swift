import Content
import Inspection
import Mail
import Phrases

struct TextPartDiffers: Check {
    let about = About(
        "text-part-differs", .content, "the plain text is another message than the page",
        severity: .caution,
        why: """
            A message in two forms says the same in both. Where they share no words, one of them is for filters and the \
            other for the reader. Senders who only write that a better program is needed are left out.
            """,
        remedy: "Read both forms.",
        references: [
            .rfc(2046, "5.1.4")
        ],
        triggers: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\n⟦The garden club met on Monday evening and elected a treasurer, then everybody admired roses, tulips, lilies, dahlias, and talked about watering, mulching, pruning, seeds, weather.⟧\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Your account was suspended because unusual activity has been noticed from another device. Please verify your identity within twelve hours, otherwise access remains closed permanently and payments bounce.\r\n--b--\r\n"
            )
        ],
        passes: [
            Example(
                "From: <a@example.com>\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nHello, see the page\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hello, this is the page\r\n--b--\r\n"
            )
        ])

    /// Words of both that are needed to tell; and how many in a hundred of the fewer are shared where they belong together.
    private static let enough = 15
    private static let shared = 15

    func findings(in inspection: Inspection) -> [Finding] {
        let texts = inspection.contents.texts
        return inspection.message.parts.filter { $0.contentType.mediaType == "multipart/alternative" }.prefix(20)
            .compactMap {
                part in
                guard let plain = texts.first(where: { !$0.isHTML && part.children.contains($0.part) }),
                    let page = texts.first(where: { $0.isHTML && part.children.contains($0.part) }),
                    let shown = inspection.message.parts.first(where: { $0.index == plain.part })
                else { return nil }
                // Texts that could not be read are not compared.
                guard plain.missing == nil, page.missing == nil else { return nil }
                let (a, b) = (Self.words(plain.shown), Self.words(page.shown))
                let fewer = min(a.count, b.count)
                guard fewer >= Self.enough else { return nil }
                let both = a.intersection(b).count
                guard both * 100 < fewer * Self.shared else { return nil }
                return Finding(
                    "the plain text and the page share \(both) of \(fewer) words: they are two messages",
                    .bytes(shown.messageRange(of: shown.body), label: "the plain text"))
            }
    }

    /// Words of four bytes and more, addresses left out, each as one number.
    private static func words(_ text: String) -> Set<UInt64> {
        var words: Set<UInt64> = []
        // FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
        let basis: UInt64 = 0xCBF2_9CE4_8422_2325
        var (hash, length, isAddress) = (basis, 0, false)
        func end() {
            if length >= 4, !isAddress { words.insert(hash) }
            (hash, length, isAddress) = (basis, 0, false)
        }
        var text = text
        text.withUTF8 { bytes in
            for byte in bytes.prefix(20_000) {
                if byte.isLetter || byte >= 0x80 {
                    hash = (hash ^ UInt64(byte.lowercased)) &* 0x100_0000_01B3
                    length += 1
                } else if byte == .space || byte == .lineFeed || byte == .tab || byte == .carriageReturn {
                    end()
                } else if byte == UInt8(ascii: "/") {
                    isAddress = true
                }
            }
        }
        end()
        return words
    }
}
