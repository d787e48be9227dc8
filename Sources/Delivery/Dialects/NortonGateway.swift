import Mail

/// Norton AntiVirus for Gateways.
struct NortonGateway: Dialect {
    let name = "Norton AntiVirus gateway"
    var samples: [DialectSample] {
        [
            DialectSample(
                "(from hello [192.0.2.20]) by host.example.net (NAVGW 2.5.2.12) with SMTP id M2026112009000008595 for <a@example.net>; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello", address: "192.0.2.20"),
            DialectSample(
                "from hello.example ([192.0.2.43]) by mx.example.net (NAVGW 2.5.1.16) with SMTP id M2026112009000015021; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.43"),
        ]
    }

    let forms: [StaticString] = ["navgw"]

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        // It can put the whole clause into brackets: "(from hello [192.0.2.1]) by …".
        guard !line.received.has(.from), let remark = line.received.items.first(where: { $0.kind == .remark }),
            line.source.bytes.hasASCII("from ", at: remark.range.lowerBound),
            case .success(let inner) = line.source.read(Received.self, in: remark.range), inner.has(.from)
        else { return }
        hop.peer = Peer(inner)
    }
}
