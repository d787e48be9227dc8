import Mail

/// sendmail, and Proofpoint, which is built on it. https://www.proofpoint.com/us/products/email-protection/open-source-email-solution
struct Sendmail: Dialect {
    let name = "sendmail"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.66] (may be forged)) by mx.example.net (8.11.6/8.11.6) with ESMTP id h2F0c2x31856 for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.66"),
            DialectSample(
                "(from user@localhost) by host.example.net (8.16.1/8.16.1/Submit) id 2ABMo60q036388; Fri, 20 Nov 2026 09:00:00 +0000"
            ),
            DialectSample(
                "from hello.example (IDENT:user@name.example [192.0.2.66]) by mx.example.net (8.9.3/8.9.3) with ESMTP id QAA13555; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.66"),
        ]
    }

    let marks: [StaticString] = ["(8.1", "(8.2", "(8.3", "(8.4", "(8.5", "(8.6", "(8.7", "(8.8", "(8.9"]

    func wrote(_ line: ReceivedLine) -> Bool {
        line.received.clause(.by).contains { index in
            let item = line.received.items[index]
            return item.kind == .comment && Self.isVersion(line.source.bytes, item.range)
        }
    }

    /// "8.11.6/8.11.6", "8.9.3p2/8.9.3"
    private static func isVersion(_ bytes: [UInt8], _ range: ByteRange) -> Bool {
        guard bytes.hasASCII("8.", at: range.lowerBound),
            let slash = bytes.firstOffset(of: UInt8(ascii: "/"), in: range)
        else { return false }
        return slash + 1 < range.upperBound
    }

    // YMDhmsNNNNNN: year, month, day, hour, minute, second, each one of 60 characters; then a number. sendmail, queue.c
    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx".utf8)

    func time(inID id: String, near date: DateTime?) -> DateTime? {
        guard let date, id.utf8.count >= 12 else { return nil }
        let fields = id.utf8.prefix(6).map { Self.digits.firstIndex(of: $0) ?? 99 }
        guard fields.count == 6, fields[1] < 12, (1...31).contains(fields[2]), fields[3] < 24, fields[4] < 60,
            fields[5] < 60
        else { return nil }
        // The year is counted from 1900 and wraps; the hour is local.
        let year = CivilDate(secondsSince1970: date.seconds).year
        guard (year - 1900) % 60 == fields[0] else { return nil }
        let days = CivilDate(year: year, month: fields[1] + 1, day: fields[2]).daysSince1970
        let local = days * 86_400 + fields[3] * 3600 + fields[4] * 60 + fields[5]
        return DateTime(seconds: local - (date.offset ?? 0), offset: date.offset)
    }
}
