import Mail

/// Barracuda, Mimecast, Forcepoint, Symantec, IronPort, MailChannels, Halon, Cloudmark and other gateways that write plain lines.
struct Gateways: Dialect {
    let name = "filtering gateway"
    var samples: [DialectSample] {
        [
            DialectSample(
                "from hello.example (name.example [192.0.2.9]) by barracuda.example.net with ESMTP id SCo6TjhTrzELcj0f (version=TLSv1 cipher=AES128-SHA bits=128 verify=NO); Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", name: "name.example", address: "192.0.2.9"),
            DialectSample(
                "from hello.example (192.0.2.9) by host.example.net (SMTP Gateway) with SMTP id 63.58.43953.B11AC5C5; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.9"),
            DialectSample(
                "from hello.example (unknown [192.0.2.9]) by smtp.example.net (Halon) with ESMTPS id 539a1e90-c70a-11ee-8d57-005056a66d10; Fri, 20 Nov 2026 09:00:00 +0000",
                hello: "hello.example", address: "192.0.2.9"),
        ]
    }

    let marks: [StaticString] = [
        "barracuda", "mimecast", "forcepoint", "(smtp gateway)", "ironport", "messagelabs", "mailsweep", "mailchannels",
        "trex/", "with ngmta", "(halon)", "clearswift", "by cmsmtp",
    ]
    var forms: [StaticString] { ["navgw"] }

    func refine(_ hop: inout HopReading, _ line: ReceivedLine) {
        // NAVGW puts the whole clause into brackets: "(from hello [192.0.2.1]) by …".
        guard line.has("navgw"), !line.received.has(.from),
            let remark = line.received.items.first(where: { $0.kind == .remark }),
            line.source.bytes.hasASCII("from ", at: remark.range.lowerBound),
            case .success(let inner) = line.source.read(Received.self, in: remark.range), inner.has(.from)
        else { return }
        hop.peer = Peer(inner)
    }
}
