import Mail

/// Postfix. https://www.postfix.org
struct Postfix: Dialect {
    let name = "Postfix"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (unknown [192.0.2.50]) by mx.example.net (Postfix) with ESMTP id 62F9114047; Fri, 20 Nov 2026 09:00:00 +0000 (UTC)",
                hello: "hello.example", address: "192.0.2.50"),
            DialectSample(
                "from a.example (b.example [IPv6:2001:db8::1]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange ECDHE (P-256) server-signature RSA-PSS (2048 bits) server-digest SHA256) (No client certificate requested) by mx.example.net (Postfix) with ESMTPS id 10B7AC151535 for <c@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "a.example", name: "b.example", address: "2001:db8::1"),
            DialectSample(
                "by host.example.net (Postfix, from userid 0) id 39DEA3F725; Fri, 20 Nov 2026 09:00:00 +0000"),
        ]
    }

    let marks: [StaticString] = ["(postfix"]

    // Short ids are microseconds and an inode in hexadecimal; long ones begin with the time in base 52. postconf(5), enable_long_queue_ids
    func isOwn(id: String) -> Bool? {
        let isShort =
            (6...20).contains(id.utf8.count) && id.utf8.allSatisfy { $0.isDigit || (0x41...0x46).contains($0) }
        let isLong =
            (10...30).contains(id.utf8.count)
            && id.utf8.allSatisfy { $0.isDigit || ($0.isLetter && !"aeiouAEIOU".utf8.contains($0)) }
        return isShort || isLong
    }

    let idHoldsTime = true

    func time(inID id: String, near date: DateTime?) -> DateTime? {
        // Only long ids have the time: six digits of seconds and four of microseconds; the last "z" divides them from the inode.
        guard let divider = id.utf8.lastIndex(of: UInt8(ascii: "z")),
            id.utf8.distance(from: id.utf8.startIndex, to: divider) == 10,
            let seconds = String(id.prefix(6)).number(base: .base52), let date,
            abs(seconds - date.seconds) < 400 * 86_400
        else { return nil }
        return DateTime(seconds: seconds)
    }
}
