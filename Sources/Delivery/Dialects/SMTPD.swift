import Mail

/// The smtpd of Obtuse Systems' Juniper firewall, and smap before it.
struct SMTPD: Dialect {
    let name = "smtpd"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from name.example(192.0.2.54) via SMTP by mx.example.net, id smtpdEDUB8h; Fri, 20 Nov 2026 09:00:00 +0000",
                name: "name.example", address: "192.0.2.54"),
            DialectSample(
                "from name.example(192.0.2.27), claiming to be \"hello.example\" via SMTP by mx.example.net, id smtpd1PBsZT; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.27"),
        ]
    }

    let marks: [StaticString] = ["id smtpd", "id xma"]

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        // The name is the one that reverse DNS gave; HELO is repeated only where it is another.
        guard !line.has("claiming to be"), let hello = hop.peer.helloDomain else { return }
        hop.peer.name = .found(hello)
        hop.peer.hello = nil
    }
}
