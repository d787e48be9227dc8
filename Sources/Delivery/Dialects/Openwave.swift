import Mail

/// Openwave Email Mx and its kin, which name nothing but their version.
struct Openwave: Dialect {
    let name = "Openwave"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from name.example (192.0.2.112) by mx.example.net (7.0.030.2) (authenticated as user) id 414B418B002D65F1 for a@example.net; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "name.example", name: "name.example", address: "192.0.2.112")
        ]
    }

    func wrote(_ line: ReceivedLine) -> Bool {
        guard let comment = line.received.clause(.by).first(where: { line.received.items[$0].kind == .comment }) else {
            return false
        }
        let text = line.source.bytes[line.received.items[comment].range]
        return text.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
            && text.split(separator: UInt8(ascii: ".")).count >= 3
    }

    func refine(_ hop: inout HopReading, _: ReceivedLine) { hop.helloIsAlsoName() }
}
